import { ringLength } from '../../redemption/review-rules.ts';
import { type Finding, type Program, primaryUnit, unitsOf } from '../schema.ts';
import { type BalanceShape, balanceBytes, oneWriteUnitBytes } from '../size.ts';
import {
  counterCount,
  isRedeemed,
  metricCounts,
  redemptionCounters,
  referralCounters,
} from './figure-counts.ts';
import { lotCount, vestingDays } from './lot-count.ts';
import { findingAt, type Place } from './places.ts';

/** A UUID, or a customer number; a longer reference costs its members' writes a little more. */
export const memberBytes = 36;

/** Something that takes room on a balance. */
interface Part {
  readonly what: string;
  readonly count: number;
  readonly bytes: number;
  /** Where the setting stands that would take less, and what to do with it. */
  readonly path: Place['path'];
  readonly mend: string;
}

/**
 * Balances that could grow beyond one write unit (design section 6), so that every write of such a
 * member would cost more. Each finding tells the arithmetic, and what takes most.
 */
export function balanceFindings(program: Program): Finding[] {
  if (Object.keys(program.units).length === 0) return [];
  return unitsOf(program).flatMap((unit) => {
    const shape = balanceShape(program, unit);
    const bytes = balanceBytes(shape);
    if (bytes <= oneWriteUnitBytes) return [];
    const parts = partsOf(program, unit, shape).filter((part) => part.bytes > 0);
    const sum = parts.map((part) => `${part.count} ${part.what} = ${part.bytes}`).join(' + ');
    const rest = bytes - parts.reduce((total, part) => total + part.bytes, 0);
    const [largest] = parts.sort((one, other) => other.bytes - one.bytes);
    const message =
      `a member's balance in ${unit} could take ${bytes} bytes, more than ${oneWriteUnitBytes}: ` +
      `${sum} + ${rest} for the rest; ${largest?.mend}`;
    return [findingAt(largest?.path ?? ['units', unit], message)];
  });
}

/** How much one member may have on a balance; figures stand on that of the primary unit. */
function balanceShape(program: Program, unit: string): BalanceShape {
  const expiry = program.expiry.find((one) => one.unit === unit);
  const { lots, endsMonths } = lotCount(program, expiry);
  const vesting = vestingDays(program, unit);
  const isMonthly = program.period === 'month' || (endsMonths && vesting === 0);
  const marks = expiry?.kind === 'inactivity' || (expiry?.warnDays ?? []).length > 0;
  return {
    ...{ program: program.program.length, member: memberBytes, unit: unit.length },
    ...{ lots, vestingDays: vesting, period: isMonthly ? 'month' : 'day', marks },
    ...withRedemptions(program, unit, unit === primaryUnit(program) ? figures(program) : noFigures),
  };
}

/** Figures of redemptions stand on the balance of the unit that they take. */
function withRedemptions(program: Program, unit: string, own: typeof noFigures): typeof noFigures {
  if (!isRedeemed(program, unit)) return own;
  return {
    ...own,
    counters: own.counters + redemptionCounters(program, unit),
    cooldowns: own.cooldowns + ringLength(program),
  };
}

const noFigures = {
  ...{ counters: 0, valueCounters: 0, metricMonths: 0, averageMonths: 0, cooldowns: 0, level: 0 },
};

function figures(program: Program): typeof noFigures {
  const counts = program.earning.caps.map((cap) => counterCount(program, cap));
  const metrics = metricCounts(program);
  const averages = metrics.filter(({ isAverage }) => isAverage);
  const cooling = program.earning.rules.filter((rule) => rule.cooldownSeconds !== undefined);
  const levels = program.tiers?.levels ?? [];
  return {
    counters: sumOf(counts.map(({ counters }) => counters)) + referralCounters(program),
    valueCounters: sumOf(counts.map(({ valueCounters }) => valueCounters)),
    metricMonths: sumOf(metrics.map(({ months }) => months)),
    averageMonths: sumOf(averages.map(({ months }) => months)),
    cooldowns: cooling.length,
    level: Math.max(0, ...levels.map(({ id }) => id.length)),
  };
}

function partsOf(program: Program, unit: string, shape: BalanceShape): Part[] {
  const bytesWithout = (without: Partial<BalanceShape>) =>
    balanceBytes(shape) - balanceBytes({ ...shape, ...without });
  const expiry = program.expiry.findIndex((one) => one.unit === unit);
  const isDaily = program.period === 'day' && shape.period === 'day';
  const period = 'set `period` to `month`, so that a month has one of them';
  const months = shape.metricMonths + shape.averageMonths;
  return [
    {
      ...{ what: 'lots', count: shape.lots, bytes: bytesWithout({ lots: 0 }) },
      path: isDaily ? ['period'] : ['expiry', Math.max(0, expiry)],
      mend: isDaily ? period : 'let points live less long, or end with longer periods',
    },
    {
      what: 'vesting days',
      ...{ count: shape.vestingDays, bytes: bytesWithout({ vestingDays: 0 }) },
      path: ['period'],
      mend: isDaily ? period : 'let points vest sooner',
    },
    {
      ...{ what: 'counters', count: shape.counters },
      bytes: bytesWithout({ counters: 0, valueCounters: 0 }),
      ...counterMend(program),
    },
    {
      ...{ what: 'months of metrics', count: months },
      bytes: bytesWithout({ metricMonths: 0, averageMonths: 0 }),
      ...metricMend(program),
    },
    {
      ...{ what: 'cooldowns', count: shape.cooldowns, bytes: bytesWithout({ cooldowns: 0 }) },
      ...cooldownMend(program),
    },
    {
      ...{ what: 'tier', count: 1, bytes: shape.level === 0 ? 0 : bytesWithout({ level: 0 }) },
      path: ['tiers', 'levels'],
      mend: 'give levels shorter ids',
    },
  ];
}

/** Cooldowns of rules, and the instants of redemptions for the rules of reviews. */
function cooldownMend(program: Program): Pick<Part, 'path' | 'mend'> {
  const cooling = program.earning.rules.filter((rule) => rule.cooldownSeconds !== undefined);
  if (cooling.length >= ringLength(program)) {
    const mend = 'give fewer rules a `cooldownSeconds`, or caps instead';
    return { path: ['earning', 'rules'], mend };
  }
  return { path: ['redemption', 'reviews'], mend: 'let `velocity` ask for fewer `times`' };
}

/** The cap that keeps most counters; late days keep those of past windows. */
function counterMend(program: Program): Pick<Part, 'path' | 'mend'> {
  const { caps } = program.earning;
  const counts = caps.map((cap) => counterCount(program, cap).counters);
  const index = Math.max(0, counts.indexOf(Math.max(...counts)));
  const isByValue = caps[index]?.by !== undefined;
  const mend =
    `cap ${caps[index]?.id} has ${counts[index]} of them: ` +
    `lower \`lateDays\`, choose a longer \`window\`${isByValue ? ' or fewer `maximumValues`' : ''}`;
  return { path: ['earning', 'caps', index], mend };
}

function metricMend(program: Program): Pick<Part, 'path' | 'mend'> {
  const counts = metricCounts(program).map(({ months }) => months);
  const index = Math.max(0, counts.indexOf(Math.max(...counts)));
  const mend =
    `metric ${program.metrics[index]?.id} is kept for ${counts[index]} months: ` +
    'let tiers and targets look back less far, or use fewer metrics';
  return { path: ['metrics', index], mend };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
