import { describe, expect, it } from 'vitest';
import { readJsonText } from '../../../../../infra/cli/program/json-text.ts';

const text = `{
  "a": {
    "b/c":
      [1,
       {"d~": null}]
  }, "e": "x"
}`;

describe('JSON text', () => {
  it('is the value that it says, and knows the line of each part', () => {
    const { value, findings, lineOf } = readJsonText(text);
    expect(value).toEqual({ a: { 'b/c': [1, { 'd~': null }] }, e: 'x' });
    expect(findings).toEqual([]);
    const lines = ['', '/a', '/a/b~1c', '/a/b~1c/0', '/a/b~1c/1', '/a/b~1c/1/d~0', '/e'].map(
      lineOf,
    );
    expect(lines).toEqual([1, 2, 3, 4, 5, 5, 6]);
  });

  it('knows the surroundings of what is not there', () => {
    const { lineOf } = readJsonText(text);
    expect(lineOf('/a/missing/too')).toBe(2);
    expect(lineOf('/missing')).toBe(1);
    expect(lineOf('/a/b~1c/1/x')).toBe(5);
  });

  it('names every key that an object has twice', () => {
    const twice = '{"a": 1,\n"b": {"a": 1},\n"c": {"x": 1, "y": 2,\n"x": 3},\n"a": 2,\n"a": 3}';
    const { value, findings, lineOf } = readJsonText(twice);
    expect(value).toEqual({ a: 3, b: { a: 1 }, c: { x: 3, y: 2 } });
    expect(findings).toEqual([
      {
        pointer: '/c/x',
        line: 4,
        message: 'the key `x` stands here again; the first is on line 3',
      },
      { pointer: '/a', line: 5, message: 'the key `a` stands here again; the first is on line 1' },
      { pointer: '/a', line: 6, message: 'the key `a` stands here again; the first is on line 1' },
    ]);
    expect(lineOf('/a')).toBe(6);
  });

  it('that is broken is one finding, on the line of the break', () => {
    const cases = [
      ['{"a": 1,\n}', 2],
      ['{"a": 1\n"b": 2}', 2],
      ['{\n// no\n"a": 1}', 2],
      ['', 1],
      ['{"a": [1, 2\n', 2],
      ['{}\n{}', 2],
      ['{"a": 01}', 1],
    ] as const;
    for (const [broken, line] of cases) {
      const { value, findings } = readJsonText(broken);
      expect([broken, value, findings.map((finding) => finding.line)]).toEqual([
        broken,
        undefined,
        [line],
      ]);
      expect(findings[0]?.message).toMatch(/^not valid JSON: [a-z]/i);
    }
  });
});
