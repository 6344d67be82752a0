import { expect, it } from 'vitest';
import { balanceOf, filledLots, lot } from '../../../../support/points.ts';
import { MemberWorld } from './member-world.ts';

const asked = { unit: 'PTS', lot: '2026-05-01', days: 30, reason: 'correction' };

function world(): MemberWorld {
  const made = new MemberWorld();
  made.putBalance('ann', 'PTS', balanceOf({ '2026-03-01': 5n, '2026-05-01': 80n }));
  return made;
}

it('puts a lot off, or part of it', () => {
  const whole = world();
  expect(whole.told('points.extended', 'ann', asked)).toBe('done');
  expect(filledLots(whole.balance('ann'))).toContainEqual([lot('2026-05-31'), 80n]);
  const part = world();
  expect(part.told('points.extended', 'ann', { ...asked, points: 20 })).toBe('done');
  expect(filledLots(part.balance('ann')).slice(1)).toEqual([
    [lot('2026-05-01'), 60n],
    [lot('2026-05-31'), 20n],
  ]);
});

it.each([
  [{ days: 61 }, 'EXTENSION_NOT_ALLOWED data.days'],
  [{ days: 0 }, 'FIELD_INVALID data.days'],
  [{ lot: '2026-03-01' }, 'LOT_EXPIRED data.lot'],
  [{ lot: '2026-06-01' }, 'INSUFFICIENT_POINTS data.points'],
  [{ lot: '1999-06-01' }, 'DATE_OUT_OF_RANGE data.lot'],
  [{ points: 81 }, 'INSUFFICIENT_POINTS data.points'],
  [{ unit: 'XYZ' }, 'UNKNOWN_UNIT data.unit'],
  [{ reason: 'mood' }, 'UNKNOWN_REASON data.reason'],
])('with %j is refused', (parts, refused) => {
  expect(world().told('points.extended', 'ann', { ...asked, ...parts })).toBe(refused);
});
