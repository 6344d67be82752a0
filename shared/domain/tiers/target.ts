import * as z from 'zod/mini';
import { windowEnd } from '../calendar.ts';
import { keptWindowStart } from '../earning/local-day.ts';
import type { AwardRecord } from '../ledger/entry.ts';
import {
  type Decision,
  type DueWork,
  emptyDecision,
  type RecordWrite,
} from '../member/decision.ts';
import { type MemberSnapshot, recordOf } from '../member/snapshot.ts';
import { firstFigureMonth, metricOver } from '../metrics/metric.ts';
import { type Months, monthsFrom } from '../metrics/months.ts';
import { ceilingDivide, floorDivide } from '../money/fraction.ts';
import { lotFor } from '../points/expiry.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Program, Target } from '../program/schema.ts';
import { type Instant, type LocalDate, startOfDay } from '../time.ts';

interface TargetInput {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly now: Instant;
}

/** Periods up to this day have been judged; each once. */
const markSchema = z.strictObject({ through: z.string() });

const monthsIn = { month: 1, quarter: 3, year: 12 } as const;

/**
 * The first period of each target that is over and not judged yet. A period in which the member
 * has no figure is none of theirs.
 */
export function targetsDue({ compiled, snapshot, now }: TargetInput): DueWork[] {
  const { program } = compiled;
  return program.targets.flatMap((target) => {
    const period = nextPeriod(target, program, snapshot);
    if (period === undefined) return [];
    const at = startOfDay(period.to, program.timeZone);
    if (at > now) return [];
    const decision = decided({ target, period, at, compiled, snapshot });
    return [{ at, id: `target:${target.id}:${period.from}:${snapshot.member}`, decision }];
  });
}

function nextPeriod(
  { id, metric, period }: Target,
  program: Program,
  snapshot: MemberSnapshot,
): Months | undefined {
  const after = markOf(snapshot, id)?.through;
  const month = firstFigureMonth(snapshot, program, { ids: [metric], after });
  const from = month && keptWindowStart(period, month, undefined);
  return from && { from, to: windowEnd(period, from) };
}

function markOf(snapshot: MemberSnapshot, target: string): { through: LocalDate } | undefined {
  const record = recordOf(snapshot, 'occasion', markId(target));
  return record && (z.parse(markSchema, record.value) as { through: LocalDate });
}

function markId(target: string): string {
  return `target:${target}`;
}

interface Judging {
  readonly target: Target;
  readonly period: Months;
  readonly at: Instant;
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
}

function decided(judging: Judging): Decision {
  const { target, period, at, compiled, snapshot } = judging;
  const { program } = compiled;
  const value = metricOver(snapshot, program, target.metric, period);
  const goal = goalOf(judging);
  const records = [marked(judging)];
  const inputs = { period: period.from, [target.metric]: `${value}`, goal: `${goal}` };
  const { points, arithmetic } = worthOf(target, value, goal);
  if (points === 0n) {
    const reason = value < goal ? 'TARGET_MISSED' : 'TARGET_REACHED';
    return { ...emptyDecision('change', { rule: target.id, reason, inputs }), records };
  }
  const { member } = snapshot;
  const { unit } = target.award;
  const lot = lotFor(program, unit, at);
  const award: AwardRecord = {
    ...{ rule: target.id, unit, points, basisMinor: 0n, lot, arithmetic },
    parts: [{ member, points }],
  };
  return {
    ...emptyDecision('accrual', { rule: target.id, reason: 'TARGET_REACHED', inputs }),
    movements: [{ kind: 'credit', member, unit, points, lot }],
    awards: [award],
    records,
  };
}

/** The whole number that a value must reach: the exact goal, rounded up. */
function goalOf({ target, period, compiled, snapshot }: Judging): bigint {
  const { metric, goal } = target;
  if (typeof goal === 'number') return BigInt(goal);
  const { program } = compiled;
  const from = monthsFrom(period.from, -monthsIn[target.period] * goal.averageOfLast);
  const before = metricOver(snapshot, program, metric, { from, to: period.from });
  const isAverage = program.metrics.some((one) => one.id === metric && one.kind === 'average');
  const periods = isAverage ? 1n : BigInt(goal.averageOfLast);
  const exact = ceilingDivide(before * BigInt(100 + goal.plusPercent), periods * 100n);
  const raised = exact < BigInt(goal.floor) ? BigInt(goal.floor) : exact;
  return goal.cap !== undefined && raised > BigInt(goal.cap) ? BigInt(goal.cap) : raised;
}

/** Rounded down once; nothing below the goal. */
function worthOf(
  { award }: Target,
  value: bigint,
  goal: bigint,
): { readonly points: bigint; readonly arithmetic: string } {
  if (value < goal) return { points: 0n, arithmetic: '' };
  const counted = award.counts === 'all' ? value : value - goal;
  const whole = floorDivide(counted * BigInt(award.points), BigInt(award.per));
  const points = award.cap !== undefined && whole > BigInt(award.cap) ? BigInt(award.cap) : whole;
  const basis = award.counts === 'all' ? `${value}` : `(${value}-${goal})`;
  const capped = points < whole ? ` cap=${points}` : '';
  return { points, arithmetic: `${basis}*${award.points}/${award.per}=${whole}${capped}` };
}

function marked({ target, period, snapshot }: Judging): RecordWrite {
  const id = markId(target.id);
  const before = recordOf(snapshot, 'occasion', id);
  const next = { through: period.to };
  const version = before && { version: before.version };
  return { member: snapshot.member, kind: 'occasion', id, ...version, next };
}
