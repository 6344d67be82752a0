import {
  afterCall,
  type CallHealth,
  closedBreaker,
  isShut,
  trying,
} from '../../domain/redemption/breaker.ts';
import { addMs, type Instant, instantOf } from '../../domain/time.ts';
import type { Breaker, Float, ProviderHealthStore } from '../../ports/provider-health.ts';
import type { Clock, Logger, Sleeper } from '../../ports/runtime.ts';
import { ProviderTurns } from './provider-gate-turns.ts';

export interface GateDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sleeper: Sleeper;
  readonly health: ProviderHealthStore;
  /** What the region's account was granted, by provider; without it, what the provider tells. */
  readonly requestsPerMinute: ReadonlyMap<string, number>;
}

/** How an account stands, as far as it was known some seconds ago. */
export interface Standing {
  /** Its breaker is open: nothing is asked before. */
  readonly shutUntil?: Instant;
  readonly outOfFunds: boolean;
}

export type Entrance =
  | { readonly kind: 'entered' }
  | { readonly kind: 'shut'; readonly until: Instant }
  /** Comes back then, with the turn it was given. */
  | { readonly kind: 'later'; readonly turn: Instant };

/** What calls of an instance know of the accounts: limits, breakers and funds. */
export interface ProviderGate {
  standing(provider: string): Promise<Standing>;
  /** Waits a little for `calls` turns; where they are far, the caller comes back with the last. */
  enter(entering: {
    readonly provider: string;
    readonly requestsPerMinute: number | undefined;
    readonly calls: number;
    readonly turn: Instant | undefined;
  }): Promise<Entrance>;
  /** Every call is followed by this. */
  heard(provider: string, health: CallHealth): Promise<void>;
  /** The provider asks for fewer calls: all workers pause. */
  limited(provider: string, requestsPerMinute: number | undefined): Promise<void>;
  /** Orders that want funds wait until the account has some again. */
  outOfFunds(provider: string): Promise<void>;
}

/** Known to all workers so soon after it has changed. */
const knownForMs = 5000;
/** Another worker's try is looked at again after this. */
const otherTryMs = 15_000;
const maximumRounds = 5;

interface Known<Row> {
  readonly row: Row;
  readonly until: Instant;
}

const noBreaker: Breaker = { ...closedBreaker, version: 0 };
const noFloat: Float = { balances: [], readAt: instantOf(0), used: [], version: 0 };

export function createProviderGate(dependencies: GateDependencies): ProviderGate {
  return new Gate(dependencies);
}

class Gate implements ProviderGate {
  readonly #dependencies: GateDependencies;
  readonly #turns: ProviderTurns;
  readonly #breakers = new Map<string, Known<Breaker>>();
  readonly #floats = new Map<string, Known<Float>>();
  /** Failures in a row that this instance has heard. */
  readonly #failures = new Map<string, number>();

  constructor(dependencies: GateDependencies) {
    this.#dependencies = dependencies;
    this.#turns = new ProviderTurns(dependencies);
  }

  async standing(provider: string): Promise<Standing> {
    const breaker = await this.#breaker(provider);
    const float = await this.#float(provider);
    const isOpen = isShut(breaker, this.#dependencies.clock.now());
    return {
      ...(isOpen && { shutUntil: breaker.openUntil }),
      outOfFunds: float.outOfFundsSince !== undefined,
    };
  }

  async enter(entering: Parameters<ProviderGate['enter']>[0]): Promise<Entrance> {
    const { clock } = this.#dependencies;
    const { provider } = entering;
    const before = await this.#breaker(provider);
    if (isShut(before, clock.now())) return { kind: 'shut', until: before.openUntil };
    const later = await this.#turns.take(entering);
    if (later !== undefined) return { kind: 'later', turn: later };
    const breaker = await this.#breaker(provider);
    if (breaker.state === 'closed') return { kind: 'entered' };
    if (isShut(breaker, clock.now())) return { kind: 'shut', until: breaker.openUntil };
    const tries = await this.#writeBreaker(provider, {
      ...trying(breaker, clock.now()),
      version: breaker.version + 1,
    });
    if (tries) return { kind: 'entered' };
    return { kind: 'shut', until: addMs(clock.now(), otherTryMs) };
  }

  async heard(provider: string, health: CallHealth): Promise<void> {
    const { clock, logger } = this.#dependencies;
    const failures = health === 'answered' ? 0 : (this.#failures.get(provider) ?? 0) + 1;
    this.#failures.set(provider, failures);
    for (let round = 1; round <= maximumRounds; round += 1) {
      const breaker = await this.#breaker(provider);
      // An answer to a call from before it opened says nothing about now.
      if (health === 'answered' && breaker.state !== 'halfOpen') return;
      const state = afterCall(breaker, health, { failures, now: clock.now() });
      if (state === breaker) return;
      const next = { ...state, version: breaker.version + 1 };
      if (!(await this.#writeBreaker(provider, next))) continue;
      if (next.state === 'open') logger.error('BREAKER_OPENED', { provider, count: failures });
      else logger.info('BREAKER_CLOSED', { provider });
      return;
    }
  }

  limited(provider: string, requestsPerMinute: number | undefined): Promise<void> {
    return this.#turns.pause(provider, requestsPerMinute);
  }

  async outOfFunds(provider: string): Promise<void> {
    const { clock, health, logger } = this.#dependencies;
    for (let round = 1; round <= maximumRounds; round += 1) {
      const float = (await health.readFloat(provider)) ?? noFloat;
      this.#floats.delete(provider);
      if (float.outOfFundsSince !== undefined) return;
      const next = { ...float, outOfFundsSince: clock.now(), version: float.version + 1 };
      if ((await health.writeFloat(provider, next)) === 'lost') continue;
      logger.error('PROVIDER_OUT_OF_FUNDS', { provider });
      return;
    }
  }

  async #breaker(provider: string): Promise<Breaker> {
    const { health } = this.#dependencies;
    const read = async () => (await health.readBreaker(provider)) ?? noBreaker;
    return this.#known(this.#breakers, provider, read);
  }

  async #float(provider: string): Promise<Float> {
    const { health } = this.#dependencies;
    const read = async () => (await health.readFloat(provider)) ?? noFloat;
    return this.#known(this.#floats, provider, read);
  }

  async #known<Row>(
    rows: Map<string, Known<Row>>,
    provider: string,
    read: () => Promise<Row>,
  ): Promise<Row> {
    const { clock } = this.#dependencies;
    const known = rows.get(provider);
    if (known !== undefined && clock.now() < known.until) return known.row;
    const row = await read();
    rows.set(provider, { row, until: addMs(clock.now(), knownForMs) });
    return row;
  }

  async #writeBreaker(provider: string, next: Breaker): Promise<boolean> {
    const { clock, health } = this.#dependencies;
    if ((await health.writeBreaker(provider, next)) === 'lost') {
      this.#breakers.delete(provider);
      return false;
    }
    this.#breakers.set(provider, { row: next, until: addMs(clock.now(), knownForMs) });
    return true;
  }
}
