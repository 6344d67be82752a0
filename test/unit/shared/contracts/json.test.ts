import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../shared/contracts/json.ts';

/** The same JSON value with the keys of every object in another order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, member]) => [key, reversed(member)]));
}

describe('canonical JSON', () => {
  it('sorts keys at every depth and keeps the order of lists', () => {
    expect(canonicalJson({ b: [2, { d: 1, c: null }], a: 'é"' })).toBe(
      '{"a":"é\\"","b":[2,{"c":null,"d":1}]}',
    );
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
    expect(canonicalJson({ a: undefined })).toBe('{}');
  });

  it('writes a number one way, however it came', () => {
    const [left, right] = ['{"n":100,"z":0}', '{"z":-0.0,"n":1e2}'].map((it) => JSON.parse(it));
    expect(canonicalJson(left)).toBe(canonicalJson(right));
  });

  it('is equal for equal values, whatever the order of their keys', () => {
    const property = fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
    });
    fc.assert(property);
  });

  it('reads back as the value it was made from', () => {
    const property = fc.property(fc.jsonValue(), (value) => {
      const plain = JSON.parse(JSON.stringify(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(plain);
    });
    fc.assert(property);
  });

  it('differs for values that differ', () => {
    const property = fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
      const same = canonicalJson(left) === canonicalJson(right);
      const [one, two] = [left, right].map((value) => JSON.parse(canonicalJson(value)));
      if (same) expect(one).toEqual(two);
      else expect(one).not.toEqual(two);
    });
    fc.assert(property);
  });
});
