/** Where what happened is not what was expected. */
export interface Difference {
  /** Such as `members.anna.lots.PTS.2027-03-01`. */
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

type Whole = number | string | bigint;
type Amounts = Readonly<Record<string, Whole>>;

export const absent = 'nothing';

export function differs(path: string, expected: unknown, got: unknown): Difference[] {
  const [wanted, found] = [inWords(expected), inWords(got)];
  return wanted === found ? [] : [{ path, expected: wanted, got: found }];
}

/** Only what is named. */
export function namedDiffer(
  path: string,
  expected: Amounts,
  got: (name: string) => bigint,
): Difference[] {
  return Object.entries(expected).flatMap(([name, amount]) =>
    differs(`${path}.${name}`, BigInt(amount), got(name)),
  );
}

/** What is named, and nothing else but zeros. */
export function wholeDiffers(
  path: string,
  expected: Amounts,
  got: ReadonlyMap<string, bigint>,
): Difference[] {
  const names = new Set([...Object.keys(expected), ...got.keys()]);
  return [...names]
    .sort()
    .flatMap((name) =>
      differs(`${path}.${name}`, BigInt(expected[name] ?? 0), got.get(name) ?? 0n),
    );
}

/** Of objects, what is named; of everything else, all of it. */
export function partDiffers(path: string, expected: unknown, got: unknown): Difference[] {
  if (!isObject(expected) || !isObject(got)) return differs(path, expected, got);
  return Object.entries(expected).flatMap(([key, value]) =>
    partDiffers(`${path}.${key}`, value, got[key]),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inWords(value: unknown): string {
  if (value === undefined || value === null) return absent;
  if (Array.isArray(value)) return `[${value.map(inWords).join(', ')}]`;
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}
