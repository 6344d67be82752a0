import type { Alternative, Constraint } from '../../pattern/pattern.ts';

/**
 * Whether every event that satisfies the second alternatives satisfies the first: certain where it
 * says yes. Of an operator it only knows whether it accepts a value.
 */
export function covers(general: readonly Alternative[], specific: readonly Alternative[]): boolean {
  return specific.every((one) => general.some((other) => alternativeCovers(other, one)));
}

function alternativeCovers(general: Alternative, specific: Alternative): boolean {
  return general.every((constraint) => {
    const narrower = specific.find(({ keys }) => isSamePath(keys, constraint.keys));
    return narrower !== undefined && constraintCovers(constraint, narrower);
  });
}

function isSamePath(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key, index) => key === other[index]);
}

function constraintCovers(general: Constraint, { values, tests, orAbsent }: Constraint): boolean {
  if (tests.length > 0 || (orAbsent && !general.orAbsent)) return false;
  for (const value of values) {
    if (general.values.has(value)) continue;
    if (!general.tests.some((test) => test.accepts(value))) return false;
  }
  return true;
}
