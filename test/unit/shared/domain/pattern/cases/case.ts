/** A behaviour of the published engine, a pattern, an event, and whether they match. */
export type Case = readonly [behaviour: string, pattern: unknown, event: unknown, matches: boolean];

/** A pattern with one field `a`, and an event where that field has the value. */
export function leafCase(behaviour: string, test: unknown, value: unknown, matches: boolean): Case {
  return [behaviour, { a: Array.isArray(test) ? test : [test] }, { a: value }, matches];
}
