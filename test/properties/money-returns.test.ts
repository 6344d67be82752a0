import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthsWith } from '../../shared/domain/rates/months.ts';
import type { RateSnapshot } from '../../shared/domain/rates/snapshot.ts';
import { addDays, type LocalDate } from '../../shared/domain/time.ts';
import { type Json, placed, programOf } from './program-json.ts';
import { runs } from './runs.ts';
import { dayMs, type Sent, Stage } from './stage.ts';
import { accountsIn, statesIn } from './state.ts';

const done = { type: ['trip.completed'] };
const places = [
  {},
  { vestAfterDays: 9 },
  { pending: { until: [{ when: done }] } },
  { split: { by: 'data.who', maximumMembers: 2 } },
  {
    split: { by: 'data.who', maximumMembers: 2 },
    pending: { until: [{ when: done }] },
  },
];
const who = [
  { member: 'ann', share: 2 },
  { member: 'bob', share: 1 },
];

/** Twelve days before the lev becomes the euro, at 1.95583 to one. */
const start = '2025-12-20T12:00:00Z';
const lastDay = Date.parse('2025-12-31T23:59:59.999+02:00');

interface Journey {
  readonly rules: readonly { readonly place: Json; readonly basisPoints: number }[];
  readonly currency: string;
  readonly wallet: string;
  readonly percent: number;
  readonly amountMinor: number;
  readonly parts: readonly number[];
  readonly activated: number;
  readonly stepDays: number;
  /** Whether members' calendars are looked at between one return and the next. */
  readonly isSwept: boolean;
  /** The order comes when its currency has been replaced, in one batch with its first return. */
  readonly isLate: boolean;
  readonly uncovered: string;
}

const anyJourney: fc.Arbitrary<Journey> = fc.record({
  rules: fc.array(
    fc.record({
      place: fc.constantFrom<Json>(...places),
      basisPoints: fc.integer({ min: 1, max: 1000 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  currency: fc.constantFrom('USD', 'BGN', 'EUR', 'HUF'),
  wallet: fc.constantFrom('EUR', 'BGN', 'GBP'),
  percent: fc.constantFrom(0, 0, 25, 100),
  // Often so little that an award keeps nothing of it.
  amountMinor: fc.oneof(fc.integer({ min: 1, max: 300_000 }), fc.integer({ min: 1, max: 20_000 })),
  parts: fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 3 }),
  activated: fc.nat({ max: 5 }),
  stepDays: fc.constantFrom(0, 1, 5, 8),
  ...{ isSwept: fc.boolean(), isLate: fc.boolean() },
  uncovered: fc.constantFrom('debt', 'case'),
});

/** Of two awards that wait with one minor unit each, one is nothing once the lev is the euro. */
const rounded: Journey = {
  rules: [2, 2].map((place) => ({ place: places[place] ?? {}, basisPoints: 100 })),
  ...{ currency: 'BGN', wallet: 'BGN', percent: 0, amountMinor: 100, parts: [1, 30] },
  ...{ activated: 5, stepDays: 8, isSwept: true, isLate: false, uncovered: 'debt' },
};

function programJson({ rules, uncovered }: Journey): Json {
  const names = { en: { one: 'one', other: 'many' } };
  return {
    ...{ units: { PTS: { names } }, timeZone: 'Europe/Sofia' },
    currencies: ['EUR', 'USD', 'BGN', 'HUF', 'GBP'],
    money: {
      ...{ walletCurrency: 'member', otherwise: 'EUR', staleDays: 3 },
      wallets: ['EUR', 'BGN', 'GBP'],
    },
    donations: { charities: { oaks: { names: { en: 'Oaks' } } } },
    members: { enrolment: 'open', kinds: ['person'] },
    expiry: [{ unit: 'PTS', kind: 'never' }],
    earning: {
      rules: rules.map(({ place, basisPoints }, index) => ({
        ...{ id: index === 0 ? 'base' : `rule-${index}`, when: placed, ...place },
        award: {
          ...{ kind: 'percentage', unit: 'purchaseCurrency', rounding: 'down' },
          basisPoints,
        },
      })),
      returns: [{ id: 'back', when: { type: ['order.returned'] }, rule: 'base', uncovered }],
    },
  };
}

/** Other rates every day. */
function publish({ table }: Stage): void {
  const days = Array.from({ length: 90 }, (_, index): RateSnapshot => {
    const date = addDays('2025-12-15' as LocalDate, index);
    const moved = (base: number) => `${base}.${100 + ((index * 37) % 800)}`;
    const rates = new Map([
      ...[['USD', moved(1)] as const, ['HUF', moved(390)] as const, ['GBP', '0.8729'] as const],
      ...(date < '2026-01-01' ? [['BGN', '1.9558'] as const] : []),
    ]);
    return { date, rates };
  });
  for (const month of monthsWith('ecb', new Map(), days)) {
    table.rates.set(`ecb ${month.month}`, { ...month, version: 1 });
  }
}

/** What is told of a return: in euros once there is no lev. */
function returned(journey: Journey, amountMinor: number, stage: Stage): Partial<Sent> {
  const { currency } = journey;
  if (currency !== 'BGN' || stage.now() <= lastDay) return { currency, amountMinor };
  const cents = (2n * BigInt(amountMinor) * 100_000n + 195_583n) / (2n * 195_583n);
  return { currency: 'EUR', amountMinor: Number(cents) };
}

async function played(stage: Stage, journey: Journey): Promise<void> {
  const { amountMinor, currency, parts, activated, stepDays, isSwept, isLate } = journey;
  const order: Sent = { id: 'it', amountMinor, currency, data: { who }, at: stage.now() };
  if (isLate) stage.reach(lastDay + 3 * dayMs);
  else await stage.send([order]);
  for (const [index, part] of [...parts, amountMinor].entries()) {
    if (index > 0 || !isLate) stage.reach(stage.now() + stepDays * dayMs);
    if (isSwept) await stage.sweep();
    if (index === activated) {
      await stage.send([{ id: 'trip', type: 'trip.completed', currency: 'EUR', of: 'it' }]);
    }
    const told = returned(journey, part, stage);
    const sent: Sent = { id: `it-r${index}`, type: 'order.returned', of: 'it', ...told };
    const outcomes = await stage.send(isLate && index === 0 ? [order, sent] : [sent]);
    expect(outcomes.at(-1)).toMatchObject({ kind: 'returned' });
    expectNothingOwed(stage);
    await stage.audit();
  }
}

/** What comes back is there, in whatever wallet. */
function expectNothingOwed({ table }: Stage): void {
  const debts = [...table.balances.values()].filter(({ balance }) => balance.debt !== 0n);
  expect(debts).toEqual([]);
  expect([...table.cases.values()]).toEqual([]);
}

describe('a return of everything that was converted, donated or migrated', () => {
  it('leaves nothing on any account', async () => {
    const property = fc.asyncProperty(anyJourney, async (journey) => {
      const stage = new Stage(programOf(programJson(journey)), [], start);
      publish(stage);
      const { wallet, percent } = journey;
      const donation = percent === 0 ? {} : { donation: { charity: 'oaks', percent } };
      const facts = { kind: 'person', currency: wallet, ...donation };
      for (const member of ['ann', 'bob']) {
        const { kind } = await stage.command('member.enrolled', facts, { member });
        expect(kind).toBe('done');
      }
      await played(stage, journey);
      await stage.sweep();
      expect(accountsIn(stage.table)).toEqual({});
      expect(statesIn(stage.table)).toEqual({});
    });
    await fc.assert(property, { ...runs(120), examples: [[rounded]] });
  });
});
