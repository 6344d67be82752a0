import type { FigureAdd } from '../member/decision.ts';
import { figureKey } from '../member/figure-key.ts';
import { standingOf } from '../member/snapshot.ts';
import type { Cap } from '../program/schema.ts';
import type { LocalDate } from '../time.ts';
import { fieldAt } from './event.ts';
import { type EventContext, memberSince } from './event-context.ts';
import { smaller } from './fraction.ts';
import { keptWindowStart } from './local-day.ts';

/** Keys of the counters of a cap in one of its windows; `undefined`: of a lifetime. */
export function capKeys(
  cap: Cap,
  start: LocalDate | undefined,
  value?: string,
): { readonly points: string; readonly times: string } {
  const points = figureKey(cap.id, start, value);
  return { points, times: `${points}n` };
}

/**
 * Counts the values that a window has seen: two events that are judged at once cannot both bring
 * the last new one.
 */
function valuesKey(cap: Cap, start: LocalDate | undefined): string {
  return `${figureKey(cap.id, start)}v`;
}

interface Limits {
  readonly points: bigint | undefined;
  readonly times: bigint | undefined;
}

export interface Fit {
  readonly points: bigint;
  /** The cap that took something away. */
  readonly cap?: string;
}

/** Counter keys that an award is counted in, for what comes back later. */
export interface Counted {
  readonly pointCounters?: readonly string[];
  readonly timeCounters?: readonly string[];
}

const nowhere: Counted = {};

function capsIn(caps: readonly Cap[], unit: string): readonly Cap[] {
  return caps.filter((cap) => (cap.unit ?? unit) === unit);
}

/** What the caps of a program leave of the awards of one event, rule after rule. */
export class CapUse {
  readonly #context: EventContext;
  readonly #counters: ReadonlyMap<string, bigint>;
  /** What this event has used so far, by counter key. */
  readonly #used = new Map<string, bigint>();
  /** Counters of the member that the awards rely on. */
  readonly #relied = new Set<string>();

  constructor(context: EventContext) {
    this.#context = context;
    this.#counters = standingOf(context.member, context.compiled.program).counters;
  }

  /** How many of the points all caps of the rule leave: the tightest decides. */
  fit(all: readonly Cap[], unit: string, points: bigint): Fit {
    if (all.length === 0) return { points };
    const caps = capsIn(all, unit);
    let fit: Fit = { points };
    for (const cap of caps) {
      if (cap.beyond !== 'cut') continue;
      const left = this.#left(cap, points);
      if (left < fit.points) fit = { points: left, cap: cap.id };
    }
    const { points: cut } = fit;
    const strict = caps.find((cap) => cap.beyond === 'nothing' && this.#left(cap, cut) < cut);
    return strict === undefined ? fit : { points: 0n, cap: strict.id };
  }

  /** Counts an award of the rule in every cap that concerns it. */
  use(all: readonly Cap[], unit: string, points: bigint): Counted {
    if (all.length === 0) return nowhere;
    const pointCounters: string[] = [];
    const timeCounters: string[] = [];
    for (const cap of capsIn(all, unit)) {
      const keys = this.#keysOf(cap);
      if (this.#isNewValue(cap)) this.#add(cap, valuesKey(cap, this.#startOf(cap)), 1n, []);
      if (cap.points !== undefined) this.#add(cap, keys.points, points, pointCounters);
      if (cap.times !== undefined) this.#add(cap, keys.times, 1n, timeCounters);
    }
    return {
      ...(pointCounters.length > 0 && { pointCounters }),
      ...(timeCounters.length > 0 && { timeCounters }),
    };
  }

  /** What is added to the member's counters; each was relied on as it was read. */
  adds(): FigureAdd[] {
    if (this.#relied.size === 0) return [];
    return [...this.#relied].map((key) => ({
      key,
      add: this.#used.get(key) ?? 0n,
      read: this.#counters.get(key) ?? 0n,
    }));
  }

  #add(cap: Cap, key: string, add: bigint, keys: string[]): void {
    this.#used.set(key, (this.#used.get(key) ?? 0n) + add);
    if (cap.per !== 'member') return;
    this.#relied.add(key);
    keys.push(key);
  }

  /** Of so many points, at least zero. */
  #left(cap: Cap, points: bigint): bigint {
    const { points: pointLimit, times: timeLimit } = this.#limits(cap);
    const keys = this.#keysOf(cap);
    if (timeLimit !== undefined && this.#count(cap, keys.times) >= timeLimit) return 0n;
    if (this.#hasTooManyValues(cap)) return 0n;
    if (pointLimit === undefined) return points;
    const left = pointLimit - this.#count(cap, keys.points);
    return left > 0n ? smaller(left, points) : 0n;
  }

  #count(cap: Cap, key: string): bigint {
    const before = cap.per === 'member' ? (this.#counters.get(key) ?? 0n) : 0n;
    return before + (this.#used.get(key) ?? 0n);
  }

  #limits(cap: Cap): Limits {
    const { tier } = this.#context;
    const limitOf = (limit: Cap['points']) => {
      if (limit === undefined) return undefined;
      if (typeof limit === 'number') return BigInt(limit);
      return BigInt((tier === undefined ? undefined : limit.byTier[tier]) ?? limit.otherwise);
    };
    return { points: limitOf(cap.points), times: limitOf(cap.times) };
  }

  #keysOf(cap: Cap): { readonly points: string; readonly times: string } {
    if (cap.per === 'event') return { points: `${cap.id} points`, times: `${cap.id} times` };
    return capKeys(cap, this.#startOf(cap), this.#valueOf(cap));
  }

  #startOf({ window = 'lifetime' }: Cap): LocalDate | undefined {
    const since = window === 'membershipYear' ? memberSince(this.#context) : undefined;
    return keptWindowStart(window, this.#context.day.date, since);
  }

  #valueOf({ by }: Cap): string | undefined {
    const value = by && fieldAt(this.#context.subject, by.path);
    return value === undefined || value === null ? undefined : String(value);
  }

  /** Another value than those that the window has seen, when it has seen all it may. */
  #hasTooManyValues(cap: Cap): boolean {
    const seen = this.#valuesSeen(cap);
    return seen !== undefined && !seen.isOwn && seen.count >= (cap.by?.maximumValues ?? 0);
  }

  #isNewValue(cap: Cap): boolean {
    return this.#valuesSeen(cap)?.isOwn === false;
  }

  /** Also by the awards of this event before. `undefined`: the cap knows no values of it. */
  #valuesSeen(cap: Cap): { readonly count: number; readonly isOwn: boolean } | undefined {
    const value = this.#valueOf(cap);
    if (cap.by === undefined || cap.per === 'event' || value === undefined) return undefined;
    const prefix = `${figureKey(cap.id, this.#startOf(cap))}.`;
    const own = capKeys(cap, this.#startOf(cap), value).points;
    const seen = new Set<string>();
    for (const key of [...this.#counters.keys(), ...this.#used.keys()]) {
      if (key.startsWith(prefix)) seen.add(key.slice(0, own.length));
    }
    return { count: seen.size, isOwn: seen.has(own) };
  }
}
