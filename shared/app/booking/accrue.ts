import { type CustomerEvent, type ReceivedEvent, subjectOf } from '../../domain/earning/event.ts';
import { judgeEvent, membersOf, refuseEvent, refuseLate } from '../../domain/earning/judge.ts';
import { hasCompanyWallet, holderOf } from '../../domain/member/holder.ts';
import type { CompiledProgram } from '../../domain/program/compiled.ts';
import type { PublishedProgram } from '../../domain/program/version.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { invariant } from '../../domain/result.ts';
import type { WaitingFollowUp } from '../../ports/ledger.ts';
import type { RateReader } from '../../ports/rates.ts';
import type { ProgramStore } from '../../ports/stores.ts';
import { ratesAround } from '../rates/rate-reader.ts';
import {
  type BookDependencies,
  type Booking,
  type BookingGroup,
  type BookingOutcome,
  book,
} from './book.ts';
import { calendarAt, compiledAt } from './compiled-programs.ts';
import { eventHash } from './event-hash.ts';

/**
 * One delivery of one event. `delivery` names it, so that its own redelivery is not a duplicate.
 */
export interface EventDelivery {
  readonly delivery: string;
  readonly program: string;
  readonly received: ReceivedEvent;
}

export type AccrualOutcome =
  | { readonly kind: 'accrued' | 'returned' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Nothing was written; the delivery must come again. */
  | { readonly kind: 'failed'; readonly error: unknown };

export interface AccrueDependencies extends BookDependencies {
  readonly programs: ProgramStore;
  readonly rates: RateReader;
}

/** So that a group's posting keeps within one transaction without being halved first. */
const maximumEventsPerPosting = 32;
const membersAtOnce = 16;

/**
 * Books a batch of deliveries, each event once (P1). Deliveries of one member share a transaction.
 * The outcome of each stands at its own index; one that fails leaves the others alone.
 */
export async function accrue(
  dependencies: AccrueDependencies,
  deliveries: readonly EventDelivery[],
): Promise<AccrualOutcome[]> {
  const outcomes: AccrualOutcome[] = new Array(deliveries.length);
  const groups = await groupByMember(dependencies, deliveries, outcomes);
  const queue = groups.flatMap(splitGroup);
  const work = async () => {
    for (let group = queue.shift(); group !== undefined; group = queue.shift()) {
      const found = await settleGroup(dependencies, group);
      for (const [at, index] of group.indexes.entries()) {
        outcomes[index] = found[at] ?? { kind: 'failed', error: new Error('No outcome.') };
      }
    }
  };
  await Promise.all(Array.from({ length: membersAtOnce }, work));
  return outcomes;
}

interface EventGroup extends BookingGroup {
  /** Where the outcomes go. */
  readonly indexes: readonly number[];
}

async function groupByMember(
  dependencies: AccrueDependencies,
  deliveries: readonly EventDelivery[],
  outcomes: AccrualOutcome[],
): Promise<EventGroup[]> {
  const { clock, programs } = dependencies;
  const groups = new Map<string, EventGroup & { bookings: Booking[]; indexes: number[] }>();
  const loaded = new Map<string, LoadedProgram>();
  const inOrder = [...deliveries.entries()].sort(
    ([, left], [, right]) => left.received.event.occurredAt - right.received.event.occurredAt,
  );
  for (const [index, delivery] of inOrder) {
    const { program: name, received } = delivery;
    const { event } = received;
    const published = loaded.get(name) ?? (await loadProgram(programs, name));
    loaded.set(name, published);
    if ('error' in published) {
      outcomes[index] = { kind: 'failed', error: published.error };
      continue;
    }
    const compiled = compiledAt(published.program, event.occurredAt);
    const refused =
      compiled === undefined
        ? ({ code: 'UNKNOWN_PROGRAM' } as const)
        : refuseEvent(compiled.program, event, clock.now());
    if (compiled === undefined || refused !== undefined) {
      outcomes[index] = { kind: 'refused', refusal: refused ?? { code: 'UNKNOWN_PROGRAM' } };
      continue;
    }
    const booking = eventBooking(dependencies, compiled, delivery);
    const { member } = event;
    const isShared = booking.others.length > 0 || hasCompanyWallet(compiled.program);
    // What moves several members' points has a posting of its own.
    const key = JSON.stringify([name, member, compiled.from, isShared ? index : null]);
    const calendar = calendarAt(published.program, clock.now());
    invariant(calendar !== undefined, 'A version that judges is in force, or was.');
    const named = { compiled, calendar, member, operation: 'earn' as const };
    const empty = { ...named, bookings: [], indexes: [] };
    const group = groups.get(key) ?? { ...empty, ...heldBy(compiled, event) };
    group.bookings.push(booking);
    group.indexes.push(index);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Where a program keeps wallets for companies, an event may be about its member's company. */
function heldBy(
  compiled: CompiledProgram,
  event: CustomerEvent,
): Pick<BookingGroup, 'holder'> | undefined {
  const { program } = compiled;
  if (!hasCompanyWallet(program)) return undefined;
  return { holder: (person) => holderOf({ program, event, subject: subjectOf(event), person }) };
}

type LoadedProgram =
  | { readonly program: PublishedProgram | undefined }
  | { readonly error: unknown };

/** A program that cannot be read fails its own events and nobody else's. */
async function loadProgram(programs: ProgramStore, name: string): Promise<LoadedProgram> {
  try {
    return { program: await programs.load(name) };
  } catch (error) {
    return { error };
  }
}

function eventBooking(
  dependencies: AccrueDependencies,
  compiled: CompiledProgram,
  { delivery, program, received }: EventDelivery,
): Booking {
  const { digest } = dependencies;
  const { event, canonicalBody } = received;
  const hash = eventHash(digest, event);
  const bodyHash = digest.sha256Short(canonicalBody);
  const original = event.refersTo && eventHash(digest, event.refersTo);
  const { others, decide } = judging(compiled, event, hash);
  return {
    frame: { hash, part: '0', bodyHash, delivery, occurredAt: event.occurredAt },
    others,
    decide: (context) => {
      const late = refuseLate(compiled.program, event, context.now);
      return late === undefined ? decide(context) : { kind: 'refused', refusal: late };
    },
    ...(original !== undefined && {
      original,
      waiting: (waitingSince) => ({ hash, original, program, event, bodyHash, waitingSince }),
    }),
  };
}

/** A follow-up that has waited, booked now that its original may have come. */
export function waitedBooking(compiled: CompiledProgram, waited: WaitingFollowUp): Booking {
  const { hash, original, bodyHash, event } = waited;
  return {
    frame: { hash, part: 'A', bodyHash, occurredAt: event.occurredAt },
    original,
    waited,
    ...judging(compiled, event, hash),
  };
}

function judging(
  compiled: CompiledProgram,
  event: CustomerEvent,
  hash: string,
): Pick<Booking, 'others' | 'decide'> {
  const subject = subjectOf(event);
  return {
    others: membersOf(compiled, event, subject),
    decide: (context) => {
      const judged = judgeEvent({ event, subject, hash, ...context });
      return judged.ok ? judged.value : { kind: 'refused', refusal: judged.failure };
    },
  };
}

function splitGroup(group: EventGroup): EventGroup[] {
  const parts: EventGroup[] = [];
  for (let from = 0; from < group.bookings.length; from += maximumEventsPerPosting) {
    const to = from + maximumEventsPerPosting;
    const [bookings, indexes] = [group.bookings.slice(from, to), group.indexes.slice(from, to)];
    parts.push({ ...group, bookings, indexes });
  }
  return parts;
}

async function settleGroup(
  dependencies: AccrueDependencies,
  group: EventGroup,
): Promise<AccrualOutcome[]> {
  try {
    const days = group.bookings.map(({ frame }) => frame.occurredAt);
    const rates = await ratesAround(dependencies.rates, group.compiled.program, days);
    return (await book(dependencies, { ...group, ...(rates && { rates }) })).map(outcomeOf);
  } catch (error) {
    return group.bookings.map(() => ({ kind: 'failed', error }));
  }
}

function outcomeOf(outcome: BookingOutcome): AccrualOutcome {
  if (outcome.kind === 'booked') {
    return { kind: outcome.entry.kind === 'accrual' ? 'accrued' : 'returned' };
  }
  if (outcome.kind === 'refused') return outcome;
  return { kind: outcome.kind === 'waiting' ? 'returned' : outcome.kind };
}
