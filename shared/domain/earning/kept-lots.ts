import type { LotKey } from '../ledger/entry.ts';
import { dayOfLot } from '../points/balance.ts';
import { lotFor, vestDay } from '../points/expiry.ts';
import type { Program } from '../program/schema.ts';
import { type Instant, startOfDay } from '../time.ts';
import type { LocalDay } from './local-day.ts';

interface EarnedAt {
  readonly at: Instant;
  readonly day: LocalDay;
}

interface VestingLot {
  /** When the points become spendable. */
  readonly vestOn: LotKey;
  readonly lot: LotKey;
}

/** Lots depend on nothing but program, unit and day, so each is worked out once. */
const lots = new WeakMap<Program, Map<string, WeakMap<LocalDay, LotKey>>>();
const vestingLots = new WeakMap<Program, Map<string, WeakMap<LocalDay, VestingLot>>>();

/** The lot of points earned at an instant. */
export function keptLot(program: Program, unit: string, { at, day }: EarnedAt): LotKey {
  const byDay = daysOf(lots, program, unit);
  const known = byDay.get(day);
  if (known !== undefined) return known;
  const lot = lotFor(program, unit, at);
  byDay.set(day, lot);
  return lot;
}

interface Vesting {
  readonly unit: string;
  readonly afterDays: number;
}

/** Where points go that vest so many days after they were earned: into the lot of that day. */
export function vestingLot(
  program: Program,
  { unit, afterDays }: Vesting,
  { at, day }: EarnedAt,
): VestingLot {
  const byDay = daysOf(vestingLots, program, `${unit} ${afterDays}`);
  const known = byDay.get(day);
  if (known !== undefined) return known;
  const vestOn = vestDay(program, at, afterDays);
  const vestsAt = startOfDay(dayOfLot(vestOn), program.timeZone);
  const vesting = { vestOn, lot: lotFor(program, unit, vestsAt) };
  byDay.set(day, vesting);
  return vesting;
}

function daysOf<Value>(
  all: WeakMap<Program, Map<string, WeakMap<LocalDay, Value>>>,
  program: Program,
  key: string,
): WeakMap<LocalDay, Value> {
  const known = all.get(program)?.get(key);
  if (known !== undefined) return known;
  const byDay = new WeakMap<LocalDay, Value>();
  all.set(program, new Map([...(all.get(program) ?? []), [key, byDay]]));
  return byDay;
}
