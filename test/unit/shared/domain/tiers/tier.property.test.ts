import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompiledProgram } from '../../../../../shared/domain/program/compiled.ts';
import { qualifiedLevel } from '../../../../../shared/domain/tiers/tier.ts';
import { addDays, type LocalDate } from '../../../../../shared/domain/time.ts';
import { compiled, day, levels, TierMember } from './tier-member.ts';

const seed = 20_261_101;
const first = day('2025-01-01');
const lastDay = 1200;

function program(tiers: object, names = ['a', 'b', 'c', 'd']): CompiledProgram {
  const takes = [undefined, 1000, 3000, 9000];
  return compiled({
    metrics: [{ id: 'spend', when: { type: ['order.placed'] }, of: 'amount' }],
    tiers: {
      levels: levels('spend', Object.fromEntries(names.map((id, rank) => [id, takes[rank]]))),
      ...tiers,
    },
  });
}

const every = fc.constantFrom('month', 'quarter', 'year');
/** Reviews on first days of months: those of other days see the rest of their month when late. */
const tiersAsked = fc.record({
  window: fc.oneof(
    fc.constant({ kind: 'calendarYear' }),
    fc.record({ kind: fc.constant('rolling'), months: fc.integer({ min: 1, max: 12 }) }),
  ),
  up: fc.oneof(fc.constant({ when: 'now' }), fc.record({ when: fc.constant('review'), every })),
  down: fc.oneof(
    fc.constant({ when: 'never' }),
    fc.record(
      {
        when: fc.constant('review'),
        every,
        step: fc.constantFrom('one', 'all'),
        graceMonths: fc.integer({ min: 1, max: 4 }),
      },
      { requiredKeys: ['when', 'every', 'step'] },
    ),
    fc.constant({ when: 'review', every: 'year', on: '03-01', step: 'all' }),
  ),
});

const spending = fc
  .array(
    fc.record({ after: fc.nat({ max: lastDay }), amount: fc.integer({ min: 1, max: 5000 }) }),
    {
      maxLength: 25,
    },
  )
  .map((events) => events.sort((one, other) => one.after - other.after));

function on(after: number): LocalDate {
  return addDays(first, after);
}

type Spending = readonly { readonly after: number; readonly amount: number }[];

/** A member whose due work is done on some days only, and at the end. */
function lived(of: CompiledProgram, events: Spending, sweptOn: (after: number) => boolean) {
  const member = new TierMember(of);
  let next = 0;
  for (let after = 0; after <= lastDay; after += 1) {
    if (sweptOn(after)) member.sweep(`${on(after)}T00:00:00Z`);
    for (; events[next]?.after === after; next += 1) {
      member.spends(on(after), events[next]?.amount ?? 0);
    }
  }
  member.sweep(`${on(lastDay + 1)}T00:00:00Z`);
  return member;
}

function history({ tier }: TierMember): object {
  return tier === undefined
    ? {}
    : { level: tier.level, since: tier.since, earlier: tier.earlier, grace: tier.graceUntil };
}

describe('tiers', () => {
  it('change the same however late the sweep comes', () => {
    fc.assert(
      fc.property(tiersAsked, spending, fc.integer({ min: 2, max: 400 }), (tiers, events, late) => {
        const of = program(tiers);
        const daily = history(lived(of, events, () => true));
        expect(history(lived(of, events, (after) => after % late === 0))).toEqual(daily);
        expect(history(lived(of, events, () => false))).toEqual(daily);
      }),
      { seed, numRuns: 60 },
    );
  });

  it('go by the order of levels and not by their names', () => {
    const names = ['a', 'b', 'c', 'd'];
    fc.assert(
      fc.property(
        tiersAsked,
        spending,
        fc.shuffledSubarray(names, { minLength: 4 }),
        (tiers, events, others) => {
          const monthly = (after: number) => on(after).endsWith('-01');
          const one = lived(program(tiers, names), events, monthly).tier;
          const other = lived(program(tiers, others), events, monthly).tier;
          const rank = (level: string | undefined) => others.indexOf(level ?? '');
          expect(rank(other?.level)).toBe(names.indexOf(one?.level ?? ''));
          expect(other?.since).toBe(one?.since);
        },
      ),
      { seed, numRuns: 30 },
    );
  });

  it('come down one level at a time where the program says so', () => {
    const down = { when: 'review', every: 'month', step: 'one' };
    const of = program({ window: { kind: 'rolling', months: 2 }, up: { when: 'now' }, down });
    fc.assert(
      fc.property(spending, (events) => {
        const member = lived(of, events, (after) => on(after).endsWith('-01'));
        const ranks = member.explained.map(({ tier }) =>
          ['a', 'b', 'c', 'd'].indexOf(tier?.level ?? ''),
        );
        for (const [index, rank] of ranks.entries()) {
          expect((ranks[index - 1] ?? 0) - rank).toBeLessThanOrEqual(1);
        }
      }),
      { seed, numRuns: 30 },
    );
  });

  it('qualify no lower when more is spent', () => {
    const of = program({
      ...{ window: { kind: 'rolling', months: 6 }, up: { when: 'now' }, down: { when: 'never' } },
    });
    const rank = (member: TierMember, after: number) =>
      ['a', 'b', 'c', 'd'].indexOf(
        qualifiedLevel({ compiled: of, snapshot: member.snapshot, on: on(after) }) ?? '',
      );
    fc.assert(
      fc.property(
        spending,
        fc.nat({ max: lastDay }),
        fc.nat({ max: lastDay }),
        (events, extra, asked) => {
          const less = new TierMember(of);
          const more = new TierMember(of).spends(on(extra), 500);
          for (const { after, amount } of events) {
            less.spends(on(after), amount);
            more.spends(on(after), amount);
          }
          expect(rank(more, asked)).toBeGreaterThanOrEqual(rank(less, asked));
        },
      ),
      { seed, numRuns: 100 },
    );
  });
});
