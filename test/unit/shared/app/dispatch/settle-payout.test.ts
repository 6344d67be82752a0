import { describe, expect, it } from 'vitest';
import { accrue } from '../../../../../shared/app/booking/accrue.ts';
import { heedWebhook } from '../../../../../shared/app/dispatch/heed-webhook.ts';
import { route } from '../../../../../shared/app/dispatch/route.ts';
import { redeem } from '../../../../../shared/app/redemption/redeem.ts';
import type { Leg } from '../../../../../shared/domain/ledger/entry.ts';
import { exchangeRecord } from '../../../../../shared/domain/ledger/exchange.ts';
import type { PayoutTerms } from '../../../../../shared/domain/payout/terms.ts';
import { rateOf } from '../../../../../shared/domain/rates/rate.ts';
import { delivery, redemption } from '../../../../support/deliveries.ts';
import { drain, orderOf, task } from '../../../../support/fulfilment.ts';
import { day } from '../../../../support/points.ts';
import { ScriptedProvider } from '../../../../support/scripted-provider.ts';
import { createWorld, type World } from '../../../../support/world.ts';

/** The sample's points stand in for cents of a wallet: what is paid out is fixed with the hold. */
const rate = rateOf(
  { numerator: 1n, denominator: 2n },
  { from: 'USD', to: 'EUR', asOf: day('2026-06-12'), source: 'ecb', path: ['USD', 'EUR'] },
);

/** 1,000 cents: 100 for a charity, 900 are 450 cents of a euro, 50 of them a fee. */
const payout: PayoutTerms = {
  ...{ run: 'run-1', railKind: 'bankAccount', charity: 'food-bank', donatedMinor: 100n },
  ...{ exchange: exchangeRecord(900n, rate, 'down'), feeMinor: 50n, bearer: 'member' },
};

/** A redemption that was asked for, made a payout before anybody was asked. */
async function paying(): Promise<{ readonly world: World; readonly id: string }> {
  const bank = new ScriptedProvider('tremendous', { kinds: ['payout'] });
  const world = createWorld(undefined, undefined, [bank]);
  await accrue(world.dependencies, [delivery({ amountMinor: 150_000 })]);
  const redeemed = await redeem(world.dependencies, redemption('k1'));
  if (!redeemed.ok) throw new Error(redeemed.failure.code);
  const { hold } = redeemed.value;
  const id = hold.redemption;
  const legs = hold.entry.legs.map((leg) => ({ ...leg, unit: 'USD' }));
  world.table.holds.set(id, {
    ...{ ...hold, entry: { ...hold.entry, legs }, unit: 'USD', amountMinor: 400n, currency: 'EUR' },
    terms: { ...hold.terms, kind: 'payout', payout },
  });
  bank.charge = () => ({ amountMinor: 403n, currency: 'EUR' });
  await route(world.dependencies, task(id));
  return { world, id };
}

const told = (legs: readonly Leg[]) => {
  return legs.map(({ account, amount, unit }) => `${account.kind} ${amount} ${unit}`);
};

describe('a payout', () => {
  it('is captured through the position, with gift, fee and what the provider takes', async () => {
    const { world, id } = await paying();
    await drain(world);
    expect(orderOf(world, id).state).toBe('captured');
    const [settlement] = world.table.settlements.get(id) ?? [];
    expect(told(settlement?.entry.legs ?? [])).toEqual([
      ...['held -1000 USD', 'donation 100 USD', 'fxPosition 900 USD', 'fxPosition -450 EUR'],
      ...['redeemed 400 EUR', 'payoutFee 50 EUR', 'rewardCost 403 EUR'],
      'providerPayable -403 EUR',
    ]);
    expect(settlement?.entry.exchanges).toEqual([payout.exchange]);
  });

  it('that comes back is held again but for the gift, and is asked of nobody else', async () => {
    const { world, id } = await paying();
    await drain(world);
    const undone = { kind: 'rejected', reason: 'permanent', detail: 'RETURNED' } as const;
    world.provider.finding = [undone, undone];
    const reading = { kind: 'order', webhookId: 'w1', providerOrder: 'order-1' } as const;
    await heedWebhook(world.dependencies, { provider: 'tremendous', reading });
    const [reopening] = world.table.reopenings.get(id) ?? [];
    expect(told(reopening?.entry.legs ?? [])).toEqual([
      ...['held 900 USD', 'fxPosition -900 USD', 'fxPosition 450 EUR', 'redeemed -400 EUR'],
      ...['payoutFee -50 EUR', 'rewardCost -403 EUR', 'providerPayable 403 EUR'],
    ]);
    await drain(world);
    expect(orderOf(world, id).state).toBe('released');
    const released = world.table.settlements.get(id)?.at(-1);
    expect(told(released?.entry.legs ?? []).map((text) => text.replace('PTS', 'USD'))).toEqual([
      ...['held -900 USD', 'lot 900 USD'],
    ]);
  });

  it('that turns out well after it had come back gives to the charity once', async () => {
    const { world, id } = await paying();
    await drain(world);
    world.provider.finding = [{ kind: 'rejected', reason: 'permanent', detail: 'RETURNED' }];
    const reading = { kind: 'order', webhookId: 'w1', providerOrder: 'order-1' } as const;
    await heedWebhook(world.dependencies, { provider: 'tremendous', reading });
    await drain(world);
    expect(orderOf(world, id).state).toBe('captured');
    const again = world.table.settlements.get(id)?.at(-1);
    expect(told(again?.entry.legs ?? [])).toEqual([
      ...['held -900 USD', 'fxPosition 900 USD', 'fxPosition -450 EUR'],
      ...['redeemed 400 EUR', 'payoutFee 50 EUR', 'rewardCost 403 EUR'],
      'providerPayable -403 EUR',
    ]);
  });
});
