import { shortKey } from '../member/figure-key.ts';
import type { Balance } from '../points/balance.ts';
import type { BalanceMove } from '../points/balance-change.ts';
import type { Program } from '../program/schema.ts';
import type { Instant } from '../time.ts';

type ReviewRule = Program['redemption']['reviews'][number];

interface AskedNow {
  readonly points: bigint;
  readonly now: Instant;
}

const hourSeconds = 3600n;

/**
 * Redemptions of a unit that were let go and not given back: while there is none, the next one is a
 * first. One under review counts once a person has let it go.
 */
export const firstName = 'redeem:first';
export const firstKey = shortKey(firstName);

export function countsFirst({ redemption }: Program): boolean {
  return redemption.reviews.some(({ first }) => first === true);
}

/**
 * The instants of the last redemptions of a unit lie in a ring, as long as the largest number that
 * a rule asks for; the redeem version says which place is whose.
 */
export function ringLength({ redemption }: Pick<Program, 'redemption'>): number {
  return Math.max(0, ...redemption.reviews.map(({ velocity }) => velocity?.times ?? 0));
}

export function ringNames({ redemption }: Pick<Program, 'redemption'>): string[] {
  const length = ringLength({ redemption });
  return Array.from({ length }, (_, place) => ringName(length, BigInt(place)));
}

/** With the length in it: another version's ring is another one. */
function ringName(length: number, place: bigint): string {
  return `redeem:velocity:${length}:${place}`;
}

function placeInRing(length: number, redemption: bigint): string {
  return shortKey(ringName(length, redemption % BigInt(length)));
}

/** Ids of the rules by which a person must look at it first: every condition of each holds. */
export function reviewRules(program: Program, asked: AskedNow, balance: Balance): string[] {
  const { reviews } = program.redemption;
  const isMeant = (rule: ReviewRule) =>
    (rule.fromPoints === undefined || asked.points >= BigInt(rule.fromPoints)) &&
    (rule.first === undefined || (balance.standing.counters.get(firstKey) ?? 0n) <= 0n) &&
    (rule.velocity === undefined || isFast(program, rule.velocity, asked, balance));
  return reviews.filter(isMeant).map(({ id }) => id);
}

function isFast(
  program: Program,
  { times, hours }: NonNullable<ReviewRule['velocity']>,
  { now }: AskedNow,
  { redeemVersion, standing }: Balance,
): boolean {
  const earlier = redeemVersion - BigInt(times);
  if (earlier < 0n) return false;
  const at = standing.cooldowns.get(placeInRing(ringLength(program), earlier));
  return at !== undefined && at > epochSeconds(now) - BigInt(hours) * hourSeconds;
}

/** What a hold leaves for the rules to come. */
export function reviewFigures(
  program: Program,
  { now, isReviewed }: { readonly now: Instant; readonly isReviewed: boolean },
  { redeemVersion }: Balance,
): { readonly counters: ReadonlyMap<string, bigint> } & Pick<BalanceMove, 'cooldowns'> {
  const length = ringLength(program);
  const counters = new Map(countsFirst(program) && !isReviewed ? [[firstKey, 1n]] : []);
  if (length === 0) return { counters };
  const place = placeInRing(length, redeemVersion);
  return { counters, cooldowns: new Map([[place, epochSeconds(now)]]) };
}

function epochSeconds(instant: Instant): bigint {
  return BigInt(Math.floor(instant / 1000));
}
