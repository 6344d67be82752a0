import type { ExplainedPosition, PositionDay } from '../../../shared/domain/ledger/position.ts';
import { explainPosition } from '../../../shared/domain/ledger/position.ts';
import { type CurrencyFlows, positionFlows } from '../../../shared/domain/ledger/position-flows.ts';
import { formatFraction, rounded } from '../../../shared/domain/money/fraction.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import { usualStaleDays } from '../../../shared/domain/rates/rate-book.ts';
import { type RateSource, rateSources } from '../../../shared/domain/rates/snapshot.ts';
import { howeverOld, sourceIn, Valuation } from '../../../shared/domain/rates/valuation.ts';
import {
  formatInstant,
  type Instant,
  type LocalDate,
  localDateAt,
} from '../../../shared/domain/time.ts';
import type { RateStore } from '../../../shared/ports/rates.ts';
import type { LedgerScan } from '../../../shared/ports/stores.ts';
import {
  type KeptRates,
  type PositionBooks,
  readPositionBooks,
  readRatesUntil,
} from './position-books.ts';
import { type RateAnswer, rateAnswer } from './question.ts';

/*
 * Amounts are minor units as digits. A position is positive where conversions took more of a
 * currency in than they gave: what members would have been owed in it, and are owed in another.
 */

/** In minor units of the report's currency; positive is a gain. */
export interface PositionGains {
  readonly rateChangeMinor: string;
  readonly bookingMinor: string;
  readonly roundingMinor: string;
}

export interface PositionFigures extends PositionGains {
  readonly valueMinor: string;
  readonly costMinor: string;
  /** Value less cost, and the sum of the gains. */
  readonly differenceMinor: string;
}

/** Why a currency has no value: the code of a rate's refusal, or `LEGS_DISAGREE`. */
interface LeftOut {
  readonly refused: string;
}

type Balance = { readonly currency: string; readonly balanceMinor: string };

export type PositionRow = { readonly currency: string; readonly positionMinor: string } & (
  | (PositionFigures & { readonly rate: RateAnswer })
  | LeftOut
);

export interface PositionDayRow extends PositionGains {
  readonly day: LocalDate;
  readonly currency: string;
  readonly openingMinor: string;
  readonly flowMinor: string;
  /** Major units of the report's currency for one; null before the first conversion. */
  readonly rateBefore: string | null;
  readonly rateAfter: string;
}

export interface PositionReport {
  readonly asOf: string;
  readonly day: LocalDate;
  readonly currency: string;
  readonly source: RateSource;
  readonly positions: readonly PositionRow[];
  /** What rounding up gave beyond what conversions were worth: negative is a cost. */
  readonly roundingAccounts: readonly (Balance & ({ readonly valueMinor: string } | LeftOut))[];
  /** Of the positions that have a value. */
  readonly totals: PositionFigures & { readonly leftOut: readonly string[] };
  readonly days: readonly PositionDayRow[];
}

export interface PositionQuestion {
  readonly scan: LedgerScan;
  readonly rates: RateStore;
  readonly program: Pick<Program, 'money' | 'timeZone'>;
  readonly asOf: Instant;
  /** Where a run has posted on after its present; without it, `asOf`. */
  readonly postedBy?: Instant;
  /** Without it, the base of the program's rates. */
  readonly into?: string;
}

/** Every position that conversions have left open, at the rates of `asOf`. */
export async function positionReport(question: PositionQuestion): Promise<PositionReport> {
  const { scan, program, asOf, postedBy = asOf } = question;
  const { timeZone, money } = program;
  const source = money.rateSource;
  const day = localDateAt(asOf, timeZone);
  const books = await readPositionBooks(scan, { postedBy, day, timeZone });
  const kept = await ratesFor(question.rates, books, { source, day });
  const currency = question.into ?? rateSources[source].base;
  const valuation = new Valuation(currency, source, booksOf(kept));
  const positions = explainAll(books, valuation, { day, rateDays: kept.get(source)?.days ?? [] });
  const rows = positions.map(positionRow);
  return {
    ...{ asOf: formatInstant(asOf), day, currency, source, positions: rows },
    roundingAccounts: roundingRows(books, valuation, day),
    totals: totalsOf(rows),
    days: positions.flatMap(({ currency: of, explained }) =>
      (explained?.days ?? []).map((each) => dayRow(of, each)),
    ),
  };
}

