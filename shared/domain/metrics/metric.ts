import { type CustomerEvent, type EventSubject, fieldAt } from '../earning/event.ts';
import type { EventContext } from '../earning/event-context.ts';
import { countedMinor } from '../earning/lines.ts';
import { localDayAt } from '../earning/local-day.ts';
import { programRate } from '../earning/program-amount.ts';
import type { AwardRecord } from '../ledger/entry.ts';
import type { FigureAdd } from '../member/decision.ts';
import { metricKey, shortKey } from '../member/figure-key.ts';
import { type MemberSnapshot, standingOf } from '../member/snapshot.ts';
import { type Fraction, floorDivide, one } from '../money/fraction.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import { type Metric, type Program, primaryUnit, programCurrencyOf } from '../program/schema.ts';
import type { Refusal } from '../refusal.ts';
import { type Result, success } from '../result.ts';
import type { Instant, LocalDate } from '../time.ts';
import { type Months, monthsIn } from './months.ts';

export interface MetricInput {
  readonly compiled: CompiledProgram;
  readonly event: CustomerEvent;
  readonly subject: EventSubject;
  /** What the event has earned. */
  readonly awards: readonly AwardRecord[];
  /** Minor units of the program's currency for one of the event's: see `metricRate`. */
  readonly toProgram?: Fraction;
}

/**
 * The rate by which the event's amount counts for metrics in the program's currency; `undefined`
 * where no metric asks for one. `RATE_STALE` where there is none.
 */
export function metricRate(context: EventContext): Result<Fraction | undefined, Refusal> {
  const { compiled, event, subject } = context;
  const isAsked = compiled.program.metrics.some(
    (metric) => isInProgramCurrency(metric) && compiled.matches(metric.when, subject),
  );
  if (!isAsked || event.amountMinor === 0n) return success(undefined);
  const rate = programRate(context);
  return rate.ok ? success(rate.value?.minor) : rate;
}

/** What an event adds to the figures of its member, in the month when it happened. */
export function metricAdds(input: MetricInput): FigureAdd[] {
  const { program } = input.compiled;
  if (program.metrics.length === 0) return [];
  const { date } = localDayAt(input.event.occurredAt, program.timeZone);
  return program.metrics.flatMap((metric) => {
    const counted = countedOf(metric, input);
    if (counted === undefined) return [];
    const keys = [metricKey(metric.id, date)];
    if (isMilestone(program, metric.id)) keys.push(shortKey(metric.id));
    return keys.flatMap((key) => addsTo(key, metric, counted));
  });
}

function isInProgramCurrency({ of, amountIn }: Metric): boolean {
  return of === 'amount' && amountIn === 'programCurrency';
}

/**
 * What a return counts for the metric of a key that an event of `at` added to, where the metric
 * looks at lines and the return tells them; else `undefined`.
 */
export function returnedMetric({
  compiled: { program },
  event,
  key,
  at,
}: Pick<MetricInput, 'compiled' | 'event'> & {
  readonly key: string;
  readonly at: Instant;
}): bigint | undefined {
  const { date } = localDayAt(at, program.timeZone);
  const metric = program.metrics.find(
    ({ id }) => key === metricKey(id, date) || key === shortKey(id),
  );
  if (metric?.lines === undefined || metric.of !== 'amount' || metric.accelerators !== undefined) {
    return undefined;
  }
  // What was converted comes back in proportion to the event's own amount: at the same rate.
  const isForeign = event.currency !== programCurrencyOf(program);
  if (isInProgramCurrency(metric) && isForeign) return undefined;
  return event.lines === undefined ? undefined : countedMinor(program, event, metric.lines);
}

/** Whether a milestone looks at the metric, so that a figure for all times is kept too. */
function isMilestone({ occasions }: Program, metric: string): boolean {
  return occasions.some((one) => one.kind === 'milestone' && one.metric === metric);
}

function addsTo(key: string, { kind }: Metric, counted: bigint): FigureAdd[] {
  const add = { key, add: counted };
  if (kind === 'sum') return counted === 0n ? [] : [add];
  const report = { key: reportsKey(key), add: 1n };
  return counted === 0n ? [report] : [add, report];
}

function reportsKey(key: string): string {
  return `${key}n`;
}

/**
 * `undefined`: the event does not count. Rate and percentages are applied exactly, then all is
 * rounded down once.
 */
