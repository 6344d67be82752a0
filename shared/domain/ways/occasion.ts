import * as z from 'zod/mini';
import { anniversary, wholeYears } from '../calendar.ts';
import type { DueWork, RecordWrite } from '../member/decision.ts';
import type { DueInput } from '../member/due.ts';
import { profileOf } from '../member/profile.ts';
import { type MemberSnapshot, recordOf } from '../member/snapshot.ts';
import type { Program } from '../program/schema.ts';
import { addDays, type Instant, type LocalDate, parseLocalDate, startOfDay } from '../time.ts';
import { rewardDecision } from './reward.ts';
import { dayOf, recordWrite } from './way.ts';

type Occasion = Program['occasions'][number];
type Yearly = Exclude<Occasion, { kind: 'milestone' }>;

const recordSchema = z.strictObject({
  /** The day that was celebrated last. */
  last: z.string(),
});

/**
 * Birthdays and anniversaries that have come, each at the start of its own day. None is celebrated
 * that had passed when the program learned of the occasion, or of the member.
 */
export function occasionsDue(input: DueInput): DueWork[] {
  const { compiled, snapshot, now } = input;
  const { occasions, timeZone } = compiled.program;
  return occasions.flatMap((occasion) => {
    if (occasion.kind === 'milestone') return [];
    const last = lastOf(snapshot, occasion.id);
    const day = nextDay(input, occasion, last);
    if (day === undefined) return [];
    const at = startOfDay(day, timeZone);
    if (at > now) return [];
    const way = `occasion:${occasion.id}`;
    const { reward } = occasion;
    const source = `${way}:${day}`;
    const rewarded = rewardDecision({ compiled, snapshot, reward, way, source, at });
    const records = [occasionWrite(snapshot, occasion.id, day), ...rewarded.records];
    return [{ at, id: source, decision: { ...rewarded, records } }];
  });
}

export function lastOf(snapshot: MemberSnapshot, id: string): LocalDate | undefined {
  const record = recordOf(snapshot, 'occasion', id);
  return record && (z.parse(recordSchema, record.value).last as LocalDate);
}

export function occasionWrite(snapshot: MemberSnapshot, id: string, last: LocalDate): RecordWrite {
  return recordWrite(snapshot, { kind: 'occasion', id, next: { last } });
}

function nextDay(
  input: DueInput,
  occasion: Yearly,
  last: LocalDate | undefined,
): LocalDate | undefined {
  const profile = profileOf(input.snapshot);
  if (profile === undefined) return undefined;
  const enrolled = dayOf(input.compiled, profile.enrolledAt as Instant);
  if (occasion.kind === 'anniversary') {
    return nextAnniversary(occasion, enrolled, after(input, enrolled, last));
  }
  if (profile.birthday === undefined) return undefined;
  const told = profile.birthdaySetAt ?? profile.enrolledAt;
  const since = dayOf(input.compiled, told as Instant);
  const next = nextBirthday(profile.birthday, after(input, since, last));
  // A birthday that was moved meanwhile comes no earlier than a year after the last one.
  if (last === undefined || next === undefined || next >= anniversary(last, 1)) return next;
  return nextBirthday(profile.birthday, dayBefore(anniversary(last, 1)));
}

/** The last day that is over and done with: the next occasion comes after it. */
function after({ compiled }: DueInput, since: LocalDate, last: LocalDate | undefined): LocalDate {
  if (last !== undefined) return last > since ? last : since;
  const inForce = dayBefore(dayOf(compiled, compiled.from));
  return inForce > since ? inForce : since;
}

function dayBefore(date: LocalDate): LocalDate {
  return addDays(date, -1);
}

/** `birthday` is a month and day; 29 February is kept on the 28th in other years. */
function nextBirthday(birthday: string, afterDay: LocalDate): LocalDate | undefined {
  const leapDay = parseLocalDate(`2000-${birthday}`);
  if (leapDay === undefined) return undefined;
  return anniversary(leapDay, wholeYears(leapDay, afterDay) + 1);
}

function nextAnniversary(
  { years }: Extract<Yearly, { kind: 'anniversary' }>,
  enrolled: LocalDate,
  afterDay: LocalDate,
): LocalDate | undefined {
  const next = Math.max(0, wholeYears(enrolled, afterDay)) + 1;
  if (years === undefined) return anniversary(enrolled, next);
  const listed = years.filter((year) => year >= next);
  return listed.length === 0 ? undefined : anniversary(enrolled, Math.min(...listed));
}
