import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance, nearest } from '../../../../../shared/domain/program/suggest.ts';

it('counts letters to insert, delete, replace and swap', () => {
  const cases = [
    ['', '', 0],
    ['', 'abc', 3],
    ['rule', 'rules', 1],
    ['rules', 'rule', 1],
    ['rule', 'role', 1],
    ['rule', 'rlue', 1],
    ['cooldwonSeconds', 'cooldownSeconds', 1],
    ['ca', 'abc', 3],
    ['kitten', 'sitting', 3],
  ] as const;
  for (const [left, right, distance] of cases) {
    expect([left, right, editDistance(left, right)]).toEqual([left, right, distance]);
  }
});

it('is a distance: symmetric, nothing only between equals, within the longer word', () => {
  const word = fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b', 'c') });
  const holds = fc.property(word, word, (left, right) => {
    const distance = editDistance(left, right);
    expect(editDistance(right, left)).toBe(distance);
    expect(distance === 0).toBe(left === right);
    expect(distance).toBeLessThanOrEqual(Math.max(left.length, right.length));
    expect(distance).toBeGreaterThanOrEqual(Math.abs(left.length - right.length));
  });
  fc.assert(holds, { seed: 11 });
});

it('suggests the nearest word, and none where nothing comes near', () => {
  const known = ['cooldownSeconds', 'segments', 'tiers', 'id'];
  expect(nearest('cooldwonSeconds', known)).toBe('cooldownSeconds');
  expect(nearest('coolDownSecs', known)).toBe('cooldownSeconds');
  expect(nearest('segment', known)).toBe('segments');
  expect(nearest('tears', known)).toBe('tiers');
  expect(nearest('colour', known)).toBeUndefined();
  expect(nearest('xy', known)).toBeUndefined();
  expect(nearest('x', known)).toBeUndefined();
  expect(nearest('', known)).toBeUndefined();
});
