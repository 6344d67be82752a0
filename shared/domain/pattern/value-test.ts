import { failure, type Result, success } from '../result.ts';
import type { PatternFailure } from './compile.ts';
import { compileWildcard } from './wildcard.ts';

/** Decides on one leaf of an event: a string, number, boolean or null. */
export type ValueTest = (leaf: unknown) => boolean;

type Compiled = Result<ValueTest, PatternFailure>;
type Operator = (operand: unknown, path: string) => Compiled;

/** Range and digits that the service compares numbers in. */
const largestNumber = 5_000_000_000;

const operators: Readonly<Record<string, Operator>> = {
  prefix: (operand, path) => textOrIgnoringCase(operand, path, startsWith),
  suffix: (operand, path) => textOrIgnoringCase(operand, path, endsWith),
  'equals-ignore-case': (operand, path) => textTest(operand, path, equalsIgnoringCase),
  wildcard: wildcardTest,
  numeric: numericTest,
  exists: existsTest,
  'anything-but': anythingButTest,
};

/** One element of a pattern's array: a value to be equal to, or an object with one operator. */
export function compileValueTest(test: unknown, path: string): Compiled {
  if (isExact(test)) return success((leaf) => leaf === test);
  const named = soleEntry(test);
  if (named === undefined) {
    return refuse(
      path,
      'Expected a string, number, boolean, null, or an object with one operator.',
    );
  }
  const [name, operand] = named;
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (operator === undefined) return refuse(path, `The operator ${name} is not known.`);
  return operator(operand, `${path}.${name}`);
}

function existsTest(operand: unknown, path: string): Compiled {
  if (operand !== true) return refuse(path, 'exists is true or false.');
  return success(() => true);
}

function wildcardTest(operand: unknown, path: string): Compiled {
  if (typeof operand !== 'string') return refuse(path, 'wildcard takes a string.');
  const matches = compileWildcard(operand);
  if (!matches.ok) return refuse(path, matches.failure);
  return success((leaf) => typeof leaf === 'string' && matches.value(leaf));
}

type TextComparison = (text: string, operand: string) => boolean;

const startsWith: TextComparison = (text, operand) => text.startsWith(operand);
const endsWith: TextComparison = (text, operand) => text.endsWith(operand);
const equalsIgnoringCase: TextComparison = (text, operand) =>
  text.toLowerCase() === operand.toLowerCase();

function textTest(operand: unknown, path: string, compare: TextComparison): Compiled {
  if (typeof operand !== 'string') return refuse(path, 'Expected a string.');
  return success((leaf) => typeof leaf === 'string' && compare(leaf, operand));
}

/** `prefix` and `suffix` take a string, or that string under `equals-ignore-case`. */
function textOrIgnoringCase(operand: unknown, path: string, compare: TextComparison): Compiled {
  const named = soleEntry(operand);
  if (named === undefined) return textTest(operand, path, compare);
  const [name, text] = named;
  if (name !== 'equals-ignore-case') return refuse(path, `The operator ${name} is not known here.`);
  return textTest(text, `${path}.${name}`, (leaf, wanted) =>
    compare(leaf.toLowerCase(), wanted.toLowerCase()),
  );
}

type NumberComparison = (value: number, bound: number) => boolean;

const comparisons: Readonly<Record<string, NumberComparison>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** `[operator, bound]`, or a lower and an upper bound. JSON numbers only: text never compares. */
function numericTest(operand: unknown, path: string): Compiled {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    return refuse(path, 'numeric takes one or two pairs of operator and number.');
  }
  const tests: ((value: number) => boolean)[] = [];
  const names: unknown[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const [name, bound] = [operand[index], operand[index + 1]];
    const compare = typeof name === 'string' ? comparisons[name] : undefined;
    if (compare === undefined) return refuse(path, `${JSON.stringify(name)} compares no numbers.`);
    if (typeof bound !== 'number' || Math.abs(bound) > largestNumber) {
      return refuse(path, `A bound is a number between -${largestNumber} and ${largestNumber}.`);
    }
    names.push(name);
    tests.push((value) => compare(value, bound));
  }
  if (names.length === 2 && !isRange(names, operand[1], operand[3])) {
    return refuse(path, 'Two bounds are a lower one and then a higher one.');
  }
  return success((leaf) => typeof leaf === 'number' && tests.every((test) => test(leaf)));
}

function isRange(names: readonly unknown[], low: number, high: number): boolean {
  const [first, second] = names;
  const opens = first === '>' || first === '>=';
  return opens && (second === '<' || second === '<=') && low < high;
}

/** Operators that `anything-but` may hold. */
const negatable = new Set(['prefix', 'suffix', 'equals-ignore-case', 'wildcard']);

/**
 * True for every leaf of any type that is none of the operands; a field that is absent has no leaf.
 */
function anythingButTest(operand: unknown, path: string): Compiled {
  const named = soleEntry(operand);
  if (named !== undefined) return anythingButOperator(named, path);
  const values: unknown[] = Array.isArray(operand) ? operand : [operand];
  const type = typeof values[0];
  const comparable = type === 'string' || type === 'number';
  if (!comparable || values.some((value) => typeof value !== type)) {
    return refuse(path, 'anything-but takes strings or numbers, not both, or one operator.');
  }
  const excluded = new Set(values);
  return success((leaf) => !excluded.has(leaf));
}

function anythingButOperator([name, operand]: [string, unknown], path: string): Compiled {
  const at = `${path}.${name}`;
  const operator = negatable.has(name) ? operators[name] : undefined;
  if (operator === undefined) return refuse(path, `anything-but cannot hold ${name}.`);
  const values: unknown[] = Array.isArray(operand) ? operand : [operand];
  if (values.length === 0) return refuse(at, 'An empty array excludes nothing.');
  const tests: ValueTest[] = [];
  for (const value of values) {
    if (value === '') return refuse(at, 'An empty string would exclude everything or nothing.');
    if (typeof value !== 'string') return refuse(at, 'Expected a string or strings.');
    const compiled = operator(value, at);
    if (!compiled.ok) return compiled;
    tests.push(compiled.value);
  }
  return success((leaf) => !tests.some((test) => test(leaf)));
}

function isExact(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** Name and operand of an object that has exactly one key. */
function soleEntry(value: unknown): [string, unknown] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [entry, ...more] = Object.entries(value);
  return more.length === 0 ? entry : undefined;
}

function refuse(path: string, sentence: string): Result<never, PatternFailure> {
  return failure({ path, sentence });
}
