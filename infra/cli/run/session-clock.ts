import { type Instant, instantOf } from '../../../shared/domain/time.ts';
import { say } from '../exit.ts';
import { type Remembered, remember } from '../state.ts';

const noteEveryMs = 1000;

/**
 * The clock of a session's functions. It runs on from the greatest of the run's present and what
 * the state has seen: deadlines that an earlier run wrote must not lie in the future again.
 */
export class SessionClock {
  #offsetMs: number;
  readonly #machine: () => number;
  #latest: Instant;

  constructor(asOf: Instant, seen: Instant = asOf, machine: () => number = Date.now) {
    this.#machine = machine;
    this.#latest = instantOf(Math.max(asOf, seen));
    this.#offsetMs = Math.round(this.#latest - machine());
  }

  /** Between the machine's clock and this one. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Goes on from there, unless it is past it already. */
  moveTo(instant: Instant): void {
    if (instant <= this.latest()) return;
    this.#latest = instant;
    this.#offsetMs = Math.round(instant - this.#machine());
  }

  /** The latest time it has shown. */
  latest(): Instant {
    this.#latest = instantOf(Math.max(this.#latest, this.#machine() + this.#offsetMs));
    return this.#latest;
  }

  /** Notes the clock beside program and present: now, every second, and when stop is called. */
  keepIn(directory: string, { program, asOf }: Omit<Remembered, 'clock'>): () => void {
    const note = () => remember(directory, { program, asOf, clock: this.latest() });
    note();
    const timer = setInterval(() => {
      try {
        note();
      } catch (error) {
        say(`The clock of ${directory} could not be noted: ${String(error)}`);
      }
    }, noteEveryMs).unref();
    return () => {
      clearInterval(timer);
      note();
    };
  }
}
