import { localDayAt } from '../../domain/earning/local-day.ts';
import { assertBalanced, type Entry, type Leg } from '../../domain/ledger/entry.ts';
import { holdLegs } from '../../domain/ledger/recipes.ts';
import { type Balance, needsSettling } from '../../domain/points/balance.ts';
import {
  type BalanceChange,
  type BalanceMove,
  redeemChange,
} from '../../domain/points/balance-change.ts';
import type { Program } from '../../domain/program/schema.ts';
import { limitFigures, refuseByLimits } from '../../domain/redemption/limits.ts';
import type { Review } from '../../domain/redemption/review.ts';
import { reviewFigures, reviewRules } from '../../domain/redemption/review-rules.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import { addMs, type Instant } from '../../domain/time.ts';
import type { Hold } from '../../ports/stores.ts';
import type { Agreed } from '../catalogue/price-request.ts';

/** What is held, for whom, and by which request. */
export interface HoldInput {
  readonly redemption: string;
  readonly member: string;
  readonly bodyHash: string;
  readonly agreed: Agreed;
  readonly sealedEmail: string;
  readonly sealedAddress: string | undefined;
  /** Nobody's points: no limit, and no review. */
  readonly isGift: boolean;
}

export interface PreparedHold {
  readonly hold: Hold;
  readonly change: BalanceChange;
  readonly review?: Review;
}

const minuteMs = 60_000;

/**
 * The write that sets the points aside, from the balance as it was read; `unsettled` where points
 * that became spendable today lie in no lot yet. Refusals: `INSUFFICIENT_POINTS`, `LIMIT_REACHED`.
 */
export function prepareHold(
  program: Program,
  { balance, now }: { readonly balance: Balance; readonly now: Instant },
  input: HoldInput,
): Result<PreparedHold | 'unsettled', Refusal> {
  const { agreed, member, redemption, isGift } = input;
  const { unit, points } = agreed;
  const today = localDayAt(now, program.timeZone).date;
  if (!isGift && needsSettling(balance, today)) return success('unsettled');
  const owner = { program: program.program, member, unit };
  const legs = isGift ? [] : holdLegs(balance, { ...owner, points }, today);
  if (legs === undefined) return failure(refusal('INSUFFICIENT_POINTS', 'amountMinor'));
  const limited = isGift ? undefined : refuseByLimits(program, agreed, balance, today);
  if (limited !== undefined) return failure(limited);
  assertBalanced(legs);
  const rules = isGift ? [] : reviewRules(program, { points, now }, balance);
  const figures = isGift
    ? {}
    : holdFigures(program, { agreed, balance, now, isReviewed: rules.length > 0 });
  const review: Review = {
    ...{ redemption, program: program.program, state: 'waiting', rules },
    ...{ openedAt: now, version: 1, decisions: [] },
  };
  return success({
    hold: holdOf(owner.program, { input, legs, now }),
    change: redeemChange(balance, legs, owner, figures),
    ...(rules.length > 0 && { review }),
  });
}

interface Figured {
  readonly agreed: Agreed;
  readonly balance: Balance;
  readonly now: Instant;
  readonly isReviewed: boolean;
}

function holdFigures(
  program: Program,
  { agreed, balance, now, isReviewed }: Figured,
): Omit<BalanceMove, 'legs'> {
  const today = localDayAt(now, program.timeZone).date;
  const limits = limitFigures(program, agreed, balance, today);
  const reviews = reviewFigures(program, { now, isReviewed }, balance);
  const counters = new Map([...(limits.counters ?? []), ...reviews.counters]);
  return { ...limits, ...reviews, counters };
}

interface Held {
  readonly input: HoldInput;
  readonly legs: readonly Leg[];
  readonly now: Instant;
}

function holdOf(program: string, { input, legs, now }: Held): Hold {
  const { redemption, member, bodyHash, agreed, sealedEmail, sealedAddress } = input;
  const { rewardId, value, country, unit, points, promisedMinutes, terms } = agreed;
  const entry: Entry = {
    key: { at: 'redemption', redemption, part: '0' },
    ...{ kind: 'hold', program, member, legs, bodyHash },
    occurredAt: now,
    postedAt: now,
    explanation: { rule: rewardId, reason: 'REDEEMED' },
  };
  return {
    ...{ redemption, entry, rewardId, country, unit, points, ...value, sealedEmail },
    ...(sealedAddress !== undefined && { sealedAddress }),
    terms: { ...terms, promisedBy: addMs(now, promisedMinutes * minuteMs) },
  };
}
