import type { LotKey } from '../ledger/entry.ts';
import { type DueWork, emptyDecision } from '../member/decision.ts';
import { type LocalDate, startOfDay } from '../time.ts';
import { dayOfLot, lotExpiringOn, neverLot, spendableLots } from './balance.ts';
import type { UnitInput } from './due.ts';
import { expiryOf, warningDays } from './expiry.ts';

/**
 * The warning that points of a unit will go: all warning days that have come and were not heeded,
 * in one. `points` and `day` are lists where several lots are near their ends.
 */
export function warningDue(input: UnitInput): DueWork[] {
  const { compiled, snapshot, unit, balance, today } = input;
  const { program } = compiled;
  const told = balance.warnedThrough;
  const isDue = (day: LocalDate) =>
    day <= today && (told === undefined || lotExpiringOn(day) > told);
  const ending = endings(input).flatMap(([lot, points]) => {
    const day = warningDays(program, unit, lot).filter(isDue).at(-1);
    return day === undefined ? [] : [{ lot, points, day }];
  });
  const through = ending
    .map(({ day }) => day)
    .sort()
    .at(-1);
  if (through === undefined) return [];
  const inputs = {
    unit,
    points: ending.map(({ points }) => `${points}`).join(' '),
    day: ending.map(({ lot }) => dayOfLot(lot)).join(' '),
  };
  const decision = {
    ...emptyDecision('change', { reason: 'POINTS_EXPIRE_SOON', inputs }),
    warned: [{ unit, through: lotExpiringOn(through) }],
  };
  const at = startOfDay(through, program.timeZone);
  return [{ at, id: `warning:${unit}:${through}:${snapshot.member}`, decision }];
}

/** The days on which points go: those of lots, or the end that inactivity sets to all. */
function endings({ compiled, unit, balance, today }: UnitInput): [LotKey, bigint][] {
  const lots = spendableLots(balance, today);
  if (expiryOf(compiled.program, unit)?.kind !== 'inactivity') return lots;
  const points = lots.reduce((sum, [, held]) => sum + held, 0n);
  return points === 0n ? [] : [[balance.activeUntil ?? neverLot, points]];
}
