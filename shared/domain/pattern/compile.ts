import { failure, type Result, success } from '../result.ts';
import { compileValueTest, type ValueTest } from './value-test.ts';

/** True when the JSON value is matched. Pure, and safe to call with anything that JSON can hold. */
export type CompiledPattern = (value: unknown) => boolean;

/** Where a pattern cannot be understood: `path` as `detail.amount[0].numeric`, and a sentence. */
export interface PatternFailure {
  readonly path: string;
  readonly sentence: string;
}

type Check = (value: unknown, root: unknown) => boolean;
type Compiled = Result<Check, PatternFailure>;

interface Place {
  /** For people: how the pattern reached this point. */
  readonly label: string;
  /** Keys of the event that lead here; `$or` adds none. */
  readonly keys: readonly string[];
}

const orKey = '$or';
/** Deeper patterns are refused, so that neither compiling nor matching can exhaust the stack. */
const maximumDepth = 32;
/**
 * Names of operators may not stand as fields in `$or`: there a typing error would match nothing.
 */
const operatorNames = new Set([
  ...['exactly', 'prefix', 'suffix', 'anything-but', 'numeric', 'exists'],
  ...['equals-ignore-case', 'wildcard', 'cidr', 'regex'],
]);

/**
 * Compiles an EventBridge event pattern once, to be matched often. A pattern that holds anything
 * unknown is refused, since a matcher that skips what it does not know matches too much. The
 * language:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html (all of
 * it but `cidr`). Fields of one array element are matched together, as the service does.
 */
export function compilePattern(pattern: unknown): Result<CompiledPattern, PatternFailure> {
  const compiled = compileObject(pattern, { label: '', keys: [] });
  if (!compiled.ok) return compiled;
  const check = compiled.value;
  return success((value) => check(value, value));
}

function compileObject(pattern: unknown, place: Place): Compiled {
  if (!isRecord(pattern))
    return refuse(place, 'A pattern is an object, with arrays as its leaves.');
  if (place.keys.length > maximumDepth) return refuse(place, 'The pattern is nested too deeply.');
  const entries = Object.entries(pattern);
  if (entries.length === 0) return refuse(place, 'An empty object is not allowed.');
  const checks: Check[] = [];
  for (const [key, part] of entries) {
    const compiled = key === orKey ? compileOr(part, place) : compileField(key, part, place);
    if (!compiled.ok) return compiled;
    checks.push(compiled.value);
  }
  return success((value, root) => checks.every((check) => check(value, root)));
}

function compileField(key: string, part: unknown, place: Place): Compiled {
  const here = { label: join(place.label, key), keys: [...place.keys, key] };
  if (Array.isArray(part)) return compileLeaf(key, part, here);
  if (!isRecord(part)) return refuse(here, 'A field holds an array of values, or an object.');
  const compiled = compileObject(part, here);
  if (!compiled.ok) return compiled;
  const check = compiled.value;
  return success((value, root) => {
    const objects = flatten(fieldOf(value, key)).filter(isRecord);
    // Without an object the fields below are all absent, which a pattern may ask for.
    return objects.length === 0
      ? check(undefined, root)
      : objects.some((object) => check(object, root));
  });
}

/** A field matches when any of its values passes any of the tests. */
function compileLeaf(key: string, tests: readonly unknown[], here: Place): Compiled {
  if (tests.length === 0) return refuse(here, 'An empty array matches nothing.');
  const valueTests: ValueTest[] = [];
  let absentMatches = false;
  for (const [index, test] of tests.entries()) {
    const place = { ...here, label: `${here.label}[${index}]` };
    if (isRecord(test) && test.exists === false && Object.keys(test).length === 1) {
      absentMatches = true;
      continue;
    }
    const compiled = compileValueTest(test, place.label);
    if (!compiled.ok) return compiled;
    valueTests.push(compiled.value);
  }
  return success((value, root) => {
    const leaves = leavesOf(fieldOf(value, key));
    if (leaves.some((leaf) => valueTests.some((test) => test(leaf)))) return true;
    return absentMatches && !hasLeaf(root, here.keys);
  });
}

function compileOr(part: unknown, place: Place): Compiled {
  const here = { ...place, label: join(place.label, orKey) };
  if (!Array.isArray(part) || part.length < 2) {
    return refuse(here, `${orKey} holds an array of two or more patterns.`);
  }
  const checks: Check[] = [];
  for (const [index, alternative] of part.entries()) {
    const at = { ...here, label: `${here.label}[${index}]` };
    const operator = isRecord(alternative)
      ? Object.keys(alternative).find((key) => operatorNames.has(key))
      : undefined;
    if (operator !== undefined) return refuse(at, `${operator} is an operator, not a field.`);
    const compiled = compileObject(alternative, at);
    if (!compiled.ok) return compiled;
    checks.push(compiled.value);
  }
  return success((value, root) => checks.some((check) => check(value, root)));
}

/**
 * `exists: false` asks for a path that no part of the event has, whichever array element it is in.
 */
function hasLeaf(value: unknown, keys: readonly string[]): boolean {
  const [key, ...rest] = keys;
  if (key === undefined) return leavesOf(value).length > 0;
  return flatten(value)
    .filter(isRecord)
    .some((object) => hasLeaf(fieldOf(object, key), rest));
}

/** Values at the end of a path; an object is no leaf, nor is an empty array. */
function leavesOf(value: unknown): unknown[] {
  return flatten(value).filter((leaf) => leaf !== undefined && !isRecord(leaf));
}

function flatten(value: unknown): unknown[] {
  return Array.isArray(value) ? value.flatMap(flatten) : [value];
}

function fieldOf(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(label: string, key: string): string {
  return label === '' ? key : `${label}.${key}`;
}

function refuse({ label }: Place, sentence: string): Result<never, PatternFailure> {
  return failure({ path: label, sentence });
}
