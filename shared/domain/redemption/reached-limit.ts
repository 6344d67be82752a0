import type { CalendarWindow } from '../calendar.ts';
import type { LocalDate } from '../time.ts';

/** A limit that stands in the way, and what its window still has room for. */
export interface ReachedLimit {
  /** As the program names it. */
  readonly limit: string;
  readonly unit: string;
  readonly window: Exclude<CalendarWindow, 'membershipYear'>;
  readonly pointsLeft?: bigint;
  readonly timesLeft?: bigint;
  /** The first day of the next window, in the program's zone; a lifetime has none. */
  readonly resetsOn?: LocalDate;
}
