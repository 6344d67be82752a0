import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../../../shared/domain/pattern/compile.ts';

function matches(pattern: unknown, value: unknown): boolean {
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw new Error(`${compiled.failure.path}: ${compiled.failure.sentence}`);
  return compiled.value(value);
}

/** Does `[test]` match a field with this value? */
function leaf(test: unknown, value: unknown): boolean {
  return matches({ a: [test] }, { a: value });
}

function refusedAt(pattern: unknown): string {
  const compiled = compilePattern(pattern);
  return compiled.ok ? 'accepted' : compiled.failure.path;
}

describe('exact values', () => {
  it.each([
    ['order', 'order', true],
    ['order', 'Order', false],
    [1, 1, true],
    [1, '1', false],
    [true, true, true],
    [true, 'true', false],
    [null, null, true],
    [null, undefined, false],
  ])('%j against %j is %j', (test, value, expected) => {
    expect(leaf(test, value)).toBe(expected);
  });

  it('takes any of the values, and all of the fields', () => {
    expect(matches({ a: ['x', 'y'], b: [1] }, { a: 'y', b: 1, c: 0 })).toBe(true);
    expect(matches({ a: ['x', 'y'], b: [1] }, { a: 'y', b: 2 })).toBe(false);
    expect(matches({ a: ['x'] }, { a: ['w', ['x']] })).toBe(true);
  });

  it('does not find fields on the prototype', () => {
    expect(matches({ constructor: [{ exists: true }] }, {})).toBe(false);
    expect(refusedAt(JSON.parse('{"__proto__": ["x"]}'))).toBe('accepted');
  });
});

describe('text operators', () => {
  it.each([
    [{ prefix: 'or' }, 'order', true],
    [{ prefix: '' }, 'order', true],
    [{ prefix: '1' }, 12, false],
    [{ suffix: 'er' }, 'order', true],
    [{ suffix: 'ER' }, 'order', false],
    [{ prefix: { 'equals-ignore-case': 'OR' } }, 'order', true],
    [{ suffix: { 'equals-ignore-case': 'ER' } }, 'order', true],
    [{ 'equals-ignore-case': 'ORDER' }, 'order', true],
    [{ 'equals-ignore-case': 'orders' }, 'order', false],
    [{ wildcard: 'o*d*r' }, 'order', true],
    [{ wildcard: 'o*o' }, 'o', false],
    [{ wildcard: '*' }, '', true],
    [{ wildcard: 'a\\*b' }, 'a*b', true],
    [{ wildcard: 'a\\*b' }, 'axb', false],
    [{ wildcard: '*ab*ab' }, 'ab', false],
  ])('%j against %j is %j', (test, value, expected) => {
    expect(leaf(test, value)).toBe(expected);
  });
});

describe('numbers and presence', () => {
  it.each([
    [{ numeric: ['=', 5] }, 5, true],
    [{ numeric: ['>', 0, '<=', 5] }, 5, true],
    [{ numeric: ['>', 0, '<=', 5] }, 0, false],
    [{ numeric: ['>', 0] }, '5', false],
    [{ exists: true }, null, true],
    [{ exists: true }, undefined, false],
    [{ exists: true }, [], false],
    [{ exists: true }, { b: 1 }, false],
    [{ exists: false }, { b: 1 }, true],
    [{ exists: false }, 0, false],
  ])('%j against %j is %j', (test, value, expected) => {
    expect(leaf(test, value)).toBe(expected);
  });

  it('finds an absent field below an absent parent, and nothing else there', () => {
    expect(matches({ a: { b: [{ exists: false }] } }, {})).toBe(true);
    expect(matches({ a: { b: [{ exists: false }] } }, { a: 'text' })).toBe(true);
    expect(matches({ a: { b: [{ exists: true }] } }, { a: 'text' })).toBe(false);
    expect(matches({ a: { b: [{ 'anything-but': 'x' }] } }, {})).toBe(false);
  });
});

describe('anything-but', () => {
  it.each([
    ['x', 'y', true],
    ['x', 'x', false],
    ['x', null, true],
    ['x', 5, true],
    [[1, 2], 2, false],
    [[1, 2], 3, true],
    [{ prefix: 'or' }, 'order', false],
    [{ prefix: ['or', 're'] }, 'return', false],
    [{ suffix: 'er' }, 'return', true],
    [{ 'equals-ignore-case': ['ORDER'] }, 'order', false],
    [{ wildcard: '*d*' }, 'order', false],
    [{ prefix: 'or' }, 5, true],
  ])('%j against %j is %j', (operand, value, expected) => {
    expect(leaf({ 'anything-but': operand }, value)).toBe(expected);
  });
});

