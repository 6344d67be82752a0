export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** By name, such as `12 FIELD_MISSING, 3 INVALID_DATE`; empty for nothing. */
export function list(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, count]) => `${grouped(count)} ${name}`)
    .join(', ');
}
