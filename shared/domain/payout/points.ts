import type { Entry, Explanation, Leg } from '../ledger/entry.ts';
import type { MemberSnapshot } from '../member/snapshot.ts';
import { refuseHolder } from '../member/wallet.ts';
import { ceilingDivide } from '../money/fraction.ts';
import type { Money } from '../money/money.ts';
import {
  type Swap,
  type SwapTerms,
  type UnitAmount,
  walletToPoints,
} from '../points/wallet-swap.ts';
import type { Program } from '../program/schema.ts';
import { freshRate } from '../rates/fresh-rate.ts';
import type { RateBook } from '../rates/rate-book.ts';
import { invariant } from '../result.ts';
import type { Instant, LocalDate } from '../time.ts';
import { openRail, type PayoutHindrance, type PayoutQuestion } from './decide.ts';
import type { Rail } from './policy.ts';

export interface PlannedPoints {
  readonly rail: Rail;
  readonly swap: Swap;
}

export interface PointsQuestion extends Pick<PayoutQuestion, 'policy' | 'choice' | 'available'> {
  readonly program: Program;
  readonly holder: MemberSnapshot;
  readonly rates: RateBook;
  /** The day of the rate. */
  readonly on: LocalDate;
}

/**
 * What a wallet becomes by a rail of the kind `points`, or what stands in the way: by the terms of
 * an exchange that a member asks for. What does not fill a point stays in the wallet; an exchange
 * that rounds otherwise than down fills it. Nothing leaves the program, so that nobody is asked.
 */
export function planPoints(question: PointsQuestion): PlannedPoints | PayoutHindrance {
  const { program, holder, available, rates, on } = question;
  const open = openRail(question);
  if (typeof open === 'string') return open;
  const { rail, choice, least } = open;
  if (choice.donation !== undefined) return 'SHARE_NOT_OFFERED';
  const exchange = program.exchanges.find(({ id }) => id === rail.exchange);
  invariant(exchange?.direction === 'walletToPoints', 'A rail of points names such an exchange.');
  if (refuseHolder(program, exchange.unit, holder) !== undefined) return 'WALLET_OF_COMPANIES';
  if (available.amountMinor < least) return 'BELOW_THRESHOLD';
  const terms = { program, exchange, rates, on };
  const whole = { unit: available.currency, points: available.amountMinor };
  const most = walletToPoints(terms, whole);
  const swap = most.ok ? walletToPoints(terms, leastGiving(terms, most.value)) : most;
  if (swap.ok) return { rail, swap: swap.value };
  return swap.failure.code === 'BELOW_MINIMUM' ? 'BELOW_THRESHOLD' : 'RATE_MISSING';
}

/** The smallest part of what is given that the exchange takes and that becomes as many points. */
function leastGiving({ exchange, program, rates, on }: SwapTerms, { give, get }: Swap): UnitAmount {
  if (exchange.rounding !== 'down') return give;
  const price = ceilingDivide(get.points * BigInt(exchange.amountMinor), BigInt(exchange.points));
  const minimum = BigInt(exchange.minimum ?? 1);
  const worth = price < minimum ? minimum : price;
  const { unit: from } = give;
  if (from === exchange.currency) return { unit: from, points: worth };
  const { staleDays } = program.money;
  const rate = freshRate(rates, { from, to: exchange.currency, on, staleDays });
  invariant(rate.ok, 'What has been converted has a rate.');
  const { numerator, denominator } = rate.value.perMinor;
  return { unit: from, points: ceilingDivide(worth * denominator, numerator) };
}

/** Why an entry turned a wallet into points; with its kind, what its run is found by. */
export function pointsExplanation({ rail, run }: { rail: Rail; run: string }): Explanation {
  return { rule: rail.id, reason: paidOut, inputs: { run, exchange: rail.exchange ?? '' } };
}

const paidOut = 'PAID_OUT';

/** A payout in points, as its entry tells it. */
export interface PaidPoints {
  readonly member: string;
  readonly run: string;
  readonly rail: string;
  /** One of the program's. */
  readonly exchange: string;
  /** What left the wallet. */
  readonly given: Money;
  readonly got: UnitAmount;
  readonly paidAt: Instant;
  /** How money changed its currency in between, where it did. */
  readonly converted?: string;
  readonly legs: readonly Leg[];
}

/** `undefined` for every entry that is none. */
export function paidPointsOf(entry: Entry): PaidPoints | undefined {
  const { reason, rule: rail, inputs = {} } = entry.explanation;
  if (entry.kind !== 'exchange' || reason !== paidOut) return undefined;
  const { run, exchange, from, amount, to, gives, ...others } = inputs;
  const isWhole = run && rail && exchange && from && amount && to && gives;
  invariant(isWhole, 'What is paid in points says by which run, and how much.');
  const [converted] = Object.values(others);
  return {
    ...{ member: entry.member, run, rail, exchange, paidAt: entry.postedAt, legs: entry.legs },
    given: { amountMinor: BigInt(amount), currency: from },
    got: { unit: to, points: BigInt(gives) },
    ...(converted !== undefined && { converted }),
  };
}
