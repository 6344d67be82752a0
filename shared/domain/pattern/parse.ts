import { type Result, success } from '../result.ts';
import {
  type Alternative,
  type Constraint,
  isRecord,
  type PatternFailure,
  refuse,
  type Scalar,
  type ValueTest,
} from './pattern.ts';
import { compileElement } from './value-test.ts';

const orKey = '$or';
/** Deeper patterns are refused, so that parsing cannot exhaust the stack. */
const maximumDepth = 32;
/** Each `$or` multiplies the alternatives of those beside it. */
const maximumAlternatives = 1000;
/**
 * Names that may not stand as fields inside `$or`, where Event Ruler takes them for a mistake: its
 * operators, and those that it keeps for later.
 */
const reservedInOr = new Set([
  ...['exactly', 'prefix', 'suffix', 'anything-but', 'numeric', 'exists', 'wildcard', 'cidr'],
  ...['equals-ignore-case', '=', '<', '<=', '>', '>=', 'regex', 'not-wildcard'],
  ...['not-equals-ignore-case', 'date-after', 'date-on-or-after', 'date-before'],
  ...['date-on-or-before', 'in-date-range', 'ip-address-in-range', 'ip-address-not-in-range'],
]);

interface Place {
  /** For people: how the pattern reached this point. */
  readonly label: string;
  /** Keys of the event that lead here; `$or` adds none. */
  readonly keys: readonly string[];
  readonly depth: number;
  readonly inOr: boolean;
}

/** Constraints by the name of their path. */
type Draft = ReadonlyMap<string, Constraint>;
type Drafts = Result<readonly Draft[], PatternFailure>;

/**
 * Reads a pattern as alternatives, one for each choice among its `$or`s; an event matches the
 * pattern when it satisfies all constraints of one of them. Anything not understood is refused:
 * what is skipped matches too much. Two cases are refused though Event Ruler takes them: a `$or`
 * that is a plain field to it, and a path that a `$or` names again, where it forgets the first.
 */
export function parsePattern(pattern: unknown): Result<readonly Alternative[], PatternFailure> {
  const place = { label: '', keys: [], depth: 0, inOr: false };
  const drafts = addObject([new Map()], pattern, place);
  return drafts.ok ? success(drafts.value.map(inOrderOfNames)) : drafts;
}

/** Event Ruler meets the fields in this order, which `exists: false` in arrays depends on. */
function inOrderOfNames(draft: Draft): Alternative {
  const named = [...draft].sort(([one], [other]) => (one < other ? -1 : 1));
  return named.map(([, constraint]) => constraint);
}

function addObject(drafts: readonly Draft[], pattern: unknown, place: Place): Drafts {
  const { label } = place;
  if (!isRecord(pattern))
    return refuse(label, 'A pattern is an object, with arrays as its leaves.');
  if (place.depth > maximumDepth) return refuse(label, 'The pattern is nested too deeply.');
  const entries = Object.entries(pattern);
  if (entries.length === 0) return refuse(label, 'An empty object is not allowed.');
  let all = drafts;
  for (const [key, part] of entries) {
    const added = key === orKey ? addOr(all, part, place) : addField(all, [key, part], place);
    if (!added.ok) return added;
    all = added.value;
  }
  return success(all);
}

function addField(
  drafts: readonly Draft[],
  [key, part]: readonly [string, unknown],
  place: Place,
): Drafts {
  const here = {
    ...place,
    label: join(place.label, key),
    keys: [...place.keys, key],
    depth: place.depth + 1,
  };
  if (place.inOr && reservedInOr.has(key)) {
    return refuse(place.label, `${key} is a name of the pattern language, not a field.`);
  }
  if (isRecord(part)) return addObject(drafts, part, here);
  if (!Array.isArray(part)) {
    return refuse(here.label, 'A field holds an array of values, or an object.');
  }
  const constraint = constraintOf(part, here);
  if (!constraint.ok) return constraint;
  const name = here.keys.join('.');
  if (drafts.some((draft) => draft.has(name))) {
    return refuse(here.label, 'This field is named twice; only one of the two would count.');
  }
  return success(drafts.map((draft) => new Map([...draft, [name, constraint.value]])));
}

function addOr(drafts: readonly Draft[], part: unknown, place: Place): Drafts {
  const label = join(place.label, orKey);
  if (!Array.isArray(part) || part.length < 2) {
    return refuse(label, `${orKey} holds an array of two or more patterns.`);
  }
  const all: Draft[] = [];
  for (const [index, choice] of part.entries()) {
    const at = { ...place, label: `${label}[${index}]`, depth: place.depth + 1, inOr: true };
    const added = addObject(drafts, choice, at);
    if (!added.ok) return added;
    all.push(...added.value);
    if (all.length > maximumAlternatives) {
      return refuse(label, `${orKey} makes more than ${maximumAlternatives} combinations.`);
    }
  }
  return success(all);
}

function constraintOf(
  elements: readonly unknown[],
  { label, keys }: Place,
): Result<Constraint, PatternFailure> {
  if (elements.length === 0) return refuse(label, 'An empty array matches nothing.');
  const values = new Set<Scalar>();
  const tests: ValueTest[] = [];
  let orAbsent = false;
  for (const [index, element] of elements.entries()) {
    if (isAbsence(element)) {
      orAbsent = true;
      continue;
    }
    const compiled = compileElement(element, `${label}[${index}]`);
    if (!compiled.ok) return compiled;
    if ('value' in compiled.value) values.add(compiled.value.value);
    else tests.push(compiled.value.test);
  }
  return success({ keys, values, tests, orAbsent });
}

function isAbsence(element: unknown): boolean {
  return isRecord(element) && element.exists === false && Object.keys(element).length === 1;
}

function join(label: string, key: string): string {
  return label === '' ? key : `${label}.${key}`;
}
