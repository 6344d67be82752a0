import { windowEnd, windowStart } from '../calendar.ts';
import { figureKey } from '../member/figure-key.ts';
import type { Balance } from '../points/balance.ts';
import type { BalanceMove } from '../points/balance-change.ts';
import type { Points } from '../points/points.ts';
import type { Program } from '../program/schema.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { type Instant, type LocalDate, localDateAt } from '../time.ts';
import type { ReachedLimit } from './reached-limit.ts';
import type { Review } from './review.ts';
import { countsFirst, firstKey } from './review-rules.ts';

type Limit = Program['redemption']['limits'][number];

/** What the keys of a limit's counters are made of: no id of a cap, which has no colon. */
export function limitName(id: string): string {
  return `redeem:${id}`;
}

function keysOf({ id, window }: Limit, day: LocalDate) {
  const points = figureKey(limitName(id), windowStart(window, day));
  return { points, times: `${points}n` };
}

function limitsOf({ redemption }: Program, unit: string): readonly Limit[] {
  return redemption.limits.filter((limit) => limit.unit === unit);
}

/** The limits whose window would hold more than the program allows. */
export function reachedLimits(
  program: Program,
  { unit, points }: Points,
  { standing: { counters } }: Balance,
  today: LocalDate,
): ReachedLimit[] {
  return limitsOf(program, unit).flatMap((limit) => {
    const keys = keysOf(limit, today);
    const pointsLeft = roomLeft(limit.maximumPoints, counters.get(keys.points));
    const timesLeft = roomLeft(limit.maximumTimes, counters.get(keys.times));
    const hasRoom = (pointsLeft ?? points) >= points && (timesLeft ?? 1n) >= 1n;
    if (hasRoom) return [];
    const { id, window } = limit;
    return {
      ...{ limit: id, unit, window },
      ...(pointsLeft !== undefined && { pointsLeft }),
      ...(timesLeft !== undefined && { timesLeft }),
      ...(window !== 'lifetime' && { resetsOn: windowEnd(window, today) }),
    };
  });
}

/** Nothing is left where a new version of the program allows less than was used before it. */
function roomLeft(maximum: number | undefined, used = 0n): bigint | undefined {
  if (maximum === undefined) return undefined;
  const left = BigInt(maximum) - used;
  return left > 0n ? left : 0n;
}

/** `LIMIT_REACHED` where a window would hold more than the program allows; it names the limits. */
export function refuseByLimits(
  program: Program,
  asked: Points,
  balance: Balance,
  today: LocalDate,
): Refusal | undefined {
  const limits = reachedLimits(program, asked, balance, today);
  return limits.length === 0 ? undefined : { ...refusal('LIMIT_REACHED'), limits };
}

/** What a redemption is counted in, by counter key. */
function countedIn(program: Program, { unit, points }: Points, day: LocalDate) {
  return limitsOf(program, unit).flatMap((limit): [string, bigint][] => {
    const keys = keysOf(limit, day);
    return [
      ...(limit.maximumPoints === undefined ? [] : [[keys.points, points] as [string, bigint]]),
      ...(limit.maximumTimes === undefined ? [] : [[keys.times, 1n] as [string, bigint]]),
    ];
  });
}

/** Counters of a hold: its own go up, those of windows that are over leave in the same write. */
export function limitFigures(
  program: Program,
  asked: Points,
  { standing: { counters } }: Balance,
  today: LocalDate,
): Pick<BalanceMove, 'counters' | 'stale'> {
  const own = new Map(countedIn(program, asked, today));
  const over = limitsOf(program, asked.unit).flatMap((limit) => {
    if (limit.window === 'lifetime') return [];
    const prefix = figureKey(limitName(limit.id), undefined);
    const { points, times } = keysOf(limit, today);
    // A clock that lags a little must not end the window that another one has begun.
    const isOver = (key: string) => key.startsWith(prefix) && key < points && key !== times;
    return [...counters.keys()].filter(isOver);
  });
  const stale = over.length === 0 ? {} : { stale: { today, counters: over, metrics: [] } };
  return { counters: own, ...stale };
}

interface HeldPoints extends Points {
  readonly entry: { readonly occurredAt: Instant };
}

/**
 * What a release gives back of the counters that the hold went into: never more than stands there,
 * and nothing to a window that is over.
 */
export function releaseFigures(
  hold: HeldPoints,
  program: Program,
  { standing }: Balance,
  review?: Review,
): Pick<BalanceMove, 'counters' | 'relied'> {
  // What somebody else paid for was counted nowhere.
  if (hold.points === 0n) return {};
  const day = localDateAt(hold.entry.occurredAt, program.timeZone);
  const isCounted = countsFirst(program) && (review === undefined || review.state === 'released');
  const back = [
    ...countedIn(program, hold, day),
    ...(isCounted ? [[firstKey, 1n] as [string, bigint]] : []),
  ].flatMap(([key, amount]): [string, bigint][] => {
    const stands = standing.counters.get(key) ?? 0n;
    const given = amount < stands ? amount : stands;
    return given > 0n ? [[key, -given]] : [];
  });
  const keys = back.map(([key]) => key);
  const relied = {
    counters: new Set(keys),
    metrics: new Set<string>(),
    cooldowns: new Set<string>(),
  };
  return { counters: new Map(back), relied };
}
