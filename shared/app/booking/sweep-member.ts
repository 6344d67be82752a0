import { nextDue } from '../../domain/member/due.ts';
import type { MemberSnapshot } from '../../domain/member/snapshot.ts';
import type { Instant } from '../../domain/time.ts';
import type { ProgramStore } from '../../ports/stores.ts';
import { type BookDependencies, settleCalendar } from './book.ts';
import { isMerged } from './booking-state.ts';
import { type Calendar, calendarAt } from './compiled-programs.ts';

export interface SweepDependencies extends BookDependencies {
  readonly programs: ProgramStore;
}

interface MemberOf {
  readonly program: string;
  readonly member: string;
}

/**
 * Whether a member's calendar has brought anything by `now` that no sweep has booked: cheaper than
 * a sweep, which reads them again. Of who was merged, only a sweep can tell.
 */
export function mayBeDue(calendar: Calendar, snapshot: MemberSnapshot, now: Instant): boolean {
  if (isMerged(snapshot)) return true;
  return calendar.versions.some(({ compiled, through }) => {
    return nextDue({ compiled, snapshot, now: through < now ? through : now }) !== undefined;
  });
}

/** More than a member's calendar can hold between two sweeps; a defect would go round for ever. */
const maximumPostings = 500;

/**
 * Books what the calendar has brought a member by now, the earliest first, each once and at the
 * instant it was due, however late this is called. Returns how much that was.
 */
export async function sweepMember(
  dependencies: SweepDependencies,
  owner: MemberOf,
): Promise<number> {
  const { clock, programs } = dependencies;
  const { program, member } = owner;
  const calendar = calendarAt(await programs.load(program), clock.now());
  if (calendar === undefined) return 0;
  const compiled = calendar.current;
  const group = { compiled, calendar, member, operation: 'sweep' as const, bookings: [] };
  let booked = 0;
  for (let posting = 1; posting <= maximumPostings; posting += 1) {
    const due = await settleCalendar(dependencies, group);
    if (due === 0) return booked;
    booked += due;
  }
  throw new Error('The calendar of a member does not come to an end.');
}
