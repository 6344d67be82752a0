import { sweepMember } from '../../../shared/app/booking/sweep-member.ts';
import { holdLegs } from '../../../shared/domain/ledger/recipes.ts';
import { needsSettling } from '../../../shared/domain/points/balance.ts';
import { redeemChange } from '../../../shared/domain/points/balance-change.ts';
import type { Points } from '../../../shared/domain/points/points.ts';
import { redemptionId, redemptionSeed } from '../../../shared/domain/redemption/reference.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';
import { invariant } from '../../../shared/domain/result.ts';
import { localDateAt } from '../../../shared/domain/time.ts';
import type { Hold } from '../../../shared/ports/stores.ts';
import type { StepContext } from './scenario-run.ts';

/** Takes points as a redemption does, of no reward; nobody settles it. */
export async function holdPoints(
  member: string,
  { unit, points }: Points,
  { world, compiled, number }: StepContext,
): Promise<Refusal | undefined> {
  const { program, now, dependencies } = world;
  const { digest, ledger, redemptions } = dependencies;
  const owner = { program, member, unit };
  const today = localDateAt(now, compiled.program.timeZone);
  if (needsSettling(await ledger.readBalance(owner), today)) await sweepMember(dependencies, owner);
  const balance = await ledger.readBalance(owner);
  const legs = holdLegs(balance, { ...owner, points }, today);
  if (legs === undefined) return { code: 'INSUFFICIENT_POINTS' };
  const seed = redemptionSeed({ program, caller: member, idempotencyKey: `step-${number}` });
  const redemption = redemptionId(digest.sha256Hex(seed));
  const asked = { rewardId: 'scenario', amountMinor: 0n, currency: 'XXX', country: 'ZZ' };
  const held: Hold = {
    ...{ redemption, ...asked, unit, points, sealedEmail: '' },
    terms: { rewardName: '', kind: 'perk', sources: [], language: 'en', promisedBy: now },
    entry: {
      key: { at: 'redemption', redemption, part: '0' },
      ...{ kind: 'hold', program, member, legs, occurredAt: now, postedAt: now },
      bodyHash: digest.sha256Short(seed),
      explanation: { reason: 'REDEEMED' },
    },
  };
  const outcome = await redemptions.hold(held, redeemChange(balance, legs, owner));
  invariant(outcome.kind === 'held', 'Nobody else writes in a scenario.');
  world.touch(member);
  return undefined;
}
