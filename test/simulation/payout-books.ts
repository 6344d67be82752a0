import type { Entry } from '../../shared/domain/ledger/entry.ts';
import { parseReference } from '../../shared/domain/redemption/reference.ts';
import type { Hold } from '../../shared/ports/stores.ts';
import type { PayoutStorm } from './payout-storm.ts';

export type Sums = Map<string, bigint>;

export function add(sums: Sums, key: string, amount: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + amount);
}

/** What is not nothing, in order, so that two of them compare as they print. */
export function printed(sums: Sums): Record<string, string> {
  const filled = [...sums].filter(([, amount]) => amount !== 0n);
  return Object.fromEntries(filled.map(([key, amount]) => [key, `${amount}`] as const).sort());
}

/** One payout as the rows have it, read as plain data. */
export interface PayoutRow {
  readonly hold: Hold;
  readonly wallet: string;
  readonly run: string;
  readonly state: string;
  readonly provider: string;
  /** Of all entries that it has posted, by account kind and unit. */
  readonly posted: Sums;
  readonly kinds: readonly Entry['kind'][];
  readonly wasReturned: boolean;
}

export function payoutRows({ paying: { world } }: PayoutStorm): readonly PayoutRow[] {
  const { entries, holds, orders } = world.table;
  const byPayout = new Map<string, Entry[]>();
  for (const entry of entries.values()) {
    if (entry.key.at !== 'redemption') continue;
    const own = byPayout.get(entry.key.redemption) ?? [];
    byPayout.set(entry.key.redemption, [...own, entry]);
  }
  return [...holds.values()].map((hold) => {
    const own = byPayout.get(hold.redemption) ?? [];
    const posted: Sums = new Map();
    for (const { account, amount, unit } of own.flatMap(({ legs }) => legs)) {
      add(posted, `${account.kind} ${unit}`, amount);
    }
    const order = orders.get(hold.redemption);
    return {
      ...{ hold, posted, wallet: `${hold.entry.member} ${hold.unit}` },
      run: hold.terms.payout?.run ?? '',
      ...{ state: order?.state ?? 'unrouted', provider: order?.provider ?? '' },
      kinds: own.map(({ kind }) => kind),
      wasReturned: own.some(({ kind }) => kind === 'reopen'),
    };
  });
}

export interface StandingPayment {
  readonly provider: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** What the provider takes from our account for it. */
  readonly charge: string;
  /** It may still be paid. */
  readonly isPending: boolean;
}

/** What the providers' own books say is paid, or will be, by payout. */
export function standingPayments({
  bank,
  rails,
}: PayoutStorm): ReadonlyMap<string, readonly StandingPayment[]> {
  const standing = new Map<string, readonly StandingPayment[]>();
  const keep = (reference: string, payment: StandingPayment) => {
    const payout = parseReference(reference)?.redemption ?? reference;
    standing.set(payout, [...(standing.get(payout) ?? []), payment]);
  };
  for (const rail of rails) {
    for (const { order, state } of rail.payments.values()) {
      if (state !== 'paid' && state !== 'pending') continue;
      const { amountMinor, currency } = order.value;
      const charged = rail.chargeOf(order.value);
      const charge = `${charged.amountMinor} ${charged.currency}`;
      const isPending = state === 'pending';
      keep(order.reference, { provider: rail.name, amountMinor, currency, charge, isPending });
    }
  }
  for (const [id, { amount, currency }] of bank.standing) {
    const reference = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const amountMinor = BigInt(amount.replace('.', ''));
    const charge = `${amountMinor} ${currency}`;
    keep(reference, { provider: 'bank-file', amountMinor, currency, charge, isPending: false });
  }
  return standing;
}

/** How the wallets of a run stand: each is paid once, still owed, or open. */
export function tally({ given }: PayoutStorm, rows: readonly PayoutRow[], run: string) {
  const counts = { paid: 0, owed: 0, open: 0, several: 0 };
  const own = new Map<string, PayoutRow[]>();
  for (const row of rows.filter((each) => each.run === run)) {
    own.set(row.wallet, [...(own.get(row.wallet) ?? []), row]);
  }
  for (const wallet of given.keys()) {
    const [one, ...others] = own.get(wallet) ?? [];
    if (others.length > 0) counts.several += 1;
    else if (one === undefined || one.state === 'released') counts.owed += 1;
    else counts[one.state === 'captured' ? 'paid' : 'open'] += 1;
  }
  return counts;
}
