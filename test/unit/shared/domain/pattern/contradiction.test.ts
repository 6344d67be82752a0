import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../../../shared/domain/pattern/compile.ts';
import {
  type KnownField,
  whyNeverMatches,
} from '../../../../../shared/domain/pattern/contradiction.ts';
import { eventArbitrary, patternArbitrary } from './arbitrary.ts';

const seed = 20_261_122;

const known: readonly KnownField[] = [
  { keys: ['type'], isRequired: true, holds: ['order', 'return'] },
  { keys: ['amount'], isRequired: true, holds: { types: ['number'] } },
  { keys: ['place', 'country'], isRequired: true, holds: { types: ['string'] } },
  { keys: ['refersTo'], isRequired: false, holds: { types: ['string', 'null'] } },
  { keys: ['lines', 'sku'], isRequired: false, holds: { types: ['string'] } },
];

function pathsOf(pattern: unknown): string[] {
  return whyNeverMatches(pattern, known).map(({ path }) => path);
}

describe('a pattern that can never match is named', () => {
  it.each([
    ['types that are not declared', { type: ['ordr', 'sale'] }, ['type']],
    ['a prefix that no type has', { type: [{ prefix: 'x' }] }, ['type']],
    ['all types excluded', { type: [{ 'anything-but': ['order', 'return'] }] }, ['type']],
    ['a number as text', { amount: ['5000'] }, ['amount']],
    ['text operators on a number', { amount: [{ prefix: '5' }] }, ['amount']],
    ['a range on text', { place: { country: [{ numeric: ['>', 5] }] } }, ['place.country']],
    ['a required field that is absent', { amount: [{ exists: false }] }, ['amount']],
    ['a field below a value', { type: { name: ['order'] } }, ['type.name']],
    ['a value where an object is', { place: ['DE'] }, ['place']],
    ['every alternative', { $or: [{ type: ['x'] }, { amount: ['1'] }] }, ['type', 'amount']],
    [
      'a type beside alternatives',
      { type: ['x'], $or: [{ b: [1] }, { c: [2] }] },
      ['type', 'type'],
    ],
    ['a pattern that does not compile', { type: 'order' }, ['type']],
  ])('%s', (_, pattern, paths) => {
    expect(pathsOf(pattern)).toEqual(paths);
  });

  it('in a sentence that says what the field holds', () => {
    expect(whyNeverMatches({ type: ['ordr'] }, known)).toEqual([
      { path: 'type', sentence: 'This field holds only "order", "return".' },
    ]);
  });
});

describe('a pattern that may match is left alone', () => {
  it.each([
    ['one of the types', { type: ['ordr', 'return'] }],
    ['an unknown field', { colour: ['red'] }],
    ['any number', { amount: [{ numeric: ['<', 0] }] }],
    ['anything but a number as text', { amount: [{ 'anything-but': 'x' }] }],
    ['an optional field that is absent', { refersTo: [{ exists: false }] }],
    ['nothing below a value', { type: { name: [{ exists: false }] } }],
    ['a place that holds no value itself', { place: [{ exists: false }] }],
    ['a value where an optional object may be missing', { lines: ['none'] }],
    ['one good alternative', { $or: [{ type: ['x'] }, { type: ['order'] }] }],
  ])('%s', (_, pattern) => {
    expect(pathsOf(pattern)).toEqual([]);
  });
});

it('no event matches a pattern that is called impossible', () => {
  const fields: readonly KnownField[] = [
    { keys: ['a'], isRequired: true, holds: ['x', 1] },
    { keys: ['b', 'a'], isRequired: true, holds: { types: ['string'] } },
    { keys: ['d'], isRequired: false, holds: { types: ['number', 'null'] } },
  ];
  const required = fc.record({
    a: fc.constantFrom('x', 1),
    b: fc.record({ a: fc.constantFrom('x', 'y', 'xy') }),
  });
  const optional = fc.record(
    { d: fc.oneof(fc.constantFrom(1, 2, null), fc.array(fc.constantFrom(1, null))) },
    { requiredKeys: [] },
  );
  const events = fc
    .tuple(eventArbitrary, required, optional)
    .map(([{ d: _, ...any }, always, sometimes]) => ({ ...any, ...always, ...sometimes }));
  let impossible = 0;
  fc.assert(
    fc.property(patternArbitrary, fc.array(events, { minLength: 20 }), (pattern, all) => {
      if (whyNeverMatches(pattern, fields).length === 0) return;
      impossible += 1;
      const compiled = compilePattern(pattern);
      expect(compiled.ok && all.some((event) => compiled.value(event))).toBe(false);
    }),
    { seed, numRuns: 1000 },
  );
  expect(impossible).toBeGreaterThan(100);
});
