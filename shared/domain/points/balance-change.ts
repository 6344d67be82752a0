import type { Leg, LotKey } from '../ledger/entry.ts';
import type { TierStanding } from '../member/standing.ts';
import type { Balance } from './balance.ts';
import { guardsOf } from './balance-guards.ts';
import { applyMove } from './balance-move.ts';
import type { StaleFigures } from './stale-figures.ts';

/** What must still hold of the stored balance for a change to apply; anything else is stale. */
export interface BalanceGuards {
  /** The debt must be exactly this. */
  readonly debt: bigint;
  /** No lot up to this key may have been expired meanwhile. */
  readonly notExpiredThrough?: LotKey;
  /** Each lot must hold at least this. */
  readonly lotAtLeast?: ReadonlyMap<LotKey, bigint>;
  /** Each lot must hold exactly this (zero: it may be absent). */
  readonly lotExactly?: ReadonlyMap<LotKey, bigint>;
  /** No lot may have been opened since: the count must be exactly this. */
  readonly lotsOpened?: bigint;
  /** The redeem version must be exactly this; the change adds one to it. */
  readonly redeemVersion?: bigint;
  /** Each must be exactly this (zero: it may be absent). */
  readonly countersExactly?: ReadonlyMap<string, bigint>;
  readonly metricsExactly?: ReadonlyMap<string, bigint>;
  readonly cooldownsExactly?: ReadonlyMap<string, bigint>;
  /** The day until which activity keeps the points must be this; `null`: none was set. */
  readonly activeUntil?: LotKey | null;
  readonly warnedThrough?: LotKey | null;
  /** The tier's version must be exactly this; zero: there is no tier yet. */
  readonly tierVersion?: bigint;
}

/** What one posting does to one balance: the sum of all its decisions. */
export interface BalanceMove {
  /** Of the whole posting; those of other members and units are skipped. */
  readonly legs: readonly Leg[];
  /** Sums by key. Figures and tier belong to the balance of the program's first unit. */
  readonly counters?: ReadonlyMap<string, bigint>;
  readonly metrics?: ReadonlyMap<string, bigint>;
  /** Epoch seconds by key. */
  readonly cooldowns?: ReadonlyMap<string, bigint>;
  /** Keys whose stored figure a decision relied on. */
  readonly relied?: {
    readonly counters: ReadonlySet<string>;
    readonly metrics: ReadonlySet<string>;
    readonly cooldowns: ReadonlySet<string>;
  };
  readonly tier?: TierStanding | undefined;
  /** An activity: the points live until then, or longer by another; `neverLot`: all have ended. */
  readonly activeUntil?: LotKey | undefined;
  readonly warnedThrough?: LotKey | undefined;
  /** Every lot up to this one is closed. */
  readonly expiredThrough?: LotKey | undefined;
  /** What is over goes in the same write. */
  readonly stale?: StaleFigures;
  /** Counts as a redemption: nobody else may have redeemed since the balance was read. */
  readonly redeems?: true;
}

/** One conditional update of a balance: signed differences, so that independent credits commute. */
export interface BalanceChange {
  readonly program: string;
  readonly member: string;
  readonly unit: string;
  readonly lots: ReadonlyMap<LotKey, bigint>;
  readonly debt: bigint;
  readonly pending: bigint;
  /** Never takes more than the bucket holds. */
  readonly vesting: ReadonlyMap<LotKey, bigint>;
  /** Adds one to the count of opened lots. */
  readonly opensLot?: true;
  readonly counters: ReadonlyMap<string, bigint>;
  readonly metrics: ReadonlyMap<string, bigint>;
  /** Replaced, not added to. */
  readonly cooldowns: ReadonlyMap<string, bigint>;
  readonly tier?: TierStanding;
  readonly activeUntil?: LotKey;
  readonly warnedThrough?: LotKey;
  /** Closes every lot up to this one. */
  readonly expiredThrough?: LotKey;
  /** Removed: lots and vesting days that are over, zero after the change; figures of the past. */
  readonly removedLots: readonly LotKey[];
  readonly removedVesting: readonly LotKey[];
  readonly removedCounters: readonly string[];
  readonly removedMetrics: readonly string[];
  readonly guards: BalanceGuards;
}

export interface BalanceOwner {
  readonly program: string;
  readonly member: string;
  readonly unit: string;
}

/**
 * The change that turns a balance that was read as `read` into what `applyMove` makes of it, or
 * `undefined` when that is the same. Credits to a member without debt demand nothing but that there
 * is still no debt and that their lot is still open, so concurrent ones never refuse each other;
 * whatever takes points or touches debt, and whatever was relied on, demands what was read.
 */
export function balanceChange(
  read: Balance,
  move: BalanceMove,
  owner: BalanceOwner,
): BalanceChange | undefined {
  const after = applyMove(read, move, owner);
  const change: Unguarded = {
    program: owner.program,
    member: owner.member,
    unit: owner.unit,
    lots: differences(read.lots, after.lots),
    debt: after.debt - read.debt,
    pending: after.pending - read.pending,
    vesting: differences(read.vesting, after.vesting),
    ...figureChanges(read, after),
    ...replaced(read, after),
    ...(move.tier !== undefined && { tier: move.tier }),
    ...(countsLot(read, after, { ...owner, legs: move.legs }) && { opensLot: true }),
    removedLots: missing(read.lots, after.lots),
    removedVesting: missing(read.vesting, after.vesting),
    removedCounters: missing(read.standing.counters, after.standing.counters),
    removedMetrics: missing(read.standing.metrics, after.standing.metrics),
  };
  if (!changesSomething(change)) return undefined;
  return { ...change, guards: guardsOf(read, move, change) };
}

