import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../../../shared/domain/pattern/compile.ts';
import { refusedCases } from './cases/refused-cases.ts';
import { structureCases } from './cases/structure-cases.ts';
import { valueCases } from './cases/value-cases.ts';

function matches(pattern: unknown, event: unknown): boolean {
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw new Error(`${compiled.failure.path}: ${compiled.failure.sentence}`);
  return compiled.value(event);
}

function refusedAt(pattern: unknown): string {
  const compiled = compilePattern(pattern);
  return compiled.ok ? 'accepted' : compiled.failure.path;
}

describe('values', () => {
  it.each(valueCases)('%s: %j against %j is %j', (_, pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });
});

describe('fields, arrays and alternatives', () => {
  it.each(structureCases)('%s: %j against %j is %j', (_, pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });
});

describe('what is not understood', () => {
  it.each(refusedCases)('%s', (_, pattern, path) => {
    expect(refusedAt(pattern)).toBe(path);
  });

  it.each(['a', '$or'])('nesting of %s has an end', (key) => {
    let pattern: unknown = { z: ['x'] };
    for (let depth = 0; depth < 5000; depth += 1) {
      pattern = { [key]: key === '$or' ? [pattern, { y: [depth] }] : pattern };
    }
    expect(refusedAt(pattern)).not.toBe('accepted');
  });
});

it.each([[null], ['text'], [[{ a: 1 }]], [undefined]])('%j is no event', (event) => {
  expect(matches({ a: [{ exists: false }] }, event)).toBe(false);
});

it('many equal values of one element are not tried in every combination', () => {
  const keys = Array.from({ length: 12 }, (_, index) => `k${index}`);
  const values = new Array<string>(50).fill('x');
  const line = Object.fromEntries(keys.map((key) => [key, values]));
  const wanted = Object.fromEntries(keys.map((key) => [key, ['x']]));
  expect(matches({ lines: { ...wanted, z: ['x'] } }, { lines: [line] })).toBe(false);
});

it('a pattern may name __proto__', () => {
  expect(matches(JSON.parse('{"__proto__": ["x"]}'), {})).toBe(false);
  expect(matches(JSON.parse('{"__proto__": ["x"]}'), JSON.parse('{"__proto__": "x"}'))).toBe(true);
});

it('a wildcard agrees with the regular expression that it stands for', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
  fc.assert(
    fc.property(letters, text, (characters, value) => {
      const pattern = characters.join('').replaceAll(/\*+/g, '*');
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 's').test(value);
      expect(matches({ a: [{ wildcard: pattern }] }, { a: value })).toBe(expected);
    }),
  );
});
