import { type Alternative, type Constraint, fieldOf, isRecord, isScalar } from './pattern.ts';

/** The constraints of one alternative, by the keys that lead to them. */
interface Branch {
  readonly depth: number;
  readonly leaf: Constraint | undefined;
  readonly children: readonly Child[];
  readonly constraints: Alternative;
  /** Satisfied by an event that has nothing below this point. */
  readonly childrenMayBeAbsent: boolean;
}

interface Child {
  readonly key: string;
  readonly branch: Branch;
}

/** The element that was chosen in each array, so that fields of one element match together. */
interface Chosen {
  readonly array: readonly unknown[];
  readonly index: number;
  readonly earlier: Chosen | undefined;
}

type LeafVisit = (leaf: unknown, chosen: Chosen | undefined) => boolean;

/** Decides whether an event satisfies one of the alternatives. */
export function matcherOf(alternatives: readonly Alternative[]): (event: unknown) => boolean {
  const branches = alternatives.map((alternative) => branchOf(alternative, 0));
  return (event) => isRecord(event) && branches.some((branch) => isSatisfied(branch, event));
}

function branchOf(constraints: Alternative, depth: number): Branch {
  const byKey = new Map<string, Constraint[]>();
  for (const constraint of constraints) {
    const key = constraint.keys[depth];
    if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), constraint]);
  }
  const children = [...byKey].map(([key, below]) => ({ key, branch: branchOf(below, depth + 1) }));
  return {
    depth,
    leaf: constraints.find(({ keys }) => keys.length === depth),
    children,
    constraints,
    childrenMayBeAbsent: children.every(
      ({ branch: { leaf, childrenMayBeAbsent } }) =>
        leaf?.orAbsent !== false && childrenMayBeAbsent,
    ),
  };
}

/** Fields of an object do not depend on each other; below an array they do. */
function isSatisfied(branch: Branch, value: unknown): boolean {
  if (Array.isArray(value)) return isSatisfiedFrom(branch, value, 0, undefined);
  if (isRecord(value)) {
    if (branch.leaf?.orAbsent === false) return false;
    for (const { key, branch: child } of branch.children) {
      if (!isSatisfied(child, fieldOf(value, key))) return false;
    }
    return true;
  }
  const { leaf } = branch;
  const leafPasses =
    leaf === undefined || (value === undefined ? leaf.orAbsent : accepts(leaf, value));
  return leafPasses && branch.childrenMayBeAbsent;
}

/** Whether a leaf with this value satisfies the constraint. */
export function accepts({ values, tests }: Constraint, leaf: unknown): boolean {
  if (!isScalar(leaf)) return false;
  return values.has(leaf) || (tests.length > 0 && tests.some((test) => test.accepts(leaf)));
}

/**
 * Constraints below an array, one after the other: a leaf counts when it lies in the elements that
 * the constraints before it have chosen. `exists: false` looks no further than these either.
 */
function isSatisfiedFrom(
  branch: Branch,
  root: readonly unknown[],
  index: number,
  chosen: Chosen | undefined,
): boolean {
  const constraint = branch.constraints[index];
  if (constraint === undefined) return true;
  const { keys, orAbsent } = constraint;
  const start = { keys, depth: branch.depth, chosen };
  if (orAbsent && !someLeaf(root, start, () => true)) {
    return isSatisfiedFrom(branch, root, index + 1, chosen);
  }
  let failed: Chosen | undefined | false = false;
  return someLeaf(root, start, (leaf, now) => {
    // Another leaf of the same elements leads to the same rest.
    if (now === failed || !accepts(constraint, leaf)) return false;
    if (isSatisfiedFrom(branch, root, index + 1, now)) return true;
    failed = now;
    return false;
  });
}

interface Position {
  readonly keys: readonly string[];
  readonly depth: number;
  readonly chosen: Chosen | undefined;
}

/** Visits the leaves that the keys lead to, until a visit returns true. */
function someLeaf(value: unknown, position: Position, visit: LeafVisit): boolean {
  const { keys, depth, chosen } = position;
  if (Array.isArray(value)) return someElement(value, position, visit);
  const key = keys[depth];
  if (key === undefined) return isScalar(value) && visit(value, chosen);
  if (!isRecord(value)) return false;
  return someLeaf(fieldOf(value, key), { keys, depth: depth + 1, chosen }, visit);
}

function someElement(array: readonly unknown[], position: Position, visit: LeafVisit): boolean {
  const { chosen } = position;
  const known = indexIn(array, chosen);
  return array.some((element, index) => {
    if (isScalar(element)) return someLeaf(element, position, visit);
    if (known !== undefined) return index === known && someLeaf(element, position, visit);
    return someLeaf(element, { ...position, chosen: { array, index, earlier: chosen } }, visit);
  });
}

function indexIn(array: readonly unknown[], chosen: Chosen | undefined): number | undefined {
  for (let it = chosen; it !== undefined; it = it.earlier) {
    if (it.array === array) return it.index;
  }
  return undefined;
}

/** Calls back with every leaf at the end of the keys, through all elements of arrays. */
export function eachLeaf(
  event: unknown,
  keys: readonly string[],
  visit: (leaf: unknown) => void,
): void {
  let value = event;
  let depth = 0;
  for (const key of keys) {
    if (Array.isArray(value)) {
      for (const element of value) eachLeaf(element, keys.slice(depth), visit);
      return;
    }
    depth += 1;
    if (!isRecord(value)) return;
    value = fieldOf(value, key);
  }
  if (Array.isArray(value)) for (const element of value) eachLeaf(element, [], visit);
  else if (isScalar(value)) visit(value);
}
