import { membersFollowed } from '../../domain/earning/judge.ts';
import { pendingDue } from '../../domain/earning/pending.ts';
import { profileOf, survivorOf } from '../../domain/member/profile.ts';
import { emptySnapshot } from '../../domain/member/snapshot.ts';
import type { Survivors } from '../../domain/member/survivors.ts';
import { migrationsDue } from '../../domain/points/migration.ts';
import { unitsOf } from '../../domain/program/schema.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { LedgerStore, PostingQuery, PostingState } from '../../ports/ledger.ts';
import type { BookingGroup } from './book.ts';

/** All that a group is decided upon, and whose it is in truth. */
export interface BookingState {
  readonly state: PostingState;
  readonly member: string;
  /** Whose the points are by now that bookings of customers move. */
  readonly survivors: Survivors;
  /** The same for the member's calendar, whoever books it. */
  readonly calendarSurvivors: Survivors;
}

/** What is stored names further members; each reading finds at least one, and they are few. */
const maximumReadings = 8;

/**
 * Reads until everybody is there whose points the bookings may move: holders of wallets, members
 * that others were merged into, and those whose points a follow-up's original gave, or the
 * member's calendar forfeits by `now`.
 */
export async function readBookingState(
  ledger: LedgerStore,
  group: BookingGroup,
  now: Instant,
): Promise<Result<BookingState, Refusal>> {
  const wanted = new Set([group.member, ...group.bookings.flatMap(({ others }) => others)]);
  for (let reading = 1; reading <= maximumReadings; reading += 1) {
    const state = await ledger.readForPosting(queryFor(group, wanted));
    const calendarSurvivors = survivorsIn(state);
    const survivors = isOfCustomer(group) ? calendarSurvivors : new Map<string, string>();
    const holder = holderIn(state, group, survivors);
    if (!holder.ok) return failure(holder.failure);
    const member = holder.value;
    const needed = [
      ...[member, ...followedIn(state, group), ...calendarSurvivors.values()],
      ...movedByCalendarIn(state, group, { member, now }),
    ];
    const missing = needed.filter((each) => !wanted.has(each));
    if (missing.length === 0) return success({ state, member, survivors, calendarSurvivors });
    for (const each of missing) wanted.add(each);
  }
  throw new Error('The members of a booking keep naming others.');
}

/** Only what customers do goes to whoever holds their points by now; the rest names its member. */
function isOfCustomer({ operation }: BookingGroup): boolean {
  return operation === 'earn' || operation === 'followUp';
}

/** Also where one was merged into another, which was merged in turn. */
function survivorsIn({ members }: PostingState): Map<string, string> {
  const survivors = new Map<string, string>();
  for (const [member, snapshot] of members) {
    const seen = new Set([member]);
    let last = survivorOf(snapshot);
    for (let next = members.get(last); next !== undefined && !seen.has(last); ) {
      seen.add(last);
      last = survivorOf(next);
      next = members.get(last);
    }
    if (last !== member) survivors.set(member, last);
  }
  return survivors;
}

/** Whose the group is: its member's company, or whoever the member was merged into. */
function holderIn(
  { members, entries }: PostingState,
  { member, holder, bookings: [booking] }: BookingGroup,
  survivors: Survivors,
): Result<string, Refusal> {
  const person = survivors.get(member) ?? member;
  const snapshot = members.get(person);
  if (snapshot === undefined && person !== member) return success(person);
  const earner = entries.get(booking?.original ?? '')?.member;
  // What follows up an event of a colleague's company is the company's, whatever it repeats.
  if (earner !== undefined && snapshot && profileOf(snapshot)?.company === earner) {
    return success(survivors.get(earner) ?? earner);
  }
  const held = holder?.(snapshot ?? emptySnapshot(person)) ?? success(person);
  return held.ok ? success(survivors.get(held.value) ?? held.value) : held;
}

/** Whose points a follow-up may move: only the entry that it names can tell. */
function followedIn({ entries }: PostingState, { bookings }: BookingGroup): string[] {
  const originals = bookings.flatMap(({ original }) => entries.get(original ?? '') ?? []);
  return originals.flatMap((entry) => [entry.member, ...membersFollowed(entry)]);
}

/**
 * Of points that wait for an event, every part is forfeited at once, also another member's; or
 * becomes another currency's.
 */
function movedByCalendarIn(
  { members }: PostingState,
  { calendar }: BookingGroup,
  { member, now }: { readonly member: string; readonly now: Instant },
): string[] {
  const snapshot = members.get(member);
  if (snapshot === undefined) return [];
  const due = calendar.versions.flatMap(({ compiled }) =>
    [pendingDue, migrationsDue].flatMap((source) => source({ compiled, snapshot, now })),
  );
  return due.flatMap(({ decision }) => decision.movements.map((movement) => movement.member));
}

function queryFor({ compiled, bookings }: BookingGroup, members: Iterable<string>): PostingQuery {
  const { program } = compiled;
  const units = unitsOf(program);
  return {
    program: program.program,
    members: [...members].map((member) => ({ member, units, records: true })),
    hashes: [...new Set(bookings.map(({ frame }) => frame.hash))],
    originals: [...new Set(bookings.flatMap(({ original }) => original ?? []))],
    budgets: program.budgets.map(({ id, shards }) => ({ budget: id, shards })),
  };
}

/** Whether somebody's points are another member's by now. */
export function isMerged(snapshot: Parameters<typeof profileOf>[0]): boolean {
  return profileOf(snapshot)?.mergedInto !== undefined;
}
