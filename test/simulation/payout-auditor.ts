import {
  add,
  type PayoutRow,
  payoutRows,
  printed,
  type StandingPayment,
  type Sums,
  standingPayments,
} from './payout-books.ts';
import { dayNumber, eurosWorth } from './payout-members.ts';
import type { PayoutStorm } from './payout-storm.ts';

/**
 * Judges payouts from the outside: by what was given, the rows as plain data, and the providers'
 * own books. Everything that is wrong, as sentences; nothing when all promises were kept.
 */
export function auditPayouts(storm: PayoutStorm): readonly string[] {
  const rows = payoutRows(storm);
  const standing = standingPayments(storm);
  return [
    ...storm.watch.findings,
    ...auditEntries(storm),
    ...auditWallets(storm, rows),
    ...rows.flatMap((row) => auditPayout(storm, row, standing.get(row.hold.redemption) ?? [])),
    ...rows.flatMap(auditAmounts),
    ...auditProviders(storm, standing),
    ...strangers(rows, standing),
  ];
}

/** P4: every entry sums to zero, and so does each unit; what is held is of who is open. */
function auditEntries({ paying: { world } }: PayoutStorm): string[] {
  const all: Sums = new Map();
  const findings: string[] = [];
  for (const { key, legs } of world.table.entries.values()) {
    const sums: Sums = new Map();
    for (const { amount, unit } of legs) add(sums, unit, amount);
    for (const [unit, sum] of sums) {
      if (sum !== 0n) findings.push(`${JSON.stringify(key)} leaves ${sum} ${unit}.`);
      add(all, unit, sum);
    }
  }
  return [
    ...findings,
    ...Object.entries(printed(all)).map(([unit, sum]) => `${sum} ${unit} left.`),
  ];
}

/** Every cent that was given is there, is held by who is open, was paid once, or given away. */
function auditWallets({ given, paying: { world } }: PayoutStorm, rows: readonly PayoutRow[]) {
  const found: Sums = new Map();
  for (const { member, unit, balance } of world.table.balances.values()) {
    for (const amount of balance.lots.values()) add(found, `${member} ${unit}`, amount);
    add(found, `${member} ${unit}`, -balance.debt);
  }
  for (const { hold, state, wallet, wasReturned } of rows) {
    const donatedMinor = hold.terms.payout?.donatedMinor ?? 0n;
    const isThere = state === 'released';
    add(found, wallet, isThere ? (wasReturned ? donatedMinor : 0n) : hold.points);
  }
  return [...given].flatMap(([wallet, amount]) => {
    const sum = found.get(wallet) ?? 0n;
    return sum === amount ? [] : [`${wallet} was given ${amount}, and ${sum} is found.`];
  });
}

/** P2: paid once where it is captured, not at all where it is released, else it has a case. */
function auditPayout(
  { paying: { world } }: PayoutStorm,
  { hold, kinds, posted, provider, state, wasReturned }: PayoutRow,
  standing: readonly StandingPayment[],
): string[] {
  const { amountMinor, currency, redemption, terms, unit } = hold;
  const wrong = (what: string) => [`${redemption} (${provider}) is ${state}: ${what}.`];
  const count = (kind: string) => kinds.filter((each) => each === kind).length;
  const settled = count('capture') + count('release') - count('reopen');
  const held = posted.get(`held ${unit}`) ?? 0n;
  if (state === 'captured') {
    const isGift = terms.kind === 'donation';
    const [paid, ...others] = standing;
    const isPaid =
      paid?.amountMinor === amountMinor && paid.currency === currency && !paid.isPending;
    if (isGift ? standing.length > 0 : !isPaid || others.length > 0) {
      return wrong(`${JSON.stringify(standing, texts)} stands at its provider`);
    }
    return settled === 1 && held === 0n ? [] : wrong(`${settled} settlements, ${held} held`);
  }
  if (state === 'released') {
    if (standing.length > 0)
      return wrong(`${JSON.stringify(standing, texts)} is paid all the same`);
    return settled === 1 && held === 0n ? [] : wrong(`${settled} settlements, ${held} held`);
  }
  const rest = hold.points - (wasReturned ? (terms.payout?.donatedMinor ?? 0n) : 0n);
  if (settled !== 0 || held !== rest) return wrong(`${settled} settlements, ${held} held`);
  const hasCase = [...world.table.cases.values()].some(({ subject }) => subject === redemption);
  if (!hasCase) return wrong('nobody was told');
  return standing.every(({ isPending }) => isPending) ? [] : wrong('it has been paid');
}

function texts(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

/** Worked out anew, from the rates as they were published. */
function auditAmounts({ hold }: PayoutRow): string[] {
  const { amountMinor, points, redemption, terms, unit } = hold;
  const { bearer = 'program', donatedMinor = 0n, exchange, feeMinor = 0n } = terms.payout ?? {};
  let amount = points - donatedMinor;
  if (exchange !== undefined) {
    const day = dayNumber(exchange.asOf);
    const from = eurosWorth(exchange.from, day).hundredThousandths;
    const to = eurosWorth(exchange.to, day).hundredThousandths;
    const isRight = exchange.from === unit && exchange.fromMinor === amount;
    if (!isRight) return [`${redemption} converts ${exchange.fromMinor} ${exchange.from}.`];
    amount = (amount * to) / from;
  }
  const net = bearer === 'member' ? amount - feeMinor : amount;
  return net === amountMinor ? [] : [`${redemption} pays ${amountMinor}, and should pay ${net}.`];
}

/** What we owe each provider is what its own books say it has taken. */
function auditProviders(
  { paying: { world } }: PayoutStorm,
  standing: ReadonlyMap<string, readonly StandingPayment[]>,
): string[] {
  const owed: Sums = new Map();
  for (const { account, amount, unit } of [...world.table.entries.values()].flatMap(
    ({ legs }) => legs,
  )) {
    if (account.kind === 'providerPayable') add(owed, `${account.provider} ${unit}`, -amount);
  }
  for (const { charge, isPending, provider } of [...standing.values()].flat()) {
    const [amount = '0', currency = ''] = charge.split(' ');
    if (!isPending) add(owed, `${provider} ${currency}`, -BigInt(amount));
  }
  return Object.entries(printed(owed)).map(([what, over]) => `${what} is owed ${over} too much.`);
}

/** Nothing stands at a provider that no payout asked for. */
function strangers(
  rows: readonly PayoutRow[],
  standing: ReadonlyMap<string, readonly StandingPayment[]>,
): string[] {
  const known = new Set(rows.map(({ hold }) => hold.redemption));
  return [...standing.keys()].flatMap((id) => (known.has(id) ? [] : [`${id} is no payout.`]));
}
