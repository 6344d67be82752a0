/** What stands on the accounts of one currency. */
export interface UnitSums<Amount> {
  issued: Amount;
  fxPosition: Amount;
  rounding: Amount;
  readonly wallets: Map<string, { sum: Amount }>;
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

/** What stands in one member's wallet. */
export function walletOf<Amount>(
  { wallets }: UnitSums<Amount>,
  member: string,
  zero: Amount,
): { sum: Amount } {
  const known = wallets.get(member);
  if (known !== undefined) return known;
  const none = { sum: zero };
  wallets.set(member, none);
  return none;
}

/** As text, for comparison: `EUR issued`, `EUR m-1`, … */
export function textOf<Amount>(
  sums: SumsByUnit<Amount>,
  write: (amount: Amount) => string,
): Record<string, string> {
  const rows = [...sums].flatMap(([unit, { wallets, ...own }]) =>
    [
      ...Object.entries(own),
      ...[...wallets].map(([member, { sum }]) => [member, sum] as const),
    ].map(([name, sum]) => [`${unit} ${name}`, write(sum)]),
  );
  return Object.fromEntries(rows);
}
