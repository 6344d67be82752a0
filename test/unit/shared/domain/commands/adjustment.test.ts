import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordsOf } from '../../../../../shared/domain/member/snapshot.ts';
import { balanceOf, filledLots, lot } from '../../../../support/points.ts';
import { MemberWorld } from './member-world.ts';

const asked = { unit: 'PTS', points: 50, reason: 'correction' };

function worldWith(lots: Readonly<Record<string, bigint>>): MemberWorld {
  const world = new MemberWorld();
  world.putBalance('ann', 'PTS', balanceOf(lots));
  return world;
}

describe('an adjustment within the limit', () => {
  it('credits the lot of its day, or the one that is named', () => {
    const world = worldWith({});
    expect(world.told('points.adjusted', 'ann', asked)).toBe('done');
    const dated = { ...asked, points: 20, expiresOn: '2026-05-01' };
    expect(world.told('points.adjusted', 'ann', dated)).toBe('done');
    expect(filledLots(world.balance('ann'))).toEqual([
      [lot('2026-05-01'), 20n],
      [lot('2028-04-01'), 50n],
    ]);
    const kinds = world.decisions.map(({ kind, explanation }) => [kind, explanation.reason]);
    expect(kinds).toEqual(Array(2).fill(['adjustment', 'ADJUSTED']));
  });

  it('takes from the named lot first, and never more than there is', () => {
    const world = worldWith({ '2026-05-01': 30n, '2026-07-01': 30n });
    const named = { ...asked, points: -40, expiresOn: '2026-07-01' };
    expect(world.told('points.adjusted', 'ann', named)).toBe('done');
    expect(filledLots(world.balance('ann'))).toEqual([[lot('2026-05-01'), 20n]]);
    const more = { ...asked, points: -21 };
    expect(world.told('points.adjusted', 'ann', more)).toBe('INSUFFICIENT_POINTS data.points');
    expect(world.balance('ann').debt).toBe(0n);
  });

  it('makes a debt only where that is asked for', () => {
    const world = worldWith({ '2026-05-01': 30n });
    expect(world.told('points.adjusted', 'ann', { ...asked, points: -50, intoDebt: true })).toBe(
      'done',
    );
    expect(world.balance('ann')).toMatchObject({ debt: 20n });
    expect(filledLots(world.balance('ann'))).toEqual([]);
  });

  it.each([
    [{ unit: 'XYZ' }, 'UNKNOWN_UNIT data.unit'],
    [{ unit: 'BIZ' }, 'WALLET_OF_COMPANIES data.unit'],
    [{ reason: 'mood' }, 'UNKNOWN_REASON data.reason'],
    [{ points: 0 }, 'FIELD_INVALID data.points'],
    [{ points: 1.5 }, 'FIELD_INVALID data.points'],
    [{ expiresOn: '2026-03-01' }, 'LOT_EXPIRED data.expiresOn'],
    [{ expiresOn: '2026-02-30' }, 'FIELD_INVALID data.expiresOn'],
    [{ expiresOn: '2101-01-01' }, 'DATE_OUT_OF_RANGE data.expiresOn'],
  ])('with %j is refused', (parts, refused) => {
    expect(new MemberWorld().told('points.adjusted', 'ann', { ...asked, ...parts })).toBe(refused);
  });

  it("is never of one's own points", () => {
    const told = new MemberWorld().told('points.adjusted', 'ann', asked, { actor: 'ann' });
    expect(told).toBe('SAME_PERSON actor');
  });

  it('of a day whose points have expired since is refused', () => {
    const late = { at: '2020-01-01T00:00:00Z', now: '2026-03-01T00:00:00Z' };
    const told = new MemberWorld().told('points.adjusted', 'ann', asked, late);
    expect(told).toBe('LOT_EXPIRED occurredAt');
  });
});

