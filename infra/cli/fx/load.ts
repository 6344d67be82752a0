import type { RateFile } from '../../../shared/adapters/rates/rate-day.ts';
import { type HistoryFault, keepHistory } from '../../../shared/app/keep-history.ts';
import { admitDaily } from '../../../shared/app/keep-rates.ts';
import type { RateFinding, RateJump } from '../../../shared/domain/rates/admission.ts';
import type { RateSource } from '../../../shared/domain/rates/snapshot.ts';
import type { LocalDate } from '../../../shared/domain/time.ts';
import type { RateStore } from '../../../shared/ports/rates.ts';
import type { Clock } from '../../../shared/ports/runtime.ts';
import type { RatesRefusal } from './refuse.ts';

/** What became of the days of a file. */
export interface LoadReport {
  readonly source: RateSource;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly days: number;
  readonly kept: number;
  /** Kept before, with the same rates. */
  readonly known: number;
  readonly flagged: readonly RateJump[];
  readonly quarantined: readonly RateFinding[];
}

export type Loading =
  | { readonly kind: 'loaded'; readonly report: LoadReport }
  | { readonly kind: 'refused'; readonly refusals: readonly RatesRefusal[] };

export interface LoadSettings {
  readonly rates: RateStore;
  /** The machine's: it says which days lie in the future. */
  readonly clock: Clock;
  /** As refusals name it. */
  readonly path: string;
}

/** Keeps the days of a file. A single one is admitted as the daily refresh would admit it. */
export async function loadRates(settings: LoadSettings, file: RateFile): Promise<Loading> {
  const zeros = file.days.flatMap(({ zeroLines }) =>
    [...zeroLines].map(([currency, line]) => ({
      ...({ code: 'RATES_FILE_INVALID', where: `${settings.path}:${line} ${currency}` } as const),
      sentence: 'A rate is never zero. Correct the file, or leave the currency out.',
    })),
  );
  if (zeros.length > 0) return { kind: 'refused', refusals: zeros };
  return file.days.length === 1 ? loadDay(settings, file) : loadHistory(settings, file);
}

async function loadDay({ rates, clock, path }: LoadSettings, file: RateFile): Promise<Loading> {
  const [day] = file.days;
  if (day === undefined) return loadHistory({ rates, clock, path }, file);
  const { snapshot } = day;
  const admitted = await admitDaily({ rates, clock }, file.source, snapshot, clock.now());
  const { kind, date, findings } = admitted;
  if (kind === 'conflict' || kind === 'future') {
    return { kind: 'refused', refusals: [refusalOf(path, file, { kind, date })] };
  }
  return {
    kind: 'loaded',
    report: {
      ...contentOf(file),
      ...{ kept: kind === 'kept' ? 1 : 0, known: kind === 'known' ? 1 : 0 },
      ...{ flagged: [], quarantined: findings },
    },
  };
}

async function loadHistory(settings: LoadSettings, file: RateFile): Promise<Loading> {
  const { rates, clock, path } = settings;
  const snapshots = file.days.map(({ snapshot }) => snapshot);
  const outcome = await keepHistory(rates, file.source, snapshots, clock.now());
  if (outcome.kind === 'refused') {
    const refusals = outcome.faults.map((fault) => refusalOf(path, file, fault));
    return { kind: 'refused', refusals };
  }
  const { kept, known, jumps } = outcome;
  return {
    kind: 'loaded',
    report: { ...contentOf(file), kept, known, flagged: jumps, quarantined: [] },
  };
}

function contentOf({ source, days }: RateFile) {
  const dates = days.map(({ snapshot }) => snapshot.date).sort();
  const [from] = dates;
  const to = dates.at(-1);
  if (from === undefined || to === undefined) throw new RangeError('A file of rates has a day.');
  return { source, from, to, days: dates.length };
}

const sentences = {
  conflict: 'Other rates of this day are kept, and stay. Find out which ones are right.',
  future: 'This day has not begun yet. Check the date, and the clock of this machine.',
} as const;
const codes = { conflict: 'RATES_CONFLICT', future: 'RATES_IN_FUTURE' } as const;

function refusalOf(path: string, { days }: RateFile, { kind, date }: HistoryFault): RatesRefusal {
  const line = days.find(({ snapshot }) => snapshot.date === date)?.line ?? 1;
  return { code: codes[kind], where: `${path}:${line} ${date}`, sentence: sentences[kind] };
}
