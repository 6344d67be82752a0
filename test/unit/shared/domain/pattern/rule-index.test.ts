import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../../../shared/domain/pattern/compile.ts';
import { createRuleIndex } from '../../../../../shared/domain/pattern/rule-index.ts';
import { InvariantError } from '../../../../../shared/domain/result.ts';
import { eventArbitrary, patternArbitrary } from './arbitrary.ts';

const seed = 20_261_122;

function matches(pattern: unknown, event: unknown): boolean {
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw new Error(compiled.failure.sentence);
  return compiled.value(event);
}

function indexOf(...patterns: readonly unknown[]) {
  return createRuleIndex(patterns.map((pattern, value) => ({ pattern, value })));
}

/** An event that counts how often one of its fields is read. */
function watched(key: string, value: unknown, others: object) {
  const reads = { count: 0 };
  const event = {
    ...others,
    get [key]() {
      reads.count += 1;
      return value;
    },
  };
  return { event, reads };
}

describe('the index gives what evaluating every rule gives', () => {
  it('for any patterns and event', () => {
    let matched = 0;
    const patterns = fc.array(patternArbitrary, { maxLength: 12 });
    fc.assert(
      fc.property(patterns, eventArbitrary, (all, event) => {
        const expected = all.flatMap((pattern, index) => (matches(pattern, event) ? [index] : []));
        matched += expected.length;
        expect(indexOf(...all).matching(event)).toEqual(expected);
      }),
      { seed, numRuns: 2000 },
    );
    expect(matched).toBeGreaterThan(200);
  });

  it('in the order of the rules, each once', () => {
    const index = indexOf({ a: ['y', 'x'] }, { b: [1] }, { a: ['x'] }, { a: [{ prefix: 'x' }] });
    expect(index.matching({ a: ['x', 'y'], b: 1 })).toEqual([0, 1, 2, 3]);
  });

  it('for elements of arrays, absent fields and other types', () => {
    const index = indexOf({ l: { sku: ['A'] } }, { n: [5] }, { n: ['5'] }, { o: [null] });
    expect(index.matching({ l: [{ sku: 'B' }, { sku: ['A'] }] })).toEqual([0]);
    expect(index.matching({ n: 5 })).toEqual([1]);
    expect(index.matching({ n: '5' })).toEqual([2]);
    expect(index.matching({ o: null })).toEqual([3]);
    expect(index.matching({})).toEqual([]);
  });

  it('for a field that every alternative compares', () => {
    const index = indexOf({ $or: [{ t: ['x'] }, { t: ['y'], n: [1] }] }, { t: ['z'] });
    expect(index.matching({ t: 'x' })).toEqual([0]);
    expect(index.matching({ t: 'y' })).toEqual([]);
    expect(index.matching({ t: 'y', n: 1 })).toEqual([0]);
  });

  it('for no rules at all', () => {
    expect(indexOf().matching({ a: 1 })).toEqual([]);
  });
});

describe('rules that cannot match are not evaluated', () => {
  const amount = { amount: [{ numeric: ['>', 0] }] };

  it('when they are for another type', () => {
    const types = Array.from({ length: 200 }, (_, type) => ({ type: [`t${type}`], ...amount }));
    const { event, reads } = watched('amount', 5, { type: 't7' });
    expect(indexOf(...types).matching(event)).toEqual([7]);
    expect(reads.count).toBe(1);
  });

  it('when they share the type and differ in another field', () => {
    const few = Array.from({ length: 20 }, (_, type) => ({ type: [`t${type}`], ...amount }));
    const many = Array.from({ length: 180 }, (_, store) => ({
      type: ['t0'],
      place: { store: [store] },
      ...amount,
    }));
    const { event, reads } = watched('amount', 5, { type: 't0', place: { store: 99 } });
    expect(indexOf(...few, ...many).matching(event)).toEqual([0, 119]);
    expect(reads.count).toBe(2);
  });

  it('when long lists of values name the same rules', () => {
    const products = Array.from({ length: 2000 }, (_, sku) => `p${sku}`);
    const rules = Array.from({ length: 30 }, (_, type) => ({
      sku: products,
      store: products,
      type: [type],
      ...amount,
    }));
    const { event, reads } = watched('amount', 5, { sku: 'p5', store: 'p6', type: 3 });
    expect(indexOf(...rules).matching(event)).toEqual([3]);
    expect(reads.count).toBe(1);
  });
});

it('a pattern that does not compile is a broken invariant', () => {
  expect(() => indexOf({ a: 'x' })).toThrow(InvariantError);
});