describe('an adjustment above the limit', () => {
  const large = { ...asked, points: 101 };

  /** Asked for by clara; the name under which it waits. */
  function waiting(world: MemberWorld): string {
    world.send('points.adjusted', 'ann', large, { actor: 'clara' });
    const [record] = recordsOf(world.of('ann'), 'approval');
    return record?.id ?? '';
  }

  it('moves nothing and opens a case', () => {
    const world = worldWith({});
    const approval = waiting(world);
    expect(filledLots(world.balance('ann'))).toEqual([]);
    const cases = [{ subject: approval, reason: 'ADJUSTMENT_TO_APPROVE' }];
    expect(world.decisions.at(-1)).toMatchObject({ kind: 'change', movements: [], cases });
  });

  it('is booked by a second person, once', () => {
    const world = worldWith({});
    const data = { approval: waiting(world) };
    const told = (actor: string) => world.told('adjustment.approved', 'ann', data, { actor });
    expect(told('clara')).toBe('SAME_PERSON actor');
    expect(filledLots(world.balance('ann'))).toEqual([]);
    expect(told('dave')).toBe('done');
    expect(filledLots(world.balance('ann'))).toEqual([[lot('2028-04-01'), 101n]]);
    expect(told('dave')).toBe('UNKNOWN_APPROVAL data.approval');
    const inputs = { reason: 'correction', actor: 'clara', approvedBy: 'dave' };
    expect(world.decisions.at(-1)?.explanation.inputs).toEqual(inputs);
  });

  it('is gone when a second person says no', () => {
    const world = worldWith({});
    const data = { approval: waiting(world) };
    expect(world.told('adjustment.rejected', 'ann', data, { actor: 'clara' })).toBe(
      'SAME_PERSON actor',
    );
    expect(world.told('adjustment.rejected', 'ann', data, { actor: 'dave' })).toBe('done');
    expect(world.told('adjustment.approved', 'ann', data, { actor: 'dave' })).toBe(
      'UNKNOWN_APPROVAL data.approval',
    );
    expect(filledLots(world.balance('ann'))).toEqual([]);
  });

  it('is judged anew when it is approved: a balance may have gone meanwhile', () => {
    const world = worldWith({ '2026-05-01': 200n });
    world.send('points.adjusted', 'ann', { ...asked, points: -150 }, { actor: 'clara' });
    const [record] = recordsOf(world.of('ann'), 'approval');
    world.send('points.adjusted', 'ann', { ...asked, points: -100 });
    const data = { approval: record?.id };
    expect(world.told('adjustment.approved', 'ann', data, { actor: 'dave' })).toBe(
      'INSUFFICIENT_POINTS data.points',
    );
  });

  it('never moves without two people, whoever says what in whatever order', () => {
    const actor = fc.constantFrom('clara', 'dave', 'eve');
    const step = fc.record({
      verb: fc.constantFrom('ask', 'adjustment.approved', 'adjustment.rejected'),
      actor,
      which: fc.nat(5),
    });
    const property = fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const world = worldWith({});
      const askedBy: string[] = [];
      const approvals: string[] = [];
      let expected = 0n;
      for (const { verb, actor: who, which } of steps) {
        const by = { actor: who };
        if (verb === 'ask') {
          world.send('points.adjusted', 'ann', large, by);
          approvals.push(world.decisions.at(-1)?.cases[0]?.subject ?? '');
          askedBy.push(who);
          continue;
        }
        const told = world.told(verb, 'ann', { approval: approvals[which] ?? 'none' }, by);
        if (told === 'done') expect(askedBy[which]).not.toBe(who);
        if (told === 'done' && verb === 'adjustment.approved') expected += 101n;
      }
      const held = filledLots(world.balance('ann')).reduce((sum, [, points]) => sum + points, 0n);
      expect(held).toBe(expected);
      expect(expected).toBeLessThanOrEqual(101n * BigInt(approvals.length));
    });
    fc.assert(property, { numRuns: 200, seed: 23 });
  });
});
