import { expect, it } from 'vitest';
import { filledLots, lot } from '../../../../support/points.ts';
import { MemberWorld } from './member-world.ts';

const lots = [
  { unit: 'PTS', points: 300, expiresOn: '2026-12-31' },
  { unit: 'PTS', points: 40 },
  { unit: 'PTS', points: 7, expiresOn: '2026-12-31' },
];
const reason = 'migration';

it('opens with the lots that are named, from another system', () => {
  const world = new MemberWorld();
  expect(world.told('opening.balance', 'ann', { lots, reason })).toBe('done');
  expect(filledLots(world.balance('ann'))).toEqual([
    [lot('2026-12-31'), 307n],
    [lot('2028-04-01'), 40n],
  ]);
  const [decision] = world.decisions;
  expect(decision?.kind).toBe('opening');
  const sources = decision?.movements.map((movement) => 'from' in movement && movement.from);
  expect(sources).toEqual(['migrated', 'migrated', 'migrated']);
});

it('rounds named days up to the program period', () => {
  const world = new MemberWorld({ period: 'month' });
  world.send('opening.balance', 'ann', { lots: [{ ...lots[0], expiresOn: '2026-12-02' }], reason });
  expect(filledLots(world.balance('ann'))).toEqual([[lot('2027-01-01'), 300n]]);
});

it.each([
  [[], 'FIELD_INVALID data.lots'],
  [Array(25).fill(lots[0]), 'FIELD_INVALID data.lots'],
  [[{ unit: 'PTS', points: 0 }], 'FIELD_INVALID data.lots.0.points'],
  [[...lots, { unit: 'XYZ', points: 1 }], 'UNKNOWN_UNIT data.lots.3.unit'],
  [[...lots, { unit: 'BIZ', points: 1 }], 'WALLET_OF_COMPANIES data.lots.3.unit'],
  [[{ ...lots[0], expiresOn: '2026-02-28' }], 'LOT_EXPIRED data.lots.0.expiresOn'],
])('refuses %j whole', (given, refused) => {
  const world = new MemberWorld();
  expect(world.told('opening.balance', 'ann', { lots: given, reason })).toBe(refused);
  expect(world.snapshots.size).toBe(0);
});

it('needs one of the reasons of the program', () => {
  const told = new MemberWorld().told('opening.balance', 'ann', { lots, reason: 'luck' });
  expect(told).toBe('UNKNOWN_REASON data.reason');
});
