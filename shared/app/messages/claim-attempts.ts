import { addMs, type Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/runtime.ts';

/**
 * So many wrong tokens of one source are answered at once; each further one doubles the wait, and
 * from the last number on there is no answer at all before the window ends.
 */
const freeAttempts = 5;
const maximumAttempts = 20;
const windowMs = 10 * 60_000;
const firstWaitMs = 125;
const maximumWaitMs = 2_000;
/** Sources that are remembered, each by a short hash. */
const maximumSources = 5_000;

interface Attempts {
  readonly count: number;
  readonly until: Instant;
}

/**
 * Slows down whoever tries tokens. What it says depends on earlier attempts of the source alone,
 * never on the token at hand, so that right and wrong ones wait alike. A token has 128 bits that
 * cannot be guessed; this spares the function and the table, and one process counts for itself:
 * API Gateway's own throttling holds for all of them together.
 */
export class WrongTokens {
  readonly #clock: Clock;
  readonly #attempts = new Map<string, Attempts>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How long the next answer to this source takes; `undefined`: there is none for now. */
  waitMs(source: string): number | undefined {
    const count = this.#current(source)?.count ?? 0;
    if (count >= maximumAttempts) return undefined;
    if (count < freeAttempts) return 0;
    return Math.min(maximumWaitMs, firstWaitMs * 2 ** (count - freeAttempts));
  }

  /** A token of this source was none of ours. */
  count(source: string): void {
    const known = this.#current(source);
    const until = known?.until ?? addMs(this.#clock.now(), windowMs);
    this.#attempts.delete(source);
    this.#attempts.set(source, { count: (known?.count ?? 0) + 1, until });
    const [oldest] = this.#attempts.keys();
    if (this.#attempts.size > maximumSources && oldest !== undefined) {
      this.#attempts.delete(oldest);
    }
  }

  #current(source: string): Attempts | undefined {
    const known = this.#attempts.get(source);
    return known !== undefined && known.until > this.#clock.now() ? known : undefined;
  }
}
