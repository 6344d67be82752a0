import { describe, expect, it } from 'vitest';
import { route } from '../../../../../shared/app/dispatch/route.ts';
import { cancel } from '../../../../../shared/app/redemption/cancel.ts';
import {
  type PaymentCommand,
  recordPayment,
} from '../../../../../shared/app/redemption/record-payment.ts';
import { redemptionView } from '../../../../../shared/app/redemption/redemption-view.ts';
import { sumByUnit } from '../../../../../shared/domain/ledger/entry.ts';
import { drain } from '../../../../support/fulfilment.ts';
import { reward, rewarding } from '../../../../support/offers.ts';
import { asking, held, request, worldOf } from '../../../../support/redeeming.ts';
import type { World } from '../../../../support/world.ts';

const program = 'online-retail';

/** Ten pounds are 1,000 points; 700 of them, and three pounds in cash. */
async function due() {
  const worth = { currency: 'GBP', amountMinor: 1, points: 1 };
  const redemption = { policies: [{ unit: 'PTS', worth }], cash: { maximumPercent: 50 } };
  const world = await worldOf(rewarding([reward()], redemption), 1000);
  return { world, id: await held(world, asking('k1', request({ points: 700n }))) };
}

async function pay(world: World, redemption: string, parts: Partial<PaymentCommand> = {}) {
  const paid = { amountMinor: 300n, currency: 'GBP' };
  const result = await recordPayment(world.dependencies, {
    ...{ program, member: 'ann', redemption, paymentId: 'P-1', paid, ...parts },
  });
  return result.ok ? redemptionView(result.value).status : result.failure.code;
}

/** Sums of an account over all entries. */
function totalOf({ table }: World, kind: string): bigint {
  const legs = [...table.entries.values()].flatMap((entry) => entry.legs);
  return sumByUnit(legs.filter(({ account }) => account.kind === kind)).get('GBP') ?? 0n;
}

describe('a part in cash', () => {
  it('is told to the member, and nothing is ordered before it is paid', async () => {
    const { world, id } = await due();
    const record = await world.dependencies.redemptions.read(id);
    expect(record && redemptionView(record)).toMatchObject({
      ...{ status: 'awaitingPayment', points: 700n },
      cash: { amountMinor: 300n, currency: 'GBP', paid: false },
    });
    await route(world.dependencies, { program, redemption: id });
    expect(world.table.orders.size).toBe(0);
    expect(await pay(world, id)).toBe('requested');
    await route(world.dependencies, { program, redemption: id });
    await drain(world);
    expect(world.provider.rewards()).toHaveLength(1);
    expect([totalOf(world, 'merchantReceivable'), totalOf(world, 'rewardCost')]).toEqual([
      300n,
      700n,
    ]);
  });

  it('must be exactly what is due', async () => {
    const { world, id } = await due();
    const paid = (amountMinor: bigint, currency = 'GBP') =>
      pay(world, id, { paid: { amountMinor, currency } });
    expect(await paid(299n)).toBe('PAYMENT_MISMATCH');
    expect(await paid(301n)).toBe('PAYMENT_MISMATCH');
    expect(await paid(300n, 'EUR')).toBe('PAYMENT_MISMATCH');
    expect(world.table.payments.size).toBe(0);
  });

  it('is paid once', async () => {
    const { world, id } = await due();
    expect(await pay(world, id)).toBe('requested');
    world.clock.advance(1000);
    expect(await pay(world, id)).toBe('requested');
    expect(await pay(world, id, { paymentId: 'P-2' })).toBe('PAYMENT_CONFLICT');
    expect(totalOf(world, 'merchantReceivable')).toBe(300n);
  });

  it('goes back with the points', async () => {
    const { world, id } = await due();
    await pay(world, id);
    await cancel(world.dependencies, { program, member: 'ann', redemption: id });
    expect([totalOf(world, 'merchantReceivable'), totalOf(world, 'rewardCost')]).toEqual([0n, 0n]);
    expect(await pay(world, id)).toBe('pointsReturned');
  });

  it('is not taken any more once the points are back, nor of what costs none', async () => {
    const { world, id } = await due();
    await cancel(world.dependencies, { program, member: 'ann', redemption: id });
    expect(await pay(world, id)).toBe('PAYMENT_NOT_DUE');
    const whole = await worldOf(rewarding());
    const free = await held(whole, asking('k1'));
    expect(await pay(whole, free)).toBe('PAYMENT_NOT_DUE');
    expect(await pay(whole, free, { member: 'bob' })).toBe('UNKNOWN_REDEMPTION');
  });

  it('that crosses the way back of the points is a case for a person', async () => {
    const { world, id } = await due();
    const { redemptions } = world.dependencies;
    const slow = {
      ...redemptions,
      recordPayment: async (payment: Parameters<typeof redemptions.recordPayment>[0]) => {
        await cancel(world.dependencies, { program, member: 'ann', redemption: id });
        return redemptions.recordPayment(payment);
      },
    };
    const late = { ...world, dependencies: { ...world.dependencies, redemptions: slow } };
    expect(await pay(late, id)).toBe('pointsReturned');
    expect([...world.table.cases.values()]).toMatchObject([{ reason: 'PAID_AFTER_RELEASE' }]);
  });
});
