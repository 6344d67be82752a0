import type { LotKey } from '../../../shared/domain/ledger/entry.ts';
import {
  balanceIn,
  type MemberSnapshot,
  type RecordKind,
  recordOf,
  standingOf,
} from '../../../shared/domain/member/snapshot.ts';
import { metricOver } from '../../../shared/domain/metrics/metric.ts';
import { monthAfter } from '../../../shared/domain/metrics/months.ts';
import {
  available,
  type Balance,
  dayOfLot,
  neverLot,
} from '../../../shared/domain/points/balance.ts';
import type { CompiledProgram } from '../../../shared/domain/program/compiled.ts';
import { tierProjection } from '../../../shared/domain/tiers/projection.ts';
import { inSegment } from '../../../shared/domain/tiers/segment.ts';
import { tierAt } from '../../../shared/domain/tiers/tier.ts';
import {
  formatInstant,
  type Instant,
  type LocalDate,
  localDateAt,
} from '../../../shared/domain/time.ts';
import { activeEntitlements } from '../../../shared/domain/ways/entitlement.ts';
import { type Difference, differs, namedDiffer, partDiffers, wholeDiffers } from './differences.ts';
import { timeIn } from './replay-time.ts';
import type { MemberState } from './scenario-schema.ts';

export interface SeenMember {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly at: Instant;
}

type Comparisons = {
  readonly [Part in keyof MemberState]-?: (
    seen: SeenMember,
    expected: NonNullable<MemberState[Part]>,
  ) => Difference[];
};

const comparisons: Comparisons = {
  available: (seen, expected) =>
    namedDiffer('available', expected, (unit) => available(balanceOf(seen, unit), todayOf(seen))),
  debt: (seen, expected) => namedDiffer('debt', expected, (unit) => balanceOf(seen, unit).debt),
  pending: (seen, expected) =>
    namedDiffer('pending', expected, (unit) => balanceOf(seen, unit).pending),
  lots: (seen, expected) => byDay(seen, 'lots', expected),
  vesting: (seen, expected) => byDay(seen, 'vesting', expected),
  activeUntil: (seen, expected) => mark(seen, 'activeUntil', expected),
  warnedThrough: (seen, expected) => mark(seen, 'warnedThrough', expected),
  tier: ({ compiled, snapshot, at }, expected) =>
    differs('tier', expected, tierAt(snapshot, compiled.program, at)),
  tierSince: ({ compiled: { program }, snapshot }, expected) => {
    const since = standingOf(snapshot, program).tier?.since;
    const wanted = timeIn(expected, program.timeZone);
    return differs('tierSince', wanted && formatInstant(wanted), since && formatInstant(since));
  },
  tierReason: ({ compiled: { program }, snapshot }, expected) =>
    differs('tierReason', expected, standingOf(snapshot, program).tier?.reason),
  entitlements: ({ snapshot, at }, expected) =>
    differs('entitlements', expected.toSorted(), activeEntitlements(snapshot, at)),
  segments: (seen, expected) => {
    const { segments } = seen.compiled.program;
    const own = segments
      .filter(({ id }) => inSegment({ ...seen, segment: id }))
      .map(({ id }) => id);
    return differs('segments', expected.toSorted(), own.sort());
  },
  projection: (seen, expected) => projectionDiffers(seen, expected),
  metrics: ({ compiled: { program }, snapshot }, expected) =>
    Object.entries(expected).flatMap(([metric, months]) =>
      namedDiffer(`metrics.${metric}`, months, (month) => {
        const from = `${month}-01` as LocalDate;
        return metricOver(snapshot, program, metric, { from, to: monthAfter(from) });
      }),
    ),
  records: ({ snapshot }, expected) =>
    Object.entries(expected).flatMap(([kind, records]) =>
      Object.entries(records ?? {}).flatMap(([id, value]) => {
        const record = recordOf(snapshot, kind as RecordKind, id);
        return partDiffers(`records.${kind}.${id}`, value, record?.value);
      }),
    ),
};

/** What of a member is not as expected; only what is named is looked at. */
export function memberDifferences(seen: SeenMember, expected: MemberState): Difference[] {
  const parts = Object.entries(expected) as [keyof MemberState, unknown][];
  return parts.flatMap(([part, value]) => {
    const compare = comparisons[part] as (seen: SeenMember, expected: unknown) => Difference[];
    return value === undefined ? [] : compare(seen, value);
  });
}

function balanceOf({ snapshot }: SeenMember, unit: string): Balance {
  return balanceIn(snapshot, unit);
}

function todayOf({ compiled: { program }, at }: SeenMember): LocalDate {
  return localDateAt(at, program.timeZone);
}

function byDay(
  seen: SeenMember,
  part: 'lots' | 'vesting',
  expected: NonNullable<MemberState['lots']>,
): Difference[] {
  return Object.entries(expected).flatMap(([unit, days]) => {
    const held = [...balanceOf(seen, unit)[part]].map(
      ([lot, points]) => [dayIn(lot), points] as const,
    );
    return wholeDiffers(`${part}.${unit}`, days, new Map(held));
  });
}

function mark(
  seen: SeenMember,
  part: 'activeUntil' | 'warnedThrough',
  expected: Readonly<Record<string, string>>,
): Difference[] {
  return Object.entries(expected).flatMap(([unit, day]) => {
    const lot = balanceOf(seen, unit)[part];
    return differs(`${part}.${unit}`, day, lot && dayIn(lot));
  });
}

function dayIn(lot: LotKey): string {
  return lot === neverLot ? 'never' : dayOfLot(lot);
}

function projectionDiffers(seen: SeenMember, expected: MemberState['projection']): Difference[] {
  const next = tierProjection({ ...seen, on: todayOf(seen) })?.next;
  if (!expected || !next) return differs('projection', expected, next?.level);
  const { level, missing = {}, ...days } = expected;
  const way = new Map(next.ways[0]?.map((figure) => [figure.metric, figure.missing]));
  return [
    ...differs('projection.level', level, next.level),
    ...partDiffers('projection', days, next),
    ...namedDiffer('projection.missing', missing, (metric) => way.get(metric) ?? 0n),
  ];
}
