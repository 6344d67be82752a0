/** What stands on the accounts of one currency. */
export interface UnitSums<Amount> {
  issued: Amount;
  fxPosition: Amount;
  rounding: Amount;
  readonly wallets: Map<string, Amount>;
}

export type SumsByUnit<Amount> = Map<string, UnitSums<Amount>>;

export function sumsOf<Amount>(
  sums: SumsByUnit<Amount>,
  unit: string,
  zero: Amount,
): UnitSums<Amount> {
  const known = sums.get(unit);
  if (known !== undefined) return known;
  const none = { issued: zero, fxPosition: zero, rounding: zero, wallets: new Map() };
  sums.set(unit, none);
  return none;
}

/** As text, for comparison: `EUR issued`, `EUR m-1`, … */
export function textOf<Amount>(
  sums: SumsByUnit<Amount>,
  write: (amount: Amount) => string,
): Record<string, string> {
  const rows = [...sums].flatMap(([unit, { wallets, ...own }]) =>
    [...Object.entries(own), ...wallets].map(([name, sum]) => [`${unit} ${name}`, write(sum)]),
  );
  return Object.fromEntries(rows);
}
