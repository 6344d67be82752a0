import { systemDigest } from '../../../shared/adapters/crypto.ts';
import { type ReportedRun, reportPayouts } from '../../../shared/app/payouts/report-payouts.ts';
import type { ReportRow } from '../../../shared/domain/payout/report.ts';
import { formatInstant } from '../../../shared/domain/time.ts';
import type { PayoutRun } from '../../../shared/ports/payouts.ts';
import type { StateTable } from '../state-table.ts';
import { type LedgerSums, ledgerSums } from './ledger-sums.ts';

const amountNames = [
  ...(['grossMinor', 'feesMinor', 'netMinor', 'paidMinor', 'openMinor'] as const),
  ...(['failedMinor', 'returnedMinor'] as const),
];
type AmountName = (typeof amountNames)[number];

/** Minor units of the currency, as digits; of `fxResult` and `donated`, by the wallets' own. */
export interface PrintedRow extends Readonly<Record<AmountName, string>> {
  /** Absent in totals. */
  readonly rail?: string;
  readonly currency: string;
  /** Absent in totals: nobody counts twice there. */
  readonly members?: number;
  readonly payouts: number;
  readonly fxResult: Readonly<Record<string, string>>;
  readonly donated: Readonly<Record<string, string>>;
  /** Of what is paid: what it became, by unit. */
  readonly points: Readonly<Record<string, string>>;
}

/** A sum that is not what the ledger has. */
export interface Difference {
  readonly what: string;
  readonly currency: string;
  readonly reported: string;
  readonly posted: string;
}

export interface ReportOfRun {
  readonly program: string;
  readonly run: string;
  readonly asOf: string;
  readonly requestedBy: string;
  readonly state: PayoutRun['state'];
  readonly rows: readonly PrintedRow[];
  /** By currency, over all rails. */
  readonly totals: readonly PrintedRow[];
  /** Wallets that were left, by the reason. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Planned, and never held or booked: the run ended between the two. */
  readonly unplaced: number;
  /** None: the report equals the ledger. */
  readonly differences: readonly Difference[];
}

/** What has become of a run by now, held against every entry of the ledger. */
export async function reportRun(
  table: Pick<StateTable, 'ledger' | 'payouts' | 'redemptions' | 'scan'>,
  run: PayoutRun,
): Promise<ReportOfRun> {
  const reported = await reportPayouts({ ...table, digest: systemDigest }, run);
  const rows = reported.report.rows();
  const currencies = [...new Set(rows.map(({ currency }) => currency))].sort();
  const totals = currencies.map((currency) => totalOf(rows, currency));
  return {
    ...{ program: run.program, run: run.run, asOf: formatInstant(run.asOf) },
    ...{ requestedBy: run.requestedBy, state: run.state },
    rows: rows.map((row) => ({ rail: row.rail, members: row.members, ...printed(row) })),
    totals: totals.map(printed),
    ...{ skipped: Object.fromEntries(reported.skipped), unplaced: reported.unplaced },
    differences: differences(reported, totals, await ledgerSums(table.scan, run.run)),
  };
}

type Total = Omit<ReportRow, 'rail' | 'members'>;

function totalOf(rows: readonly ReportRow[], currency: string): Total {
  const own = rows.filter((row) => row.currency === currency);
  const sum = (name: AmountName) => own.reduce((total, row) => total + row[name], 0n);
  const sums = Object.fromEntries(amountNames.map((name) => [name, sum(name)]));
  return {
    ...{ currency, payouts: own.reduce((total, { payouts }) => total + payouts, 0) },
    ...(sums as Record<AmountName, bigint>),
    fxResult: addedUp(own.map(({ fxResult }) => fxResult)),
    donated: addedUp(own.map(({ donated }) => donated)),
    points: addedUp(own.map(({ points }) => points)),
  };
}

function addedUp(all: readonly ReadonlyMap<string, bigint>[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const [unit, amount] of all.flatMap((each) => [...each])) {
    sums.set(unit, (sums.get(unit) ?? 0n) + amount);
  }
  return sums;
}

function printed(row: Total): Omit<PrintedRow, 'rail' | 'members'> {
  const amounts = Object.fromEntries(amountNames.map((name) => [name, `${row[name]}`]));
  return {
    ...{ currency: row.currency, payouts: row.payouts },
    ...(amounts as Record<AmountName, string>),
    ...{ fxResult: digits(row.fxResult), donated: digits(row.donated), points: digits(row.points) },
  };
}

function digits(amounts: ReadonlyMap<string, bigint>): Record<string, string> {
  return Object.fromEntries([...amounts].map(([unit, amount]) => [unit, `${amount}`]));
}

/** The lines against their own entries, and the totals against all that the ledger has. */
function differences(
  { report }: ReportedRun,
  totals: readonly Total[],
  ledger: LedgerSums,
): Difference[] {
  const paid = new Map(totals.map(({ currency, paidMinor }) => [currency, paidMinor]));
  const counted = new Map([['', BigInt(totals.reduce((sum, { payouts }) => sum + payouts, 0))]]);
  return [
    ...report.mismatches().map(({ rail, currency, account, reportedMinor, postedMinor }) => ({
      ...{ what: `${account} of ${rail}`, currency },
      ...{ reported: `${reportedMinor}`, posted: `${postedMinor}` },
    })),
    ...unequal('payouts', counted, new Map([['', BigInt(ledger.payouts)]])),
    ...unequal('paid', paid, addedUp([ledger.posted.get('redeemed') ?? new Map(), ledger.given])),
    ...unequal('points', addedUp(totals.map(({ points }) => points)), ledger.points),
    ...unequal(
      'donated',
      addedUp(totals.map(({ donated }) => donated)),
      ledger.posted.get('donation'),
    ),
    ...unequal(
      'FX result',
      addedUp(totals.map(({ fxResult }) => fxResult)),
      ledger.posted.get('fxResult'),
    ),
  ];
}

function unequal(
  what: string,
  reported: ReadonlyMap<string, bigint>,
  posted: ReadonlyMap<string, bigint> = new Map(),
): Difference[] {
  const currencies = [...new Set([...reported.keys(), ...posted.keys()])].sort();
  return currencies.flatMap((currency) => {
    const [told, found] = [reported.get(currency) ?? 0n, posted.get(currency) ?? 0n];
    return told === found ? [] : [{ what, currency, reported: `${told}`, posted: `${found}` }];
  });
}