/** As `balanceChange`, and counted as a redemption; `figures` are what it is counted in. */
export function redeemChange(
  read: Balance,
  legs: readonly Leg[],
  owner: BalanceOwner,
  figures: Omit<BalanceMove, 'legs'> = {},
): BalanceChange {
  const move = { ...figures, legs, redeems: true as const };
  return balanceChange(read, move, owner) ?? unchanged(read, owner);
}

function unchanged({ debt, redeemVersion }: Balance, owner: BalanceOwner): BalanceChange {
  const nothing = { lots: new Map(), vesting: new Map(), counters: new Map(), metrics: new Map() };
  return {
    ...{ ...owner, ...nothing, debt: 0n, pending: 0n, cooldowns: new Map() },
    guards: { debt, redeemVersion },
    ...{ removedLots: [], removedVesting: [], removedCounters: [], removedMetrics: [] },
  };
}

type Unguarded = Omit<BalanceChange, 'guards'>;
type Amounts<Key> = ReadonlyMap<Key, bigint>;

const nothingGone: readonly never[] = [];

function differences<Key>(before: Amounts<Key>, after: Amounts<Key>): Map<Key, bigint> {
  const changed = new Map<Key, bigint>();
  if (before === after) return changed;
  for (const [key, amount] of after) {
    const added = amount - (before.get(key) ?? 0n);
    if (added !== 0n) changed.set(key, added);
  }
  for (const [key, amount] of before) {
    if (amount !== 0n && !after.has(key)) changed.set(key, -amount);
  }
  return changed;
}

function missing<Key>(before: Amounts<Key>, after: Amounts<Key>): readonly Key[] {
  if (before === after) return nothingGone;
  return [...before.keys()].filter((key) => !after.has(key));
}

/**
 * Whether a lot or a vesting day began or ended; see `Balance.lotsOpened`. What ended and was
 * filled again by the same posting shows in the legs only.
 */
function countsLot(
  read: Balance,
  after: Balance,
  posted: BalanceOwner & Pick<BalanceMove, 'legs'>,
): boolean {
  const opened = [...after.lots].some(([lot, points]) => points > 0n && !read.lots.has(lot));
  const ended = missing(read.lots, after.lots).some((lot) => (read.lots.get(lot) ?? 0n) > 0n);
  return opened || ended || endsDay(posted);
}

/** Whether points leave a vesting day, or a lot as breakage. */
function endsDay({ legs, member, unit }: BalanceOwner & Pick<BalanceMove, 'legs'>): boolean {
  const ofUnit = legs.filter((leg) => leg.unit === unit);
  const breaks = ofUnit.some(({ account }) => account.kind === 'breakage');
  return ofUnit.some(({ account, amount }) => {
    if (amount >= 0n || !('member' in account) || account.member !== member) return false;
    if (account.kind === 'pending') return account.vestOn !== undefined;
    return account.kind === 'lot' && breaks;
  });
}

/** Figures of the past that go are no differences. */
function figureChanges({ standing: before }: Balance, { standing: after }: Balance) {
  const counters = missing(before.counters, after.counters);
  const metrics = missing(before.metrics, after.metrics);
  return {
    counters: without(differences(before.counters, after.counters), counters),
    metrics: without(differences(before.metrics, after.metrics), metrics),
    cooldowns: new Map(
      [...after.cooldowns].filter(([key, seconds]) => before.cooldowns.get(key) !== seconds),
    ),
  };
}

function without(amounts: Map<string, bigint>, keys: readonly string[]): Map<string, bigint> {
  for (const key of keys) amounts.delete(key);
  return amounts;
}

/** Days that are replaced. */
function replaced(before: Balance, after: Balance) {
  const { activeUntil, warnedThrough, expiredThrough } = after;
  return {
    ...(activeUntil !== undefined && activeUntil !== before.activeUntil && { activeUntil }),
    ...(warnedThrough !== undefined && warnedThrough !== before.warnedThrough && { warnedThrough }),
    ...(expiredThrough !== undefined &&
      expiredThrough !== before.expiredThrough && { expiredThrough }),
  };
}

/**
 * Removing what is over is not worth a write of its own. A day that came and ended at once is: its
 * entry has been named by the count.
 */
function changesSomething(change: Unguarded): boolean {
  const { lots, vesting, counters, metrics, cooldowns, debt, pending } = change;
  const { tier, activeUntil, warnedThrough, expiredThrough, opensLot } = change;
  const marks = [tier, activeUntil, warnedThrough, expiredThrough, opensLot];
  return (
    [lots, vesting, counters, metrics, cooldowns].some(({ size }) => size > 0) ||
    debt !== 0n ||
    pending !== 0n ||
    marks.some((mark) => mark !== undefined)
  );
}
