import { failure, type Result } from '../result.ts';

/** A leaf of an event: what JSON can hold besides arrays and objects. */
export type Scalar = string | number | boolean | null;
export type ScalarType = 'string' | 'number' | 'boolean' | 'null';

/** One element of a field's array that is more than a value to be equal to. */
export interface ValueTest {
  readonly accepts: (leaf: Scalar) => boolean;
  /** No leaf of another type is ever accepted. */
  readonly types: readonly ScalarType[];
}

/** What a pattern asks of one path: a leaf that is one of the values or passes one of the tests. */
export interface Constraint {
  readonly keys: readonly string[];
  readonly values: ReadonlySet<Scalar>;
  readonly tests: readonly ValueTest[];
  /** `exists: false`: also satisfied where the path has no leaf. */
  readonly orAbsent: boolean;
}

/** Constraints that hold together, each of another path, in the order of their names. */
export type Alternative = readonly Constraint[];

/** Where a pattern cannot be understood: `path` as `detail.amount[0].numeric`, and a sentence. */
export interface PatternFailure {
  readonly path: string;
  readonly sentence: string;
}

export function refuse(path: string, sentence: string): Result<never, PatternFailure> {
  return failure({ path, sentence });
}

export function typeOfScalar(value: Scalar): ScalarType {
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'null';
}

export function isScalar(value: unknown): value is Scalar {
  const type = typeof value;
  return value === null || type === 'string' || type === 'number' || type === 'boolean';
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of its own, never one of the prototype. */
export function fieldOf(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Name and operand of an object that has exactly one key. */
export function soleEntry(value: unknown): readonly [string, unknown] | undefined {
  if (!isRecord(value)) return undefined;
  const [entry, ...more] = Object.entries(value);
  return more.length === 0 ? entry : undefined;
}
