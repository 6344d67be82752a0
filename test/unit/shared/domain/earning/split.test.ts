import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../../../shared/domain/earning/event.ts';
import { membersOf } from '../../../../../shared/domain/earning/judge.ts';
import { splitPoints } from '../../../../../shared/domain/earning/split.ts';
import { Books } from './books.ts';
import { anEvent, aRule, programWith, returnsOf } from './fixtures.ts';

const split = { by: 'data.split', maximumMembers: 3 };
const caps = [{ id: 'each', per: 'event', points: 50 }];

function books(): Books {
  return new Books(programWith({ rules: [aRule({ split })], caps, returns: returnsOf('base') }));
}

function shared(shares: unknown) {
  return anEvent({ data: { split: shares } });
}

describe('a split', () => {
  it('shares what one cap leaves, by the largest remainder', () => {
    const target = books();
    const shares = [
      { member: 'ann', share: 2 },
      { member: 'bob', share: 1 },
    ];
    const event = shared(shares);
    target.book(event);
    expect([...target.balance('ann').lots.values()]).toEqual([33n]);
    expect([...target.balance('bob').lots.values()]).toEqual([17n]);
    expect(membersOf(target.compiled, event, subjectOf(event))).toEqual(['bob']);
    const refersTo = { source: 'shop', id: 'A-1' };
    target.book(anEvent({ id: 'R', type: 'order.returned', refersTo }));
    for (const member of ['ann', 'bob']) {
      expect([...target.balance(member).lots.values()]).toEqual([0n]);
      expect(target.balance(member).debt).toBe(0n);
    }
  });

  it('that an event does not name is its own member’s', () => {
    const target = books();
    target.book(anEvent());
    expect([...target.balance('ann').lots.values()]).toEqual([50n]);
  });

  it('waits in its parts, and is activated in them', () => {
    const pending = { until: [{ when: { type: ['trip.completed'] } }] };
    const rules = [aRule({ split, pending })];
    const target = new Books(programWith({ rules, returns: returnsOf('base') }));
    const shares = ['ann', 'bob', 'cas'].map((member) => ({ member, share: 1 }));
    target.book(shared(shares));
    const refersTo = { source: 'shop', id: 'A-1' };
    target.book(anEvent({ id: 'R', type: 'order.returned', refersTo, amountMinor: 5000n }));
    const pendings = shares.map(({ member }) => target.balance(member).pending);
    expect(pendings).toEqual([17n, 17n, 17n]);
    target.book(anEvent({ id: 'T', type: 'trip.completed', refersTo, amountMinor: 0n }));
    target.book(anEvent({ id: 'R2', type: 'order.returned', refersTo, amountMinor: 5000n }));
    for (const { member } of shares) {
      const { lots, pending: left, debt } = target.balance(member);
      expect([[...lots.values()], left, debt]).toEqual([[0n], 0n, 0n]);
    }
  });

  it.each([
    ['ann', 'data.split'],
    [[], 'data.split'],
    [Array(4).fill({ member: 'ann', share: 1 }), 'data.split'],
    [[{ member: 'ann', share: 1.5 }], 'data.split.0'],
    [[{ member: 'ann', share: 0 }], 'data.split.0'],
    [[{ member: 'ann', share: 1 }, null], 'data.split.1'],
    [[{ member: '', share: 1 }], 'data.split.0'],
    [[{ member: '@own', share: 1 }], 'data.split.0'],
    [
      [
        { member: 'ann', share: 1 },
        { member: 'ann', share: 2 },
      ],
      'data.split.1',
    ],
  ])('of %j is refused', (shares, field) => {
    expect(books().judge(shared(shares))).toEqual({ code: 'SPLIT_INVALID', field });
  });

  it('never mints or burns', () => {
    const weights = fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1 });
    const points = fc.bigInt({ min: 0n, max: 10n ** 18n });
    const property = fc.property(points, weights, (whole, list) => {
      const shares = list.map((share, index) => ({ member: `m-${index}`, share }));
      const all = list.reduce((sum, share) => sum + share, 0n);
      const parts = splitPoints(whole, shares);
      expect(parts.reduce((sum, part) => sum + part.points, 0n)).toBe(whole);
      for (const { member, share } of shares) {
        const part = parts.find((it) => it.member === member)?.points ?? 0n;
        const least = (whole * share) / all;
        expect(part === least || part === least + 1n).toBe(true);
      }
    });
    fc.assert(property, { seed: 29, numRuns: 300 });
  });
});
