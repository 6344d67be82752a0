import type { RateDay, RateFile } from '../../../shared/adapters/rates/rate-day.ts';
import {
  type HistoryFault,
  keepHistory,
  type LeftDay,
} from '../../../shared/app/booking/keep-history.ts';
import { admitDaily } from '../../../shared/app/rates/keep-rates.ts';
import type { RateFinding, RateJump } from '../../../shared/domain/rates/admission.ts';
import { snapshotIn } from '../../../shared/domain/rates/months.ts';
import {
  monthOf,
  type RateSnapshot,
  type RateSource,
} from '../../../shared/domain/rates/snapshot.ts';
import type { LocalDate } from '../../../shared/domain/time.ts';
import type { RateStore } from '../../../shared/ports/rates.ts';
import type { Clock } from '../../../shared/ports/runtime.ts';
import { differenceOf } from './difference.ts';
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
  /** Kept before, with other rates; left as they were. */
  readonly left: readonly LeftDay[];
  readonly flagged: readonly RateJump[];
  readonly quarantined: readonly RateFinding[];
}

export type Loading =
  | { readonly kind: 'loaded'; readonly report: LoadReport }
  | {
      readonly kind: 'refused';
      readonly refusals: readonly RatesRefusal[];
      /** Days that stand all the same: see `HistoryKeeping`. */
      readonly standing: readonly LocalDate[];
    };

export interface LoadSettings {
  readonly rates: RateStore;
  /** The machine's: it says which days lie in the future. */
  readonly clock: Clock;
  /** As refusals name it. */
  readonly path: string;
  /** Days of which other rates are kept are left as they are. */
  readonly keepsKnown?: boolean;
}

/** Keeps the days of a file. A single one is admitted as the daily refresh would admit it. */
export async function loadRates(settings: LoadSettings, file: RateFile): Promise<Loading> {
  const refusals = refusalsOfFile(settings.path, file);
  if (refusals.length > 0) return { kind: 'refused', refusals, standing: [] };
  return file.days.length === 1 ? loadDay(settings, file) : loadHistory(settings, file);
}

function refusalsOfFile(path: string, { days }: RateFile): RatesRefusal[] {
  const code = 'RATES_FILE_INVALID' as const;
  const unfinished = days.flatMap(({ unfinishedLine, snapshot: { date } }) =>
    unfinishedLine === undefined
      ? []
      : [
          {
            ...{ code, where: `${path}:${unfinishedLine} timestamp` },
            sentence:
              `These rates were taken before ${date} was over, and change until then: ` +
              `take historical/${date}.json once it is.`,
          },
        ],
  );
  const zeros = days.flatMap(({ zeroLines }) =>
    [...zeroLines].map(([currency, line]) => ({
      ...{ code, where: `${path}:${line} ${currency}` },
      sentence: 'A rate is never zero. Correct the file, or leave the currency out.',
    })),
  );
  return [...unfinished, ...zeros];
}

async function loadDay(settings: LoadSettings, file: RateFile): Promise<Loading> {
  const { rates, clock } = settings;
  const machineNow = clock.now();
  const asHistory = () => loadHistory({ ...settings, clock: { now: () => machineNow } }, file);
  const [day] = file.days;
  if (day === undefined) return asHistory();
  const admitted = await admitDaily({ rates, clock }, file.source, day.snapshot, machineNow);
  const { kind, findings } = admitted;
  // Nothing of it is kept then, and a history tells it.
  if (kind === 'future' || kind === 'conflict') return asHistory();
  return {
    kind: 'loaded',
    report: {
      ...contentOf(file),
      ...{ kept: kind === 'kept' ? 1 : 0, known: kind === 'known' ? 1 : 0 },
      ...{ left: [], flagged: [], quarantined: findings },
    },
  };
}

async function loadHistory(settings: LoadSettings, file: RateFile): Promise<Loading> {
  const { rates, clock, path, keepsKnown = false } = settings;
  const snapshots = file.days.map(({ snapshot }) => snapshot);
  const terms = { machineNow: clock.now(), keepsKnown };
  const outcome = await keepHistory(rates, file.source, snapshots, terms);
  if (outcome.kind === 'refused') {
    const { faults, standing } = outcome;
    const months = await rates.readMonths(file.source, [
      ...new Set(faults.map(({ date }) => monthOf(date))),
    ]);
    const days = new Map(file.days.map((day) => [day.snapshot.date, day]));
    const refusals = faults.map((fault) => {
      const { date } = fault;
      return refusalOf(path, fault, { day: days.get(date), kept: snapshotIn(months, date) });
    });
    return { kind: 'refused', refusals, standing };
  }
  const { kept, known, left, jumps } = outcome;
  return {
    kind: 'loaded',
    report: { ...contentOf(file), kept, known, left, flagged: jumps, quarantined: [] },
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
  conflict:
    'What is kept stays. Find out which ones are right; with ' +
    '--keep-known such days are left as they are, and the others are kept.',
  future: 'This day has not begun yet. Check the date, and the clock of this machine.',
} as const;
const codes = { conflict: 'RATES_CONFLICT', future: 'RATES_IN_FUTURE' } as const;

function refusalOf(
  path: string,
  { kind, date }: HistoryFault,
  { day, kept }: { readonly day: RateDay | undefined; readonly kept: RateSnapshot | undefined },
): RatesRefusal {
  const [code, sentence] = [codes[kind], sentences[kind]];
  if (kind !== 'conflict' || day === undefined || kept === undefined) {
    return { code, where: `${path}:${day?.line ?? 1} ${date}`, sentence };
  }
  const difference = differenceOf(kept, day);
  const where = `${path}:${difference.line} ${date}`;
  return { code, where, sentence: `${difference.sentence} ${sentence}` };
}