describe('arrays of objects', () => {
  const split = {
    a: [
      { b: 1, c: 3 },
      { b: 5, c: 2 },
    ],
  };

  it('are matched within one element', () => {
    expect(matches({ a: { b: [1], c: [3] } }, split)).toBe(true);
    expect(matches({ a: { b: [1], c: [2] } }, split)).toBe(false);
  });

  it('lack a field only when no element has it', () => {
    expect(matches({ a: { b: [1], d: [{ exists: false }] } }, split)).toBe(true);
    const other = { a: [{ b: 1 }, { c: 2 }] };
    expect(matches({ a: { b: [1], c: [{ exists: false }] } }, other)).toBe(false);
  });
});

describe('$or', () => {
  const pattern = { s: ['x'], $or: [{ a: [1] }, { b: { c: [2] } }] };

  it('takes one of the alternatives beside the other fields', () => {
    expect(matches(pattern, { s: 'x', a: 1 })).toBe(true);
    expect(matches(pattern, { s: 'x', b: { c: 2 } })).toBe(true);
    expect(matches(pattern, { s: 'x', a: 2 })).toBe(false);
    expect(matches(pattern, { s: 'y', a: 1 })).toBe(false);
  });
});

describe('what is not understood', () => {
  it.each([
    [[], ''],
    [{}, ''],
    [{ a: 'x' }, 'a'],
    [{ a: [] }, 'a'],
    [{ a: {} }, 'a'],
    [{ a: [{ cidr: '10.0.0.0/8' }] }, 'a[0]'],
    [{ a: ['x', { constructor: 'x' }] }, 'a[1]'],
    [{ a: [{ prefix: 'x', suffix: 'y' }] }, 'a[0]'],
    [{ a: [['x']] }, 'a[0]'],
    [{ a: { b: [{ prefix: 5 }] } }, 'a.b[0].prefix'],
    [{ a: [{ suffix: ['x'] }] }, 'a[0].suffix'],
    [{ a: [{ prefix: { regex: 'x' } }] }, 'a[0].prefix'],
    [{ a: [{ exists: 'true' }] }, 'a[0].exists'],
    [{ a: [{ wildcard: 'a**' }] }, 'a[0].wildcard'],
    [{ a: [{ wildcard: 'a\\b' }] }, 'a[0].wildcard'],
    [{ a: [{ numeric: ['>', '5'] }] }, 'a[0].numeric'],
    [{ a: [{ numeric: ['~', 5] }] }, 'a[0].numeric'],
    [{ a: [{ numeric: ['>', 5, '<', 3] }] }, 'a[0].numeric'],
    [{ a: [{ numeric: ['=', 6_000_000_000] }] }, 'a[0].numeric'],
    [{ a: [{ 'anything-but': null }] }, 'a[0].anything-but'],
    [{ a: [{ 'anything-but': [] }] }, 'a[0].anything-but'],
    [{ a: [{ 'anything-but': ['x', 1] }] }, 'a[0].anything-but'],
    [{ a: [{ 'anything-but': { prefix: '' } }] }, 'a[0].anything-but.prefix'],
    [{ a: [{ 'anything-but': { numeric: ['=', 1] } }] }, 'a[0].anything-but'],
    [{ $or: [{ a: [1] }] }, '$or'],
    [{ a: { $or: [{ b: [1] }, { prefix: ['x'] }] } }, 'a.$or[1]'],
  ])('%j is refused at %j', (pattern, path) => {
    expect(refusedAt(pattern)).toBe(path);
  });

  it('nesting has an end', () => {
    let pattern: unknown = ['x'];
    for (let depth = 0; depth < 5000; depth += 1) pattern = { a: pattern };
    expect(refusedAt(pattern)).not.toBe('accepted');
  });
});

it('a wildcard agrees with the regular expression that it stands for', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
  fc.assert(
    fc.property(letters, text, (characters, value) => {
      const pattern = characters.join('').replaceAll(/\*+/g, '*');
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 's').test(value);
      expect(leaf({ wildcard: pattern }, value)).toBe(expected);
    }),
  );
});
