import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { pointerOf, readBySchema } from '../../../../../shared/domain/program/findings.ts';

const code = z.string().check(z.regex(/^[A-Z]+$/, 'capitals'));
const table = z.strictObject({ by: z.enum(['tier', 'sku']), otherwise: z.int() });
const award = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), points: z.int().check(z.minimum(1)) }),
  z.strictObject({
    kind: z.literal('perAmount'),
    points: z.union([z.int(), table]),
    rounding: z._default(z.enum(['up', 'down']), 'down'),
  }),
]);
const goal = z.union([
  z.strictObject({ kind: z.literal('sum'), amount: z.int() }),
  z.strictObject({
    kind: z.literal('count'),
    times: z.int(),
    cooldownSeconds: z.optional(z.int()),
  }),
]);
const schema = z.strictObject({
  name: code,
  languages: z._default(z.array(code).check(z.minLength(1)), ['EN']),
  rules: z.optional(z.array(z.strictObject({ award, cooldownSeconds: z.optional(z.int()) }))),
  units: z.optional(z.record(code, z.strictObject({ names: z.record(z.string(), z.string()) }))),
  goal: z.optional(goal),
  nested: z.optional(z.lazy(() => z.nullable(z.strictObject({ segments: z.int() })))),
  open: z.optional(z.boolean()),
});

function found(input: unknown): string[] {
  const read = readBySchema(schema, input);
  if (!('findings' in read)) return [];
  return read.findings.map(({ pointer, message }) => `${pointer}: ${message}`);
}

const withAward = (given: unknown) => found({ name: 'A', rules: [{ award: given }] });

it('reads what fits, with defaults', () => {
  expect(readBySchema(schema, { name: 'A' })).toEqual({ value: { name: 'A', languages: ['EN'] } });
});

it('escapes pointers', () => {
  expect(pointerOf([])).toBe('');
  expect(pointerOf(['a/b', 'm~n', 0, ''])).toBe('/a~1b/m~0n/0/');
});

it('says everything at once, each in words of its own', () => {
  expect(found({ languages: [], open: 'yes', rules: [{}, { award: null }], goal: 5 })).toEqual([
    '/name: is missing',
    '/languages: must not be empty',
    '/rules/0/award: is missing',
    '/rules/1/award: must be an object, not null',
    '/goal: must be an object, not a number',
    '/open: must be true or false, not a text',
  ]);
  expect(found({ name: 'a', languages: ['EN', 1.5] })).toEqual([
    '/name: must be capitals',
    '/languages/1: must be a text, not a fraction',
  ]);
  expect(found(null)).toEqual([': must be an object, not null']);
});

describe('an unknown key', () => {
  it('is a finding of its own, with the nearest one that stands there', () => {
    const rule = { award: { kind: 'fixed', points: 1, rounding: 'up' }, cooldwonSeconds: 1 };
    expect(found({ name: 'A', nmae: 'A', colour: 1, rules: [rule] })).toEqual([
      '/rules/0/award/rounding: unknown key `rounding`',
      '/rules/0/cooldwonSeconds: unknown key `cooldwonSeconds`; did you mean `cooldownSeconds`?',
      '/nmae: unknown key `nmae`; did you mean `name`?',
      '/colour: unknown key `colour`',
    ]);
  });

  it('is told through defaults, records, lazy parts and the branch that its kind names', () => {
    const units = { PTS: { names: {}, nams: {} } };
    expect(found({ name: 'A', units, nested: { segments: 1, segmnts: 2 } })).toEqual([
      '/units/PTS/nams: unknown key `nams`; did you mean `names`?',
      '/nested/segmnts: unknown key `segmnts`; did you mean `segments`?',
    ]);
    expect(withAward({ kind: 'perAmount', points: 1, ronding: 'up' })).toEqual([
      '/rules/0/award/ronding: unknown key `ronding`; did you mean `rounding`?',
    ]);
  });
});

describe('a value of several possible shapes', () => {
  it('is told by its kind', () => {
    expect(withAward({ kind: 'perAmmount' })).toEqual([
      '/rules/0/award/kind: must be one of fixed, perAmount; did you mean perAmount?',
    ]);
    expect(withAward({ points: 1 })).toEqual([
      '/rules/0/award/kind: is missing; it must be one of fixed, perAmount',
    ]);
    expect(withAward({ kind: 'fixed', points: 0 })).toEqual([
      '/rules/0/award/points: must be at least 1',
    ]);
    expect(found({ name: 'A', goal: { kind: 'count', times: 'x', cooldownSecond: 1 } })).toEqual([
      '/goal/times: must be a number, not a text',
      '/goal/cooldownSecond: unknown key `cooldownSecond`; did you mean `cooldownSeconds`?',
    ]);
  });

  it('is told by the shape that comes nearest, or by all', () => {
    const points = (given: unknown) => withAward({ kind: 'perAmount', points: given });
    expect(points({ by: 'tear', otherwise: 1 })).toEqual([
      '/rules/0/award/points/by: must be one of tier, sku; did you mean tier?',
    ]);
    expect(points('x')).toEqual([
      '/rules/0/award/points: must be a number, not a text, or must be an object, not a text',
    ]);
  });
});

it('says what is wrong with a name in a record', () => {
  expect(found({ name: 'A', units: { 'p/t': { names: {} } } })).toEqual([
    '/units/p~1t: its name must be capitals',
  ]);
});
