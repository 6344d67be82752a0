import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, WayStage } from './way-stage.ts';

const reward = { points: { unit: 'PTS', amount: 5 }, entitlements: ['coffee'] };
const order = { type: ['order.placed'] };
const club = {
  ...{ id: 'club', names: { en: 'The club' }, fee: { amountMinor: 999, currency: 'GBP' } },
  ...{ every: 'month', trialDays: 14, graceDays: 7, entitlements: { active: ['lounge'] } },
  events: { started: { type: ['club.started'] }, paid: { type: ['club.paid'] } },
};
const everything = {
  eventTypes: ['club.started', 'club.paid'],
  metrics: [{ id: 'orders', when: order, of: 'count' }],
  referral: { id: 'data.referral', stages: [{ id: 'won', when: order, reward }] },
  challenges: [
    { id: 'card', names: { en: 'Card' }, when: order, steps: 2, repeat: 'always', reward },
  ],
  checklists: [
    { id: 'welcome', names: { en: 'Hi' }, tasks: [{ id: 'order', when: order, reward }] },
  ],
  occasions: [
    { kind: 'birthday', id: 'birthday', reward },
    { kind: 'anniversary', id: 'years', reward },
    { kind: 'milestone', id: 'three', metric: 'orders', atLeast: 3, reward },
  ],
  memberships: [club],
  gifts: [{ id: 'surprise', when: order, entitlements: ['cake'], everyDays: 30 }],
  perks: {
    entitlements: ['lounge'],
    requirement: { metric: 'orders', atLeast: 1, every: 'month' },
  },
};

describe('all ways together', () => {
  it('take an event one after the other, and tell what became of it', () => {
    const stage = new WayStage(everything);
    const first = stage.event('order.placed', '2026-01-10', { data: { referral: 'ann' } });
    expect(first?.explanation.inputs).toEqual({
      ...{ referral: 'SELF_REFERRAL', card: '1/2', welcome: '1/1', gift: 'surprise' },
    });
    const second = stage.event('order.placed', '2026-01-11', { data: { referral: 'r1' } });
    expect(second?.awards.map(({ rule }) => rule)).toEqual(['referral:won', 'challenge:card']);
    expect(stage.points()).toBe(15n);
  });

  it("put nothing into a company's wallet for a person, and say so", () => {
    const members = {
      kinds: ['person', 'company'],
      wallets: { business: { units: ['PTS'], owner: 'company' } },
    };
    const stage = new WayStage({ occasions: everything.occasions.slice(0, 1), members });
    stage.enrol('2026-01-01', { birthday: '02-01' });
    stage.enrol('2026-01-01', { birthday: '02-01', kind: 'company' }, 'acme');
    for (const member of ['ann', 'acme']) stage.sweep(at('2026-02-02'), member);
    expect([stage.points(), stage.points('PTS', 'acme')]).toEqual([0n, 5n]);
    expect(stage.decisions[0]?.decision).toMatchObject({
      kind: 'change',
      explanation: { inputs: { 'occasion:birthday': 'WALLET_OF_COMPANIES' } },
    });
    expect(stage.entitlements(at('2026-02-02'))).toEqual(['coffee']);
  });

  it('leave a program alone that has none', () => {
    const stage = new WayStage({});
    expect(stage.event('order.placed', '2026-01-10')).toBeUndefined();
    expect(stage.sweep(at('2040-01-01'))).toEqual([]);
  });

  it('book due work once, in its order, and the same whenever the sweeps run', () => {
    const actions = fc.array(
      fc.record({
        type: fc.constantFrom('order.placed', 'club.started', 'club.paid'),
        number: fc.integer({ min: 0, max: 350 }),
      }),
      { maxLength: 8 },
    );
    const sweeps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 6 });
    fc.assert(
      fc.property(actions, sweeps, (events, days) => {
        const ordered = events.toSorted((left, right) => left.number - right.number);
        const often = play(ordered, [...days, ...ordered.map(({ number }) => number)]);
        const daily = play(
          ordered,
          Array.from({ length: 101 }, (_, number) => 4 * number),
        );
        expect(often.map((work) => `${work.at} ${work.id}`)).toEqual(
          daily.map((work) => `${work.at} ${work.id}`),
        );
      }),
      { seed: 5, numRuns: 12 },
    );
  });
});

/** Events in their order, each day's sweep before them; what the sweeps have booked. */
function play(
  events: readonly { readonly type: string; readonly number: number }[],
  sweeps: readonly number[],
): WayStage['decisions'] {
  const stage = new WayStage(everything);
  stage.enrol('2026-01-01', { birthday: '02-29' });
  const days = [...new Set([...sweeps, ...events.map(({ number }) => number), 400])];
  for (const number of days.sort((left, right) => left - right)) {
    const day = new Date(at('2026-01-01') + number * 86_400_000).toISOString().slice(0, 10);
    stage.sweep(at(day));
    for (const event of events.filter((each) => each.number === number)) {
      stage.event(event.type, day, { data: { referral: `r${number}` } });
    }
  }
  return stage.decisions;
}
