/** Puts a version over the one before it; 1 stands where there is none. */
export function putVersion<Row extends { readonly version: number }>(
  rows: Map<string, Row>,
  key: string,
  next: Row,
): 'done' | 'lost' {
  if ((rows.get(key)?.version ?? 0) !== next.version - 1) return 'lost';
  rows.set(key, next);
  return 'done';
}
