import type { Program } from '../../../shared/domain/program/schema.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { bookingTime, periodEndAfter } from '../replay/periods.ts';
import type { EventFeed } from './event-feed.ts';
import { eventsInTime } from './events-in-time.ts';
import type { Session } from './session.ts';

interface History {
  readonly program: Program;
  readonly eventsPath: string;
  /** The first event's time. */
  readonly from: Instant;
  readonly to: Instant;
  /** Earlier runs may have left something that falls due before anything new is booked. */
  readonly isResumed: boolean;
}

/** Where the clock of a history begins. */
export function historyStart(program: Program, from: Instant): Instant {
  return bookingTime(periodEndAfter(program, from));
}

/**
 * Feeds events in the order of their time. At the end of each of the program's periods everything
 * sent is booked, the clock goes to that instant, and what is due by then is done: so that history
 * plays as it would have.
 */
export async function playHistory(
  session: Session,
  feed: EventFeed,
  { program, eventsPath, from, to, isResumed }: History,
  onProgress: (lines: number) => void,
): Promise<void> {
  let end = periodEndAfter(program, from);
  const endPeriod = async () => {
    await feed.finish();
    if (!isResumed && booked(feed) === 0) return beginPeriod();
    await session.drain();
    session.moveClock(end);
    // What a day brings to members; nobody asks providers day by day what they sold then.
    await session.stack.runSchedules(/sweep/i);
    await session.drain();
    beginPeriod();
  };
  const beginPeriod = () => {
    end = periodEndAfter(program, end);
    session.moveClock(end <= to ? bookingTime(end) : to);
  };
  for await (const line of eventsInTime(eventsPath)) {
    while (line.at >= end && end <= to) await endPeriod();
    await feed.send(line);
    onProgress(feed.counts.received);
  }
  while (end <= to) await endPeriod();
  await feed.finish();
  session.moveClock(to);
}

function booked({ counts }: EventFeed): number {
  return counts.accrued + counts.returned + counts.commands;
}
