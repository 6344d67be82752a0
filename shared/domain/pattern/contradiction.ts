import { accepts } from './match.ts';
import { parsePattern } from './parse.ts';
import {
  type Alternative,
  type Constraint,
  type PatternFailure,
  type Scalar,
  type ScalarType,
  typeOfScalar,
} from './pattern.ts';

/** What is true of a field in every event that the pattern will ever meet. */
export interface KnownField {
  readonly keys: readonly string[];
  /** Every event has the field, and no array lies on the way to it. */
  readonly isRequired: boolean;
  /** Wherever it is present it holds one of these values, or any of these types; no object. */
  readonly holds: readonly Scalar[] | { readonly types: readonly ScalarType[] };
}

/**
 * Why no event can match the pattern: one reason for each alternative of its `$or`s, and the one
 * failure of a pattern that does not compile. Empty when an event may match, as far as is known.
 */
export function whyNeverMatches(
  pattern: unknown,
  known: readonly KnownField[],
): readonly PatternFailure[] {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) return [parsed.failure];
  const reasons = parsed.value.map((alternative) => firstReason(alternative, known));
  return reasons.every((reason) => reason !== undefined) ? reasons : [];
}

function firstReason(
  alternative: Alternative,
  known: readonly KnownField[],
): PatternFailure | undefined {
  for (const constraint of alternative) {
    for (const field of known) {
      const sentence = contradiction(constraint, field);
      if (sentence !== undefined) return { path: constraint.keys.join('.'), sentence };
    }
  }
  return undefined;
}

function contradiction(constraint: Constraint, field: KnownField): string | undefined {
  const { keys, values, tests, orAbsent } = constraint;
  const common = keys.findIndex((key, index) => key !== field.keys[index]);
  const shared = common < 0 ? keys.length : common;
  if (shared < Math.min(keys.length, field.keys.length)) return undefined;
  const name = field.keys.join('.');
  if (keys.length > field.keys.length) {
    return orAbsent ? undefined : `${name} holds a value, so that nothing lies below it.`;
  }
  if (keys.length < field.keys.length) {
    if (orAbsent || !field.isRequired) return undefined;
    return `Every event has ${name}, so that there is an object here and no value.`;
  }
  if (orAbsent && !field.isRequired) return undefined;
  if (mayHoldAccepted(constraint, field)) return undefined;
  const asksOnlyAbsence = values.size === 0 && tests.length === 0;
  return asksOnlyAbsence ? 'Every event has this field.' : `This field ${holdsOnly(field)}.`;
}

function mayHoldAccepted(constraint: Constraint, { holds }: KnownField): boolean {
  if (!('types' in holds)) return holds.some((value) => accepts(constraint, value));
  const asked = [
    ...[...constraint.values].map(typeOfScalar),
    ...constraint.tests.flatMap(({ types }) => types),
  ];
  return asked.some((type) => holds.types.includes(type));
}

function holdsOnly({ holds }: KnownField): string {
  if ('types' in holds) return `never holds what is asked for, only ${holds.types.join(' or ')}`;
  return `holds only ${holds.map((value) => JSON.stringify(value)).join(', ')}`;
}
