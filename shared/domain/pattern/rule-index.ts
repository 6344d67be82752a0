import { invariant } from '../result.ts';
import { eachLeaf, matcherOf } from './match.ts';
import { parsePattern } from './parse.ts';
import type { Alternative, Scalar } from './pattern.ts';

export interface IndexedRule<Value> {
  /** An event pattern that compiles. */
  readonly pattern: unknown;
  readonly value: Value;
}

export interface RuleIndex<Value> {
  /** Values of the rules whose pattern matches the event, in the order the rules were given. */
  readonly matching: (event: unknown) => Value[];
}

/** Values that a rule allows at a path; an event that it matches has one of them there. */
interface Equality {
  readonly keys: readonly string[];
  readonly values: ReadonlySet<Scalar>;
}

/** A rule by its number, with its equalities by the path. */
interface Entry {
  readonly index: number;
  readonly equalities: ReadonlyMap<string, Equality>;
}

/** All numbers in `always`; below `split`, those of the values that the event has. */
interface Node {
  readonly always: readonly number[];
  readonly split: Split | undefined;
}

interface Split {
  readonly keys: readonly string[];
  readonly buckets: ReadonlyMap<unknown, Node>;
  /** Rules that do not compare this path. */
  readonly others: Node;
}

/** Fewer rules are sooner evaluated than told apart. */
const smallestSplit = 2;
const fewNumbers = 32;

/**
 * Finds matching rules without evaluating all: a rule is looked at only when the event has a value
 * that the rule compares for equality, on as many paths as tell the given rules apart. Rules that
 * compare nothing so are always looked at. Throws on a pattern that does not compile.
 */
export function createRuleIndex<Value>(rules: readonly IndexedRule<Value>[]): RuleIndex<Value> {
  const compiled = rules.map(({ pattern, value }) => {
    const parsed = parsePattern(pattern);
    invariant(parsed.ok, 'An index holds only patterns that compile.');
    return { value, matches: matcherOf(parsed.value), equalities: equalitiesOf(parsed.value) };
  });
  const root = nodeOf(compiled.map(({ equalities }, index) => ({ index, equalities })));
  return {
    matching: (event) => {
      const candidates: number[] = [];
      collect(root, event, candidates);
      // The order of numbers; a rule of several values may have been met by each of them.
      sortAscending(candidates);
      const values: Value[] = [];
      let last = -1;
      for (const index of candidates) {
        const rule = index === last ? undefined : compiled[index];
        if (rule?.matches(event) === true) values.push(rule.value);
        last = index;
      }
      return values;
    },
  };
}

/** By insertion where there are few, as nearly always: several times as fast as sorting them. */
function sortAscending(numbers: number[]): void {
  if (numbers.length > fewNumbers) {
    numbers.sort((one, other) => one - other);
    return;
  }
  for (let end = 1; end < numbers.length; end += 1) {
    const number = numbers[end] ?? 0;
    let at = end;
    for (; at > 0 && (numbers[at - 1] ?? 0) > number; at -= 1) numbers[at] = numbers[at - 1] ?? 0;
    numbers[at] = number;
  }
}

/** Paths that every alternative compares with plain values, and all values of any of them. */
function equalitiesOf(alternatives: readonly Alternative[]): ReadonlyMap<string, Equality> {
  const [first = [], ...others] = alternatives.map(
    (alternative) =>
      new Map(alternative.flatMap(equalityOf).map((it) => [JSON.stringify(it.keys), it])),
  );
  const shared = new Map<string, Equality>();
  for (const [path, { keys, values }] of first) {
    const rest = others.map((other) => other.get(path));
    if (!rest.every((it) => it !== undefined)) continue;
    shared.set(path, {
      keys,
      values: new Set([values, ...rest.map((it) => it.values)].flatMap((it) => [...it])),
    });
  }
  return shared;
}

function equalityOf({ keys, values, tests, orAbsent }: Alternative[number]): Equality[] {
  return tests.length === 0 && !orAbsent ? [{ keys, values }] : [];
}

function nodeOf(entries: readonly Entry[]): Node {
  const path = entries.length < smallestSplit ? undefined : bestPath(entries);
  if (path === undefined) return { always: entries.map(({ index }) => index), split: undefined };
  const byValue = new Map<Scalar, Entry[]>();
  const others: Entry[] = [];
  let keys: readonly string[] = [];
  for (const entry of entries) {
    const equality = entry.equalities.get(path);
    if (equality === undefined) {
      others.push(entry);
      continue;
    }
    keys = equality.keys;
    const below = new Map(entry.equalities);
    below.delete(path);
    for (const value of equality.values) {
      const bucket = byValue.get(value);
      if (bucket === undefined) byValue.set(value, [{ ...entry, equalities: below }]);
      else bucket.push({ ...entry, equalities: below });
    }
  }
  return { always: [], split: { keys, buckets: bucketsOf(byValue), others: nodeOf(others) } };
}

/** Values of the same rules, as in a list of products, share one node. */
function bucketsOf(byValue: ReadonlyMap<Scalar, readonly Entry[]>): ReadonlyMap<unknown, Node> {
  const nodes = new Map<string, Node>();
  const buckets = new Map<unknown, Node>();
  for (const [value, entries] of byValue) {
    const members = entries.map(({ index }) => index).join();
    const node = nodes.get(members) ?? nodeOf(entries);
    nodes.set(members, node);
    buckets.set(value, node);
  }
  return buckets;
}

/**
 * The path that leaves the fewest rules to look at, were each of its values and any other value
 * equally likely; undefined when no rule compares a path.
 */
function bestPath(entries: readonly Entry[]): string | undefined {
  const counts = new Map<string, { rules: number; places: number; values: Set<Scalar> }>();
  for (const { equalities } of entries) {
    for (const [path, { values }] of equalities) {
      const count = counts.get(path) ?? { rules: 0, places: 0, values: new Set() };
      counts.set(path, count);
      count.rules += 1;
      count.places += values.size;
      for (const value of values) count.values.add(value);
    }
  }
  let best: { readonly path: string; readonly left: number } | undefined;
  for (const [path, { rules, places, values }] of counts) {
    const left = entries.length - rules + places / (values.size + 1);
    if (best === undefined || left < best.left) best = { path, left };
  }
  return best?.path;
}

function collect(node: Node, event: unknown, candidates: number[]): void {
  for (let it: Node | undefined = node; it !== undefined; it = it.split?.others) {
    for (const index of it.always) candidates.push(index);
    if (it.split === undefined) continue;
    const { keys, buckets } = it.split;
    eachLeaf(event, keys, (leaf) => {
      const bucket = buckets.get(leaf);
      if (bucket !== undefined) collect(bucket, event, candidates);
    });
  }
}
