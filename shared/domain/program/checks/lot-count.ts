import { isCurrency } from '../../money/currency.ts';
import type { Expiry, Program } from '../schema.ts';
import { isMoney, plainAwards } from './units-of.ts';

/** Calendar months have at least so many days. */
const shortestMonthDays = 28;
const longestYearDays = 366;

export interface LotCount {
  /** Lots that one member may have open at once. */
  readonly lots: number;
  /** Whether each of them ends with a month. */
  readonly endsMonths: boolean;
}

/**
 * How many lots of a unit can be open at once. An event may lie a day in the future, which opens
 * one more; points that are released after their lot has gone, or put off by a person, another.
 */
export function lotCount({ period }: Program, expiry: Expiry | undefined): LotCount {
  if (expiry === undefined || expiry.kind === 'never' || expiry.kind === 'inactivity') {
    return { lots: 1, endsMonths: true };
  }
  const { extendDays = 0 } = expiry;
  const { steps, daily } = stepsOf(expiry);
  const isDaily = daily && period === 'day';
  const extension = isDaily ? extendDays : Math.ceil(extendDays / shortestMonthDays);
  const lots = isDaily ? steps.days : steps.periods;
  return { lots: lots + extension + 2, endsMonths: !isDaily };
}

interface Life {
  /** The longest life of points, in days, and in the stretches at whose ends lots end. */
  readonly steps: { readonly days: number; readonly periods: number };
  readonly daily: boolean;
}

type Dated = Exclude<Expiry, { kind: 'never' | 'inactivity' }>;

function stepsOf(expiry: Dated): Life {
  switch (expiry.kind) {
    case 'daysAfter':
      return life({ days: expiry.days, periods: Math.ceil(expiry.days / shortestMonthDays) });
    case 'monthsAfter':
      return life({
        days: Math.ceil((expiry.months * longestYearDays) / 12),
        periods: expiry.months,
      });
    case 'monthsAfterEndOfMonth':
      return byPeriods(expiry.months);
    case 'endOfQuarter':
      return byPeriods(expiry.quarters);
    case 'endOfYear':
      return byPeriods(expiry.years);
    case 'fixedDate':
      return byPeriods(Math.ceil(expiry.monthsAhead / 12));
  }
}

function life(steps: Life['steps']): Life {
  return { steps, daily: true };
}

function byPeriods(periods: number): Life {
  return { steps: { days: 0, periods }, daily: false };
}

/** Days on which points of a unit may be about to vest for one member; cashback goes anywhere. */
export function vestingDays(program: Program, unit: string): number {
  const { earning, period } = program;
  const days = earning.rules
    .filter(({ award }) =>
      plainAwards(award).some((plain) => (isMoney(plain) ? isCurrency(unit) : plain.unit === unit)),
    )
    .flatMap(({ vestAfterDays = 0 }) => (vestAfterDays > 0 ? [vestAfterDays] : []));
  if (days.length === 0) return 0;
  const longest = Math.max(...days);
  return 1 + (period === 'day' ? longest + 1 : Math.ceil(longest / shortestMonthDays));
}
