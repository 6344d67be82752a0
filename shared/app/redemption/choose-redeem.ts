import { InvariantError, success } from '../../domain/result.ts';
import type { Sealer } from '../../ports/sealing.ts';
import type { RedeemChoice } from './choose.ts';
import { type RedeemDependencies, redeemOnce } from './redeem-once.ts';

/**
 * Redeems what was chosen as a gift: it is ordered like any other reward, and takes no points. What
 * came to nothing leaves the choice to another redemption.
 */
export function redeemGift(stores: RedeemDependencies & { readonly sealer: Sealer }): RedeemChoice {
  const settleDue = () => Promise.reject(new InvariantError('A gift takes no points.'));
  const dependencies = { ...stores, settleDue };
  return async (choice, { rewardId, value }) => {
    const { program, member, id, country, language, sealedEmail, undelivered = [] } = choice;
    const context = { program, redemption: id, field: 'email' } as const;
    const email =
      sealedEmail === undefined ? undefined : await dependencies.sealer.open(context, sealedEmail);
    const { amountMinor, currency } = value;
    const canonicalBody = JSON.stringify([id, rewardId, `${amountMinor}`, currency, country]);
    const redeemed = await redeemOnce(dependencies, {
      ...{ program, member, canonicalBody },
      caller: `choice:${member}`,
      idempotencyKey: undelivered.length === 0 ? id : `${id}#${undelivered.length + 1}`,
      asked: {
        ...{ kind: 'gift', choice: id },
        request: { member, rewardId, amountMinor, currency, country, language },
      },
      ...(email !== undefined && { email }),
    });
    if (!redeemed.ok) return redeemed;
    const { hold, record } = redeemed.value;
    const isReleased = record.order?.state === 'released';
    return success({ redemption: hold.redemption, isReleased });
  };
}
