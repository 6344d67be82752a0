import { type Leg, sumByUnit } from '../ledger/entry.ts';
import { amountOf, restOf } from './amounts.ts';
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
}

/** A row whose amounts are not what the entries of its payouts have posted. */
export interface ReportMismatch {
  readonly rail: string;
  readonly currency: string;
  readonly account: 'redeemed' | 'held';
  readonly reportedMinor: bigint;
  readonly postedMinor: bigint;
}

export class PayoutReport {
  readonly #rows = new Map<string, Row>();

  add(payout: ReportedPayout): void {
    const key = JSON.stringify([payout.rail, payout.currency]);
    const row = this.#rows.get(key) ?? new Row(payout.rail, payout.currency);
    this.#rows.set(key, row);
    row.add(payout);
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

  told(): ReportRow {
    const { paid, open, failed, returned } = this.#amounts;
    return {
      ...{ rail: this.#rail, currency: this.#currency },
      ...{ members: this.#members.size, payouts: this.#payouts },
      ...{ grossMinor: this.#gross, feesMinor: this.#fees },
      ...{ netMinor: paid + open + failed + returned, paidMinor: paid, openMinor: open },
      ...{ failedMinor: failed, returnedMinor: returned },
      ...{ fxResult: this.#fxResult, donated: this.#donated },
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
    const held = [...this.#held].flatMap(([currency, over]) =>
      over === 0n
        ? []
        : [{ ...at, currency, account: 'held' as const, reportedMinor: over, postedMinor: 0n }],
    );
    return [...redeemed, ...held];
  }
}

function totalOf(legs: readonly Leg[], kind: Leg['account']['kind'], unit: string): bigint {
  const own = legs.filter((leg) => leg.account.kind === kind);
  return sumByUnit(own).get(unit) ?? 0n;
}

function addTo(sums: Map<string, bigint>, unit: string, amount: bigint): void {
  if (amount !== 0n) sums.set(unit, (sums.get(unit) ?? 0n) + amount);
}
