import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heedWebhook } from '../../../../../shared/app/dispatch/heed-webhook.ts';
import { runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import { available } from '../../../../../shared/domain/points/balance.ts';
import { isFinal } from '../../../../../shared/domain/redemption/order.ts';
import type { NoReason } from '../../../../../shared/domain/redemption/outcome.ts';
import { localDateAt } from '../../../../../shared/domain/time.ts';
import { runs } from '../../../../properties/runs.ts';
import { drain } from '../../../../support/fulfilment.ts';
import { account, type PayingWorld, payingWorld, program } from '../../../../support/paying.ts';

const wallet = { program, member: 'ann', unit: 'EUR' };

const step = fc.oneof(
  fc.record({ does: fc.constant('earn' as const), cents: fc.integer({ min: 1, max: 4_000 }) }),
  fc.constant({ does: 'run' as const }),
  fc.constant({ does: 'deliver' as const }),
  // One of those that were paid comes back; what its look-up says then, and whether it is heard.
  fc.record({
    does: fc.constant('comesBack' as const),
    which: fc.nat({ max: 20 }),
    reason: fc.constantFrom<NoReason>('permanent', 'retryNewKey', 'retrySameKey', 'waitForFunds'),
    unheard: fc.nat({ max: 3 }),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

interface Story {
  readonly paying: PayingWorld;
  earned: bigint;
  runs: number;
}

async function comeBack(
  { paying: { bank, world } }: Story,
  { which, reason, unheard }: Step & { does: 'comesBack' },
): Promise<void> {
  const paid = [...bank.orders.values()].filter(({ state }) => state === 'final');
  const undone = paid[which % Math.max(paid.length, 1)];
  if (undone === undefined) return;
  const [redemption] = [...world.table.orders.values()].filter(
    ({ providerOrder, state }) => providerOrder === undone.id && state === 'captured',
  );
  if (redemption === undefined) return;
  undone.state = 'failed';
  const no = { kind: 'rejected', detail: 'CAME_BACK' } as const;
  bank.finding = [{ ...no, reason: 'permanent' }];
  const reading = { kind: 'order', webhookId: 'w', providerOrder: undone.id } as const;
  await heedWebhook(world.dependencies, { provider: 'wise', reading });
  bank.finding = [...Array<'unheard'>(unheard).fill('unheard'), { ...no, reason }];
}

async function take(story: Story, does: Step): Promise<void> {
  const { paying } = story;
  const { dependencies, world } = paying;
  if (does.does === 'earn') {
    story.earned += BigInt(does.cents);
    await paying.give('ann', 'EUR', BigInt(does.cents));
  } else if (does.does === 'run') {
    story.runs += 1;
    const before = open(paying, 'begun');
    const command = { program, run: `r-${story.runs}`, asOf: world.clock.now() };
    const ran = await runPayouts(dependencies, { ...command, requestedBy: 'fin' });
    if (!ran.ok) throw new Error(ran.failure.code);
    if (before > 0) expect(ran.value.paid).toBe(0);
    await paying.route();
  } else if (does.does === 'deliver') await drain(world);
  else await comeBack(story, does);
}

/** Payouts that are not over: of those that have never been paid, or that have come back. */
function open({ world: { table } }: PayingWorld, kind: 'begun' | 'back'): number {
  return [...table.holds.keys()].filter((redemption) => {
    const order = table.orders.get(redemption);
    const isBack = (table.reopenings.get(redemption) ?? []).length > 0;
    return (order === undefined || !isFinal(order)) && isBack === (kind === 'back');
  }).length;
}

/** What was earned lies in the wallet, is set aside, or has been paid out and not come back. */
async function expectConserved({ paying, earned }: Story): Promise<void> {
  const { dependencies, world } = paying;
  const { holds, orders } = world.table;
  const gone = [...holds.values()]
    .filter(({ redemption }) => orders.get(redemption)?.state !== 'released')
    .reduce((sum, { points }) => sum + points, 0n);
  const today = localDateAt(world.clock.now(), 'Europe/London');
  const left = available(await dependencies.ledger.readBalance(wallet), today);
  expect(left + gone).toBe(earned);
}

describe('a payout that comes back while the next one of its wallet is on its way', () => {
  it('goes back into the wallet, and is asked of nobody again', async () => {
    let overlaps = 0;
    const story = fc.array(step, { minLength: 4, maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(story, async (steps) => {
        const paying = payingWorld();
        await paying.choose('ann', {}, account);
        const told: Story = { paying, earned: 2_000n, runs: 0 };
        await paying.give('ann', 'EUR', 2_000n);
        for (const each of steps) {
          await take(told, each);
          expect(open(paying, 'begun')).toBeLessThanOrEqual(1);
          if (open(paying, 'begun') > 0 && open(paying, 'back') > 0) overlaps += 1;
          await expectConserved(told);
        }
        await drain(paying.world);
        await expectConserved(told);
        const { holds, orders } = paying.world.table;
        // One order for each payout, whatever became of it.
        const rows = [...orders.values()].map(({ attempt, state }) => `${attempt} ${state}`);
        expect(rows.filter((row) => !/^1 (captured|released)$/.test(row))).toEqual([]);
        expect(paying.bank.orders.size).toBe(holds.size);
        const captured = [...orders.values()].filter(({ state }) => state === 'captured');
        expect(paying.bank.rewards().length).toBe(captured.length);
      }),
      runs(80),
    );
    expect(overlaps).toBeGreaterThan(5);
  });
});
