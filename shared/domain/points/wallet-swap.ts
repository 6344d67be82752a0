import type { ExchangeRecord } from '../ledger/entry.ts';
import { exchangeRecord, toldExchange } from '../ledger/exchange.ts';
import { type Decision, emptyDecision, type Movement } from '../member/decision.ts';
import { rounded } from '../money/fraction.ts';
import type { Exchange, Program } from '../program/schema.ts';
import { freshRate } from '../rates/fresh-rate.ts';
import type { RateBook } from '../rates/rate-book.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import type { Instant, LocalDate } from '../time.ts';
import { lotFor } from './expiry.ts';

/** By what points become money in a wallet, or money points. */
export interface SwapTerms {
  readonly program: Program;
  readonly exchange: Exchange;
  readonly rates: RateBook;
  /** The day of the rate, which whoever asks does not choose. */
  readonly on: LocalDate;
}

export interface UnitAmount {
  readonly unit: string;
  readonly points: bigint;
}

/** What is given and got, and how money changed its currency in between, where it did. */
export interface Swap {
  readonly give: UnitAmount;
  readonly get: UnitAmount;
  readonly exchange?: ExchangeRecord;
}

/**
 * So many minor units of the exchange's currency by its rounding; then down into the wallet.
 * Refusals, as of the next one too: `BELOW_MINIMUM`, and those of a rate.
 */
export function pointsToWallet(
  terms: SwapTerms,
  points: bigint,
  wallet: string,
): Result<Swap, Refusal> {
  const { exchange } = terms;
  const { unit, minimum = 1 } = exchange;
  if (points < BigInt(minimum)) return failure(refusal('BELOW_MINIMUM', 'data.amount'));
  const numerator = points * BigInt(exchange.amountMinor);
  const worth = rounded({ numerator, denominator: BigInt(exchange.points) }, exchange.rounding);
  const money = inCurrency(terms, { unit: exchange.currency, points: worth }, wallet);
  return money.ok ? swapOf({ unit, points }, money.value) : money;
}

/** Down into the exchange's currency; then so many points by its rounding. */
export function walletToPoints(terms: SwapTerms, give: UnitAmount): Result<Swap, Refusal> {
  const { exchange } = terms;
  const money = inCurrency(terms, give, exchange.currency);
  if (!money.ok) return money;
  const { minimum = 1, unit } = exchange;
  const worth = money.value.amount.points;
  if (worth < BigInt(minimum)) return failure(refusal('BELOW_MINIMUM', 'data.amount'));
  const numerator = worth * BigInt(exchange.points);
  const amount = { numerator, denominator: BigInt(exchange.amountMinor) };
  const got = { unit, points: rounded(amount, exchange.rounding) };
  return swapOf(give, { ...money.value, amount: got });
}

interface Got {
  readonly amount: UnitAmount;
  readonly exchange?: ExchangeRecord;
}

function swapOf(give: UnitAmount, { amount, ...rest }: Got): Result<Swap, Refusal> {
  if (amount.points === 0n) return failure(refusal('BELOW_MINIMUM', 'data.amount'));
  return success({ give, get: amount, ...rest });
}

/**
 * Down: in slices as small as they like, members would gain from any other rounding.
 */
function inCurrency(
  { program, rates, on }: SwapTerms,
  { unit: from, points: fromMinor }: UnitAmount,
  to: string,
): Result<Got, Refusal> {
  if (from === to) return success({ amount: { unit: to, points: fromMinor } });
  const { staleDays } = program.money;
  const rate = freshRate(rates, { from, to, on, staleDays });
  if (!rate.ok) return failure(refusal(rate.failure.code, 'data.wallet'));
  const exchange = exchangeRecord(fromMinor, rate.value, 'down');
  return success({ amount: { unit: to, points: exchange.toMinor }, exchange });
}

/** Books a swap that the balance covers; what it gets falls into the lot of `now`. */
export function swapDecision(
  { program, member, now }: { program: Program; member: string; now: Instant },
  { give, get, exchange }: Swap,
  { inputs: told, ...explained }: Decision['explanation'],
): Decision {
  const account = 'converted';
  const movements: Movement[] = [
    { kind: 'take', member, ...give, to: account, uncovered: 'case' },
    ...(exchange === undefined
      ? []
      : [{ kind: 'exchange', member, unit: exchange.to, through: account, exchange } as const]),
    { kind: 'credit', member, ...get, lot: lotFor(program, get.unit, now), from: account },
  ];
  const inputs = {
    ...told,
    ...{ from: give.unit, amount: `${give.points}`, to: get.unit, gives: `${get.points}` },
    ...(exchange && { [`${exchange.from}-${exchange.to}`]: toldExchange(exchange) }),
  };
  return { ...emptyDecision('exchange', { ...explained, inputs }), movements };
}
