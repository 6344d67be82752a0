import { type Leg, memberAmounts, sumByUnit } from '../ledger/entry.ts';
import { amountOf, restOf } from './amounts.ts';
import type { PaidPoints } from './points.ts';
import { amountsOf, type HeldAmounts, type PayoutTerms } from './terms.ts';

/** How a payout stands: what was undone by whoever had paid it is `returned`. */
export type PayoutStanding = 'open' | 'paid' | 'failed' | 'returned';

/** One payout as its entries tell it. */
export interface ReportedPayout extends HeldAmounts {
  readonly member: string;
  readonly rail: string;
  readonly terms: PayoutTerms;
  readonly standing: PayoutStanding;
  /** It was paid before: what was given away of it then has gone. */
  readonly wasPaid: boolean;
  /** Of every entry that it has posted, the hold first. */
  readonly legs: readonly (readonly Leg[])[];
}

/** Amounts in minor units of the currency, but for `fxResult`, which is by wallet. */
export interface ReportRow {
  readonly rail: string;
  readonly currency: string;
  readonly members: number;
  readonly payouts: number;
  /** What left the wallets, in this currency, without what was given away. */
  readonly grossMinor: bigint;
  /** What members have borne. */
  readonly feesMinor: bigint;
  readonly netMinor: bigint;
  readonly paidMinor: bigint;
  readonly openMinor: bigint;
  readonly failedMinor: bigint;
  readonly returnedMinor: bigint;
  /** What conversions have gained where payouts came back, by the wallets' currency. */
  readonly fxResult: ReadonlyMap<string, bigint>;
  /** Given away, by the wallets' currency. */
  readonly donated: ReadonlyMap<string, bigint>;
  /** What was paid in points, by their unit. */
  readonly points: ReadonlyMap<string, bigint>;
}

/** A row whose amounts are not what the entries of its payouts have posted. */
export interface ReportMismatch {
  readonly rail: string;
  readonly currency: string;
  readonly account: 'redeemed' | 'held' | 'converted';
  readonly reportedMinor: bigint;
  readonly postedMinor: bigint;
}

export class PayoutReport {
  readonly #rows = new Map<string, Row>();

  add(payout: ReportedPayout): void {
    this.#row(payout.rail, payout.currency).add(payout);
  }

  addPoints(paid: PaidPoints): void {
    this.#row(paid.rail, paid.given.currency).addPoints(paid);
  }

  #row(rail: string, currency: string): Row {
    const key = JSON.stringify([rail, currency]);
    const row = this.#rows.get(key) ?? new Row(rail, currency);
    this.#rows.set(key, row);
    return row;
  }

  /** By rail, then by currency. */
  rows(): ReportRow[] {
    return this.#sorted().map((row) => row.told());
  }

  /** What is wrong with the sums: nothing, unless an entry is not what its hold has fixed. */
  mismatches(): ReportMismatch[] {
    return this.#sorted().flatMap((row) => row.mismatches());
  }

  #sorted(): Row[] {
    const keys = [...this.#rows.keys()].sort();
    return keys.flatMap((key) => this.#rows.get(key) ?? []);
  }
}

class Row {
  readonly #rail: string;
  readonly #currency: string;
  readonly #members = new Set<string>();
  readonly #amounts = { paid: 0n, open: 0n, failed: 0n, returned: 0n };
  readonly #fxResult = new Map<string, bigint>();
  readonly #donated = new Map<string, bigint>();
  #payouts = 0;
  #gross = 0n;
  #fees = 0n;
  #redeemed = 0n;
  /** By wallet: what is reported as held, less what is posted so. */
  readonly #held = new Map<string, bigint>();
  readonly #points = new Map<string, bigint>();
  /** By unit: what is reported as exchanged, less what the members' accounts have of it. */
  readonly #exchanged = new Map<string, bigint>();

  constructor(rail: string, currency: string) {
    this.#rail = rail;
    this.#currency = currency;
  }

  add(payout: ReportedPayout): void {
    const { member, standing, terms, unit, points, amountMinor, legs, wasPaid } = payout;
    const amounts = amountsOf(payout, terms);
    this.#members.add(member);
    this.#payouts += 1;
    this.#gross += amountOf(amounts).amountMinor;
    this.#fees += terms.bearer === 'member' ? terms.feeMinor : 0n;
    this.#amounts[standing] += amountMinor;
    const isGiven = wasPaid || standing === 'paid';
    if (isGiven) addTo(this.#donated, unit, terms.donatedMinor);
    const posted = legs.flat();
    this.#redeemed += totalOf(posted, 'redeemed', this.#currency);
    addTo(this.#fxResult, unit, totalOf(posted, 'fxResult', unit));
    const held = wasPaid ? restOf(amounts) : points;
    addTo(this.#held, unit, (standing === 'open' ? held : 0n) - totalOf(posted, 'held', unit));
  }

  /** Paid as soon as it is there, so that its net is its gross. */
  addPoints({ member, given, got, legs }: PaidPoints): void {
    this.#members.add(member);
    this.#payouts += 1;
    this.#gross += given.amountMinor;
    this.#amounts.paid += given.amountMinor;
    this.#redeemed += given.amountMinor;
    addTo(this.#points, got.unit, got.points);
    const posted = memberAmounts(legs, member);
    const { currency } = given;
    addTo(this.#exchanged, currency, given.amountMinor + (posted.get(currency) ?? 0n));
    addTo(this.#exchanged, got.unit, got.points - (posted.get(got.unit) ?? 0n));
  }

  told(): ReportRow {
    const { paid, open, failed, returned } = this.#amounts;
    return {
      ...{ rail: this.#rail, currency: this.#currency },
      ...{ members: this.#members.size, payouts: this.#payouts },
      ...{ grossMinor: this.#gross, feesMinor: this.#fees },
      ...{ netMinor: paid + open + failed + returned, paidMinor: paid, openMinor: open },
      ...{ failedMinor: failed, returnedMinor: returned },
      ...{ fxResult: this.#fxResult, donated: this.#donated, points: this.#points },
    };
  }

  mismatches(): ReportMismatch[] {
    const at = { rail: this.#rail, currency: this.#currency };
    const { paid } = this.#amounts;
    const redeemed =
      paid === this.#redeemed
        ? []
        : [
            {
              ...at,
              account: 'redeemed' as const,
              reportedMinor: paid,
              postedMinor: this.#redeemed,
            },
          ];
    const over = (account: 'held' | 'converted', amounts: ReadonlyMap<string, bigint>) =>
      [...amounts].flatMap(([currency, reportedMinor]) =>
        reportedMinor === 0n ? [] : [{ ...at, currency, account, reportedMinor, postedMinor: 0n }],
      );
    return [...redeemed, ...over('held', this.#held), ...over('converted', this.#exchanged)];
  }
}

function totalOf(legs: readonly Leg[], kind: Leg['account']['kind'], unit: string): bigint {
  const own = legs.filter((leg) => leg.account.kind === kind);
  return sumByUnit(own).get(unit) ?? 0n;
}

function addTo(sums: Map<string, bigint>, unit: string, amount: bigint): void {
  if (amount !== 0n) sums.set(unit, (sums.get(unit) ?? 0n) + amount);
}
