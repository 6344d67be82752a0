import type { ExplainedPosition, PositionDay } from '../../../shared/domain/ledger/position.ts';
import { explainPosition } from '../../../shared/domain/ledger/position.ts';
import { type CurrencyFlows, positionFlows } from '../../../shared/domain/ledger/position-flows.ts';
import { formatFraction, rounded } from '../../../shared/domain/money/fraction.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
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
import { type KeptRates, readRatesUntil } from './kept-rates.ts';
import { exchangedIn, type PositionBooks, readPositionBooks } from './position-books.ts';
import {
  legsDisagree,
  type PositionDayRow,
  type PositionFigures,
  type PositionReport,
  type PositionRow,
  type PositionTotals,
} from './position-report.ts';
import { rateAnswer } from './question.ts';

export interface PositionQuestion {
  readonly scan: LedgerScan;
  readonly rates: RateStore;
  readonly program: Pick<Program, 'money' | 'timeZone'>;
  readonly asOf: Instant;
  /** Where a run has posted on after its present; without it, `asOf`. */
  readonly postedBy?: Instant;
  /** The state's present, after which no rates are used; without it, `asOf`. */
  readonly present?: Instant;
  /** Without it, the base of the program's rates. */
  readonly into?: string;
}

/** Every position that conversions have left open, at the rates of `asOf`. */
export async function positionReport(question: PositionQuestion): Promise<PositionReport> {
  const { scan, program, asOf, postedBy = asOf, present = asOf } = question;
  const { timeZone, money } = program;
  const { rateSource: source, staleDays } = money;
  const [day, today] = [localDateAt(asOf, timeZone), localDateAt(present, timeZone)];
  const ratesUntil = day < today ? day : today;
  const books = await readPositionBooks(scan, { postedBy, day, timeZone });
  const kept = await ratesFor(question.rates, books, { source, ratesUntil });
  const currency = question.into ?? rateSources[source].base;
  const valuation = new Valuation(currency, source, booksOf(kept));
  const valuing = { day, staleDays, rateDays: kept.get(source)?.days ?? [] };
  const positions = explainAll(books, valuation, valuing);
  const rows = positions.map(positionRow);
  const roundingAccounts = roundingRows(books, valuation, valuing);
  return {
    ...{ asOf: formatInstant(asOf), day, timeZone, ratesUntil, staleDays, currency, source },
    ...{ positions: rows, roundingAccounts, totals: totalsOf(rows, roundingAccounts) },
    days: positions.flatMap(({ currency: of, explained }) =>
      (explained?.days ?? []).map((each) => dayRow(of, each)),
    ),
  };
}

/** Of the source that values, and of every other that something was converted by. */
async function ratesFor(
  store: RateStore,
  { exchanges }: PositionBooks,
  { source, ratesUntil }: Pick<PositionReport, 'source' | 'ratesUntil'>,
): Promise<Map<RateSource, KeptRates>> {
  const named = exchanges.sums().flatMap((sum) => sourceIn(sum.source) ?? []);
  const kept = new Map<RateSource, KeptRates>();
  for (const name of new Set([source, ...named])) {
    kept.set(name, await readRatesUntil(store, name, ratesUntil));
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

interface Valuing {
  readonly day: LocalDate;
  readonly staleDays: number;
  /** Days with rates. */
  readonly rateDays: readonly LocalDate[];
}

function explainAll(
  books: PositionBooks,
  valuation: Valuation,
  { day, rateDays, ...limit }: Valuing,
): OpenPosition[] {
  const { exchanges, positions } = books;
  const exchanged = exchangedIn(books);
  const flows = positionFlows(exchanges.sums(), valuation);
  const currencies = [...new Set([...positions.keys(), ...flows.keys()])].sort();
  return currencies.map((currency) => {
    const positionMinor = positions.get(currency) ?? 0n;
    const own = flows.get(currency) ?? noFlows;
    if ((exchanged.get(currency) ?? 0n) !== positionMinor) {
      return { currency, positionMinor, refused: legsDisagree };
    }
    // Nothing is worth nothing, whatever the rate.
    const staleDays = positionMinor === 0n ? howeverOld : limit.staleDays;
    const asked = { currency, flows: own, on: day, staleDays, rateDays };
    const found = explainPosition(asked, valuation);
    if (!found.ok) return { currency, positionMinor, refused: found.failure.code };
    return { currency, positionMinor, explained: found.value };
  });
}

const noFlows: CurrencyFlows = { days: new Map() };

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

function roundingRows(
  { roundings }: PositionBooks,
  valuation: Valuation,
  { day, staleDays }: Valuing,
): PositionReport['roundingAccounts'] {
  return [...roundings].sort().map(([currency, balance]) => {
    const account = { currency, balanceMinor: `${balance}` };
    if (balance === 0n) return { ...account, valueMinor: '0' };
    const found = valuation.worthOn(currency, day, staleDays);
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

function totalsOf(
  rows: readonly PositionRow[],
  roundingAccounts: PositionReport['roundingAccounts'],
): PositionTotals {
  const valued = rows.flatMap((row) => ('rate' in row ? row : []));
  const sums = figureKeys.map((key) => {
    return [key, `${valued.reduce((sum, row) => sum + BigInt(row[key]), 0n)}`] as const;
  });
  const figures = Object.fromEntries(sums) as unknown as PositionFigures;
  const roundings = roundingAccounts.reduce(
    (sum, row) => ('valueMinor' in row ? sum + BigInt(row.valueMinor) : sum),
    0n,
  );
  const refused = [...rows, ...roundingAccounts].filter((row) => 'refused' in row);
  return {
    ...{ ...figures, roundingAccountsMinor: `${roundings}` },
    resultMinor: `${BigInt(figures.differenceMinor) + roundings}`,
    leftOut: [...new Set(refused.map(({ currency }) => currency))].sort(),
  };
}
