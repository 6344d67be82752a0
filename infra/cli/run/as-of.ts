import { maximumBodyBytes } from '../../../shared/contracts/body.ts';
import {
  addDays,
  addMs,
  type Instant,
  instantOf,
  type LocalDate,
  localDateAt,
  parseInstant,
  parseLocalDate,
  startOfDay,
} from '../../../shared/domain/time.ts';
import { UsageError } from '../exit.ts';
import { readLines } from './read-lines.ts';

/** Reads an option: an instant with offset, or a date, which means its start in the given zone. */
export function parseTime(option: string, text: string, timeZone: string): Instant {
  const date = parseLocalDate(text);
  const instant = date === undefined ? parseInstant(text) : startOfDay(date, timeZone);
  if (instant === undefined) {
    throw new UsageError(
      `${option} ${text} is neither a date (2026-03-01) nor an instant with offset ` +
        '(2026-03-01T00:00:00Z).',
    );
  }
  return instant;
}

/** When a state was left: its present, and until when its functions have worked on. */
interface Present {
  readonly asOf: Instant;
  readonly clock: Instant;
}

/**
 * The last instant that counts as posted by then. By a date, all of that day is meant; a run posts
 * what it does a little after its present, and that is of the present too.
 */
export function readPostedBy(text: string, timeZone: string, present: Present): Instant {
  const last = readEndOf(text, timeZone);
  return last < present.asOf ? last : instantOf(Math.max(last, present.clock));
}

/** Reads `--as-of` for who looks back: an instant, or a date, of which all is meant. */
export function readEndOf(text: string, timeZone: string): Instant {
  const date = parseLocalDate(text);
  return date === undefined ? parseTime('--as-of', text, timeZone) : endOfDay(date, timeZone);
}

/** The last instant of a day. */
export function endOfDay(date: LocalDate, timeZone: string): Instant {
  return addMs(startOfDay(addDays(date, 1), timeZone), -1);
}

/**
 * The start of the day after the last event that is not later than `now`; `now` if there is none.
 */
export async function dayAfterLastEvent(
  eventsPath: string,
  timeZone: string,
  now: Instant,
): Promise<Instant> {
  let last: Instant | undefined;
  for await (const { text } of readLines(eventsPath, maximumBodyBytes)) {
    const occurredAt = text === undefined ? undefined : occurredAtOf(text);
    if (occurredAt === undefined || occurredAt > now) continue;
    if (last === undefined || occurredAt > last) last = occurredAt;
  }
  return last === undefined ? now : startOfDay(addDays(localDateAt(last, timeZone), 1), timeZone);
}

function occurredAtOf(line: string): Instant | undefined {
  try {
    const { occurredAt } = JSON.parse(line) as { occurredAt?: unknown };
    return typeof occurredAt === 'string' ? parseInstant(occurredAt) : undefined;
  } catch {
    return undefined;
  }
}
