function folded(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Looks a country's name up by the mapping's table; case and spaces do not matter. */
export function countryLookup(
  codes: Readonly<Record<string, string>>,
): (name: string) => string | undefined {
  const byName = new Map(Object.entries(codes).map(([name, code]) => [folded(name), code]));
  return (name) => byName.get(folded(name));
}
