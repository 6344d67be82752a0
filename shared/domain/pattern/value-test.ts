import { type Result, success } from '../result.ts';
import { compileAddress, compileBlock } from './address.ts';
import { compileNumeric } from './numeric-test.ts';
import {
  isScalar,
  type PatternFailure,
  refuse,
  type Scalar,
  type ScalarType,
  soleEntry,
  type ValueTest,
} from './pattern.ts';
import { compileWildcard } from './wildcard.ts';

type Compiled = Result<ValueTest, PatternFailure>;
type Operator = (operand: unknown, path: string) => Compiled;
type TextComparison = (text: string, operand: string) => boolean;

const everyType: readonly ScalarType[] = ['string', 'number', 'boolean', 'null'];

const startsWith: TextComparison = (text, operand) => text.startsWith(operand);
const endsWith: TextComparison = (text, operand) => text.endsWith(operand);
const isEqual: TextComparison = (text, operand) => text === operand;

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['exactly', (operand, path) => textTest(operand, path, isEqual)],
  ['prefix', (operand, path) => textOrIgnoringCase(operand, path, startsWith)],
  ['suffix', (operand, path) => textOrIgnoringCase(operand, path, endsWith)],
  ['equals-ignore-case', (operand, path) => ignoringCase(operand, path, isEqual)],
  ['wildcard', wildcardTest],
  ['cidr', blockTest],
  ['numeric', compileNumeric],
  ['exists', existsTest],
  ['anything-but', anythingButTest],
]);

/** Operators that `anything-but` may hold. */
const negatable = new Set(['prefix', 'suffix', 'equals-ignore-case', 'wildcard']);

/** One element of a pattern's array: a value to be equal to, or a test. */
export type Element = { readonly value: Scalar } | { readonly test: ValueTest };

export function compileElement(element: unknown, path: string): Result<Element, PatternFailure> {
  if (isScalar(element)) return exact(element, path);
  const named = soleEntry(element);
  if (named === undefined) {
    return refuse(
      path,
      'Expected a string, number, boolean, null, or an object with one operator.',
    );
  }
  const [name, operand] = named;
  const operator = operators.get(name);
  if (operator === undefined) return refuse(path, `The operator ${name} is not known.`);
  const compiled = operator(operand, `${path}.${name}`);
  return compiled.ok ? success({ test: compiled.value }) : compiled;
}

/**
 * Numbers are equal by value: 300, 300.0 and 3.0e2 are one number to Event Ruler and to JSON.parse,
 * though a page of the service still says that it compares their texts:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html
 * Text that is an IP address is equal to the same address written otherwise, as in Event Ruler.
 */
function exact(value: Scalar, path: string): Result<Element, PatternFailure> {
  if (!isExactNumber(value)) return refuse(path, 'This number cannot be compared exactly.');
  const isSameAddress = typeof value === 'string' ? compileAddress(value) : undefined;
  return success(isSameAddress === undefined ? { value } : { test: onText(isSameAddress) });
}

/** A longer whole number is rounded when it is parsed, and would equal its neighbours. */
function isExactNumber(value: unknown): boolean {
  if (typeof value !== 'number') return true;
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

function onText(accepts: (text: string) => boolean): ValueTest {
  return { accepts: (leaf) => typeof leaf === 'string' && accepts(leaf), types: ['string'] };
}

function existsTest(operand: unknown, path: string): Compiled {
  if (operand !== true) return refuse(path, 'exists is true or false.');
  return success({ accepts: () => true, types: everyType });
}

function wildcardTest(operand: unknown, path: string): Compiled {
  if (typeof operand !== 'string') return refuse(path, 'wildcard takes a string.');
  const matches = compileWildcard(operand);
  return matches.ok ? success(onText(matches.value)) : refuse(path, matches.failure);
}

function blockTest(operand: unknown, path: string): Compiled {
  const isWithin = typeof operand === 'string' ? compileBlock(operand) : undefined;
  if (isWithin === undefined) {
    return refuse(path, 'cidr takes a block of IPv4 or IPv6 addresses, such as 10.0.0.0/24.');
  }
  return success(onText(isWithin));
}

function textTest(operand: unknown, path: string, compare: TextComparison): Compiled {
  if (typeof operand !== 'string') return refuse(path, 'Expected a string.');
  return success(onText((text) => compare(text, operand)));
}

function ignoringCase(operand: unknown, path: string, compare: TextComparison): Compiled {
  if (typeof operand !== 'string') return refuse(path, 'Expected a string.');
  const folded = foldCase(operand);
  return success(onText((text) => compare(foldCase(text), folded)));
}

/** `prefix` and `suffix` take a string, or that string under `equals-ignore-case`. */
function textOrIgnoringCase(operand: unknown, path: string, compare: TextComparison): Compiled {
  const named = soleEntry(operand);
  if (named === undefined) return textTest(operand, path, compare);
  const [name, text] = named;
  if (name !== 'equals-ignore-case') return refuse(path, `The operator ${name} is not known here.`);
  return ignoringCase(text, `${path}.${name}`, compare);
}

/** Letter by letter, whatever stands beside it, and only where both cases lead to each other. */
function foldCase(text: string): string {
  return text.replaceAll(/\p{Lu}/gu, (capital) => {
    const small = capital.toLowerCase();
    return small.toUpperCase() === capital ? small : capital;
  });
}

/**
 * True for every leaf of any type that is none of the operands; a field that is absent has no leaf.
 */
function anythingButTest(operand: unknown, path: string): Compiled {
  const named = soleEntry(operand);
  if (named !== undefined) return anythingButOperator(named, path);
  const values = listOf(operand);
  const type = typeof values[0];
  const comparable = type === 'string' || type === 'number';
  if (!comparable || values.some((value) => typeof value !== type)) {
    return refuse(path, 'anything-but takes strings or numbers, not both, or one operator.');
  }
  if (!values.every(isExactNumber)) return refuse(path, 'A number cannot be compared exactly.');
  const excluded = new Set(values);
  return success({ accepts: (leaf) => !excluded.has(leaf), types: everyType });
}

function anythingButOperator([name, operand]: readonly [string, unknown], path: string): Compiled {
  const at = `${path}.${name}`;
  const operator = negatable.has(name) ? operators.get(name) : undefined;
  if (operator === undefined) return refuse(path, `anything-but cannot hold ${name}.`);
  const values = listOf(operand);
  if (values.length === 0) return refuse(at, 'An empty array excludes nothing.');
  const tests: ValueTest[] = [];
  for (const value of values) {
    if (typeof value !== 'string') return refuse(at, 'Expected a string or strings.');
    const excludesAllText = value === '' && (name === 'prefix' || name === 'suffix');
    if (excludesAllText) return refuse(at, `An empty ${name} would exclude all text.`);
    const compiled = operator(value, at);
    if (!compiled.ok) return compiled;
    tests.push(compiled.value);
  }
  const accepts = (leaf: Scalar) => !tests.some((test) => test.accepts(leaf));
  return success({ accepts, types: everyType });
}

function listOf(operand: unknown): readonly unknown[] {
  return Array.isArray(operand) ? operand : [operand];
}