/** Of the source that values, and of every other that something was converted by. */
async function ratesFor(
  store: RateStore,
  { exchanges }: PositionBooks,
  { source, day }: { readonly source: RateSource; readonly day: LocalDate },
): Promise<Map<RateSource, KeptRates>> {
  const named = exchanges.sums().flatMap((sum) => sourceIn(sum.source) ?? []);
  const kept = new Map<RateSource, KeptRates>();
  for (const name of new Set([source, ...named])) {
    kept.set(name, await readRatesUntil(store, name, day));
  }
  return kept;
}

function booksOf(kept: ReadonlyMap<RateSource, KeptRates>) {
  return new Map([...kept].map(([source, { book }]) => [source, book]));
}

interface OpenPosition {
  readonly currency: string;
  readonly positionMinor: bigint;
  readonly explained?: ExplainedPosition;
  readonly refused?: string;
}

function explainAll(
  { exchanges, positions }: PositionBooks,
  valuation: Valuation,
  { day, rateDays }: { readonly day: LocalDate; readonly rateDays: readonly LocalDate[] },
): OpenPosition[] {
  const flows = positionFlows(exchanges.sums(), valuation);
  const currencies = [...new Set([...positions.keys(), ...flows.keys()])].sort();
  return currencies.map((currency) => {
    const positionMinor = positions.get(currency) ?? 0n;
    const own = flows.get(currency) ?? noFlows;
    if (flowed(own) !== positionMinor) return { currency, positionMinor, refused: legsDisagree };
    // Nothing is worth nothing, whatever the rate.
    const staleDays = positionMinor === 0n ? howeverOld : usualStaleDays;
    const asked = { currency, flows: own, on: day, staleDays, rateDays };
    const found = explainPosition(asked, valuation);
    if (!found.ok) return { currency, positionMinor, refused: found.failure.code };
    return { currency, positionMinor, explained: found.value };
  });
}

/** The legs of a currency are not those of its exchanges; `ledger verify` says where. */
export const legsDisagree = 'LEGS_DISAGREE';
const noFlows: CurrencyFlows = { days: new Map() };

function flowed({ days }: CurrencyFlows): bigint {
  return [...days.values()].reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

function positionRow({
  currency,
  positionMinor,
  explained,
  refused = '',
}: OpenPosition): PositionRow {
  const open = { currency, positionMinor: `${positionMinor}` };
  if (explained === undefined) return { ...open, refused };
  const { value, valueMinor, costMinor, days } = explained;
  const sum = (key: 'rateChangeMinor' | 'bookingMinor' | 'roundingMinor') =>
    `${days.reduce((total, day) => total + day[key], 0n)}`;
  return {
    ...{ ...open, rate: rateAnswer(value.rate) },
    ...{ valueMinor: `${valueMinor}`, costMinor: `${costMinor}` },
    differenceMinor: `${valueMinor - costMinor}`,
    rateChangeMinor: sum('rateChangeMinor'),
    bookingMinor: sum('bookingMinor'),
    roundingMinor: sum('roundingMinor'),
  };
}

function dayRow(currency: string, day: PositionDay): PositionDayRow {
  return {
    ...{ day: day.day, currency },
    ...{ openingMinor: `${day.openingMinor}`, flowMinor: `${day.flowMinor}` },
    rateBefore: day.before === undefined ? null : formatFraction(day.before.rate),
    rateAfter: formatFraction(day.after.rate),
    rateChangeMinor: `${day.rateChangeMinor}`,
    bookingMinor: `${day.bookingMinor}`,
    roundingMinor: `${day.roundingMinor}`,
  };
}

function roundingRows({ roundings }: PositionBooks, valuation: Valuation, day: LocalDate) {
  return [...roundings].sort().map(([currency, balance]) => {
    const account = { currency, balanceMinor: `${balance}` };
    const found = valuation.worthOn(currency, day, usualStaleDays);
    if (!found.ok) return { ...account, refused: found.failure.code };
    const { numerator, denominator } = found.value.worth;
    const value = rounded({ numerator: balance * numerator, denominator }, 'halfUp');
    return { ...account, valueMinor: `${value}` };
  });
}

const figureKeys = [
  ...(['valueMinor', 'costMinor', 'differenceMinor'] as const),
  ...(['rateChangeMinor', 'bookingMinor', 'roundingMinor'] as const),
];

function totalsOf(rows: readonly PositionRow[]): PositionReport['totals'] {
  const valued = rows.flatMap((row) => ('rate' in row ? row : []));
  const sums = figureKeys.map((key) => {
    return [key, `${valued.reduce((sum, row) => sum + BigInt(row[key]), 0n)}`] as const;
  });
  const leftOut = rows.flatMap((row) => ('rate' in row ? [] : row.currency));
  return { ...(Object.fromEntries(sums) as unknown as PositionFigures), leftOut };
}
