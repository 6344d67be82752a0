import { addMs, type Instant } from '../../domain/time.ts';
import type { GateDependencies, ProviderGate } from './provider-gate.ts';

/** Turns that an instance has leased and not used, and the calls that wait for some. */
interface Leased {
  turns: Instant[];
  waiting: number;
  /** The last lease was so far ahead that every call goes back to the queue with its turn. */
  isFar: boolean;
  leasing: Promise<void> | undefined;
}

/** Where calls queue up anyway, one write leases so much of an account's budget. */
const farLeaseMs = 10_000;
/** A worker waits so long for a turn itself; a later one is waited for in the queue. */
const longestWaitMs = 2000;
/** A turn that nobody has used by then is lost: used later, it would come on top of others. */
const turnLifeMs = 100;
/** After the provider has asked for fewer calls. */
const pauseMs = 2000;

type Limits = Pick<GateDependencies, 'clock' | 'sleeper' | 'health' | 'requestsPerMinute'>;

/** Spaces an account's calls evenly over all workers, with few writes. */
export class ProviderTurns {
  readonly #limits: Limits;
  readonly #leased = new Map<string, Leased>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Waits for the turns, or says when the last of them is. */
  async take(entering: Parameters<ProviderGate['enter']>[0]): Promise<Instant | undefined> {
    const { clock, sleeper } = this.#limits;
    const spacingMs = this.#spacing(entering.provider, entering.requestsPerMinute);
    if (spacingMs === undefined) return undefined;
    let turn = entering.turn ?? (await this.#next(entering, spacingMs));
    if (turn - clock.now() > longestWaitMs) return turn;
    await sleeper.sleep(Math.max(turn - clock.now(), 0));
    // A machine that slept too long is not to make up for it all at once.
    if (clock.now() - turn > turnLifeMs && entering.turn === undefined) {
      turn = await this.#next(entering, spacingMs);
      if (turn - clock.now() > longestWaitMs) return turn;
      await sleeper.sleep(Math.max(turn - clock.now(), 0));
    }
    return undefined;
  }

  async pause(provider: string, requestsPerMinute: number | undefined): Promise<void> {
    const spacingMs = this.#spacing(provider, requestsPerMinute);
    if (spacingMs === undefined) return;
    const { clock, health } = this.#limits;
    this.#of(provider).turns = [];
    const at = addMs(clock.now(), pauseMs);
    await health.lease({ provider, at, spacingMs, wanted: 0 });
  }

  #spacing(provider: string, ofProvider: number | undefined): number | undefined {
    const limit = this.#limits.requestsPerMinute.get(provider) ?? ofProvider;
    return limit === undefined ? undefined : Math.max(1, Math.ceil(60_000 / limit));
  }

  /** The last of so many turns. */
  async #next(
    { provider, calls }: { readonly provider: string; readonly calls: number },
    spacingMs: number,
  ): Promise<Instant> {
    const leased = this.#of(provider);
    leased.waiting += calls;
    try {
      for (let left = calls; ; ) {
        const turn = leased.turns.shift();
        if (turn === undefined) {
          leased.leasing ??= this.#lease(provider, leased, spacingMs);
          await leased.leasing;
        } else if (turn >= this.#limits.clock.now() - turnLifeMs) {
          left -= 1;
          if (left === 0) return turn;
        }
      }
    } finally {
      leased.waiting -= calls;
    }
  }

  /**
   * One write for all that wait here. More are leased only where they are far ahead: a turn that an
   * instance leases and has no call for is one that others lack.
   */
  async #lease(provider: string, leased: Leased, spacingMs: number): Promise<void> {
    const { clock, health } = this.#limits;
    const at = clock.now();
    const ahead = leased.isFar ? Math.floor(farLeaseMs / spacingMs) : 0;
    const wanted = Math.max(leased.waiting, ahead);
    try {
      const first = await health.lease({ provider, at, spacingMs, wanted });
      const turns = Array.from({ length: wanted }, (_, n) => addMs(first, n * spacingMs));
      leased.turns.push(...turns);
      leased.isFar = first - at > longestWaitMs;
    } finally {
      leased.leasing = undefined;
    }
  }

  #of(provider: string): Leased {
    const known = this.#leased.get(provider);
    if (known !== undefined) return known;
    const leased: Leased = { turns: [], waiting: 0, isFar: false, leasing: undefined };
    this.#leased.set(provider, leased);
    return leased;
  }
}
