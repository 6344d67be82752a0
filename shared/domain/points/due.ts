import type { LotKey } from '../ledger/entry.ts';
import { type DueWork, emptyDecision, type Movement } from '../member/decision.ts';
import type { MemberSnapshot } from '../member/snapshot.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import { type Instant, type LocalDate, localDateAt, startOfDay } from '../time.ts';
import { type Balance, dayOfLot, dueVesting, isExpired, isInactive, neverLot } from './balance.ts';
import { conversionsDue } from './conversion.ts';
import { lotFor } from './expiry.ts';
import { warningDue } from './warning.ts';

/** What one unit of a member may have due. */
export interface UnitInput {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly unit: string;
  readonly balance: Balance;
  /** The day of `now` in the program's zone. */
  readonly today: LocalDate;
}

/** What comes first where several things are due on one day: what is gone converts to nothing. */
const sources = [lotsDue, inactivityDue, vestingDue, conversionsDue, warningDue] as const;

/**
 * Expiry, vesting, conversions and warnings of a member that are due by now and not done yet,
 * earliest first. What is later may turn out otherwise once the earlier is booked: ask again.
 */
export function pointsDue({
  compiled,
  snapshot,
  now,
}: {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly now: Instant;
}): DueWork[] {
  const today = localDateAt(now, compiled.program.timeZone);
  const works = [...snapshot.balances].flatMap(([unit, balance]) =>
    sources.flatMap((source) => source({ compiled, snapshot, unit, balance, today })),
  );
  return works.sort((left, right) => left.at - right.at);
}

/** The start of a day in the program's zone. */
export function startOf({ program }: CompiledProgram, day: LocalDate): Instant {
  return startOfDay(day, program.timeZone);
}

function filled({ lots }: Balance): [LotKey, bigint][] {
  return [...lots].filter(([, points]) => points > 0n).sort(([a], [b]) => (a < b ? -1 : 1));
}

function lotsDue({ compiled, snapshot, unit, balance, today }: UnitInput): DueWork[] {
  const { member } = snapshot;
  const lots = filled(balance).filter(([lot]) => lot !== neverLot && isExpired(lot, today));
  return lots.map(([lot, points]) => {
    const inputs = { unit, points: `${points}` };
    const decision = {
      ...emptyDecision('expiry', { reason: 'POINTS_EXPIRED', inputs }),
      movements: [{ kind: 'expire', member, unit, lot } as const],
    };
    return {
      at: startOf(compiled, dayOfLot(lot)),
      id: `expiry:${unit}:${lot}:${balance.lotsOpened}:${member}`,
      decision,
    };
  });
}

/** Every lot ends, and the clock stands until the next activity. */
function inactivityDue({ compiled, snapshot, unit, balance, today }: UnitInput): DueWork[] {
  const { member } = snapshot;
  const { activeUntil = neverLot } = balance;
  const lots = filled(balance);
  if (activeUntil === neverLot || !isInactive(balance, today) || lots.length === 0) return [];
  const points = lots.reduce((sum, [, held]) => sum + held, 0n);
  const inputs = { unit, points: `${points}` };
  const movements = lots.map(([lot]): Movement => ({ kind: 'expire', member, unit, lot }));
  const decision = {
    ...emptyDecision('expiry', { reason: 'NO_ACTIVITY', inputs }),
    ...{ movements, activeUntil: [{ unit, until: neverLot }] },
  };
  return [
    {
      at: startOf(compiled, dayOfLot(activeUntil)),
      id: `inactivity:${unit}:${activeUntil}:${balance.lotsOpened}:${member}`,
      decision,
    },
  ];
}

/** A day that has vested may fill again from a late event: the count of lots tells them apart. */
function vestingDue({ compiled, snapshot, unit, balance, today }: UnitInput): DueWork[] {
  const { member } = snapshot;
  return dueVesting(balance, today).map(([vestOn, points]) => {
    const at = startOf(compiled, dayOfLot(vestOn));
    const lot = lotFor(compiled.program, unit, at);
    const inputs = { unit, points: `${points}` };
    const decision = {
      ...emptyDecision('vesting', { reason: 'POINTS_VESTED', inputs }),
      movements: [{ kind: 'vest', member, unit, points, vestOn, lot } as const],
    };
    return { at, id: `vesting:${unit}:${vestOn}:${balance.lotsOpened}:${member}`, decision };
  });
}