function countedOf(metric: Metric, input: MetricInput): bigint | undefined {
  const { compiled, event, subject, toProgram: rate = one } = input;
  if (!compiled.matches(metric.when, subject)) return undefined;
  const amount = countedMinor(compiled.program, event, metric.lines);
  if (metric.lines !== undefined && amount === 0n) return undefined;
  const minimum = metric.minimumAmountMinor?.[event.currency];
  if (minimum !== undefined && amount < BigInt(minimum)) return undefined;
  const value = contentOf(metric, amount, input);
  if (value === undefined) return undefined;
  const percents = (metric.accelerators ?? [])
    .filter(({ when }) => compiled.matches(when, subject))
    .map(({ percent }) => BigInt(percent));
  const { numerator, denominator } = isInProgramCurrency(metric) ? rate : one;
  const counted = percents.reduce((product, percent) => product * percent, value * numerator);
  return floorDivide(counted, denominator * 100n ** BigInt(percents.length));
}

/** A field that does not hold a whole number does not count. */
function contentOf(metric: Metric, amount: bigint, input: MetricInput): bigint | undefined {
  if (metric.of === 'amount') return amount;
  if (metric.of === 'count') return 1n;
  if (metric.of === 'points') {
    return pointsOf(input, metric.unit ?? primaryUnit(input.compiled.program));
  }
  const value = fieldAt(input.subject, metric.of);
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : undefined;
}

/** Of points split over several members, only the own part counts. */
function pointsOf({ awards, event }: MetricInput, unit: string): bigint {
  return awards
    .filter((award) => award.unit === unit)
    .flatMap(({ points, parts }) => {
      if (parts.length < 2) return [points];
      return parts.filter(({ member }) => member === event.member).map((part) => part.points);
    })
    .reduce((sum, points) => sum + points, 0n);
}

/** A member's figure over whole months; an average is that of all reports, rounded down. */
export function metricOver(
  snapshot: MemberSnapshot,
  program: Program,
  id: string,
  months: Months,
): bigint {
  const { metrics } = standingOf(snapshot, program);
  if (metrics.size === 0) return 0n;
  return figureOf(snapshot, program, id, keysOver(id, months));
}

/** Keys of months, kept: each judged event of a program with tiers asks for the same ones. */
const keptKeys = new Map<string, readonly string[]>();
const maximumKept = 10_000;

function keysOver(id: string, months: Months): readonly string[] {
  const name = `${id} ${months.from} ${months.to}`;
  const kept = keptKeys.get(name);
  if (kept !== undefined) return kept;
  const keys = monthsIn(months).map((month) => metricKey(id, month));
  if (keptKeys.size >= maximumKept) keptKeys.clear();
  keptKeys.set(name, keys);
  return keys;
}

/** A member's figure for all times; kept only where a milestone names the metric. */
export function metricEver(snapshot: MemberSnapshot, program: Program, id: string): bigint {
  return figureOf(snapshot, program, id, [shortKey(id)]);
}

function figureOf(
  snapshot: MemberSnapshot,
  program: Program,
  id: string,
  keys: readonly string[],
): bigint {
  const { metrics } = standingOf(snapshot, program);
  const sumOf = (names: readonly string[]) =>
    names.reduce((sum, key) => sum + (metrics.get(key) ?? 0n), 0n);
  const sum = sumOf(keys);
  if (program.metrics.find((metric) => metric.id === id)?.kind !== 'average') return sum;
  const reports = sumOf(keys.map(reportsKey));
  return reports > 0n ? floorDivide(sum, reports) : 0n;
}

/** The first month from `after` on in which a member has a figure of one of the metrics. */
export function firstFigureMonth(
  snapshot: MemberSnapshot,
  program: Program,
  { ids, after }: { readonly ids: Iterable<string>; readonly after?: LocalDate | undefined },
): LocalDate | undefined {
  const prefixes = new Set([...ids].map(shortKey));
  const months = [...standingOf(snapshot, program).metrics.keys()]
    .filter((key) => prefixes.has(key.slice(0, 4)) && key.length >= 8)
    .map((key) => `20${key.slice(4, 6)}-${key.slice(6, 8)}-01` as LocalDate);
  return months.filter((month) => after === undefined || month >= after).sort()[0];
}
