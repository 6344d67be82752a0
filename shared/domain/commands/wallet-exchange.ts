import * as z from 'zod/mini';
import type { ExchangeRecord } from '../ledger/entry.ts';
import { exchangeRecord, toldExchange } from '../ledger/exchange.ts';
import { type Decision, emptyDecision, type Movement } from '../member/decision.ts';
import { profileOf } from '../member/profile.ts';
import { balanceIn } from '../member/snapshot.ts';
import { refuseHolder } from '../member/wallet.ts';
import { isWallet, otherwiseCurrencyOf, walletCurrencyOf } from '../member/wallet-currency.ts';
import { isCurrency, isRetired } from '../money/currency.ts';
import { rounded } from '../money/fraction.ts';
import { available } from '../points/balance.ts';
import { lotFor } from '../points/expiry.ts';
import { text } from '../program/schema/shapes.ts';
import type { Exchange } from '../program/schema.ts';
import { freshRate } from '../rates/fresh-rate.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { type LocalDate, localDateAt } from '../time.ts';
import { type CommandInput, commandHandler } from './command.ts';

const walletExchange = z.strictObject({
  /** One of the program's exchanges. */
  exchange: text,
  /** What is given, as digits: points, or minor units of the wallet. */
  amount: z.string().check(z.regex(/^[1-9]\d{0,17}$/, 'digits of a whole amount')),
  /** Another wallet than the one that the program keeps the member's money in. */
  wallet: z.optional(text),
});
type Input = CommandInput<z.output<typeof walletExchange>>;

/** Points become money in a wallet, or money points: whole, or not at all, by the terms of now. */
const exchanged = commandHandler({
  decidedBy: 'versionOfNow',
  data: walletExchange,
  decide: (input: Input): Result<Decision, Refusal> => {
    const { current: program, data, member } = input;
    const exchange = program.exchanges.find(({ id }) => id === data.exchange);
    if (exchange === undefined) return failure(refusal('UNKNOWN_EXCHANGE', 'data.exchange'));
    const wallet = walletOf(input, exchange);
    if (!wallet.ok) return wallet;
    for (const unit of [exchange.unit, wallet.value]) {
      const refused = refuseHolder(program, unit, member);
      if (refused !== undefined) return failure(refused);
    }
    const swap =
      exchange.direction === 'pointsToWallet'
        ? pointsToWallet(input, exchange, wallet.value)
        : walletToPoints(input, exchange, wallet.value);
    return swap.ok ? booked(input, exchange, swap.value) : swap;
  },
});

export const walletCommands = { 'wallet.exchanged': exchanged };

/** The wallet that the command names, or the one that money of the exchange is kept in. */
function walletOf(input: Input, { currency }: Exchange): Result<string, Refusal> {
  const { current: program, data, now } = input;
  const on = localDateAt(now, program.timeZone);
  const wallet = data.wallet ?? keptIn(input, currency, on);
  if (!isCurrency(wallet)) return failure(refusal('UNKNOWN_CURRENCY', 'data.wallet'));
  if (isRetired(wallet, on)) return failure(refusal('CURRENCY_RETIRED', 'data.wallet'));
  const isKnown = isWallet(program, wallet, on);
  return isKnown ? success(wallet) : failure(refusal('UNKNOWN_UNIT', 'data.wallet'));
}

function keptIn(
  { current: program, member, rates }: Input,
  eventCurrency: string,
  on: LocalDate,
): string {
  const wanted = walletCurrencyOf({ program, profile: profileOf(member), eventCurrency, on });
  const { staleDays } = program.money;
  const leads = rates.rateAt({ from: eventCurrency, to: wanted, on, staleDays }).ok;
  return leads ? wanted : otherwiseCurrencyOf(program, on);
}

/** What is given and got, and how money changed its currency in between, where it did. */
interface Swap {
  readonly give: UnitAmount;
  readonly get: UnitAmount;
  readonly exchange?: ExchangeRecord;
}

interface UnitAmount {
  readonly unit: string;
  readonly points: bigint;
}

/** So many minor units of the exchange's currency by its rounding; then down into the wallet. */
function pointsToWallet(input: Input, exchange: Exchange, wallet: string): Result<Swap, Refusal> {
  const points = BigInt(input.data.amount);
  const { unit, minimum = 1 } = exchange;
  if (points < BigInt(minimum)) return failure(refusal('BELOW_MINIMUM', 'data.amount'));
  const numerator = points * BigInt(exchange.amountMinor);
  const worth = rounded({ numerator, denominator: BigInt(exchange.points) }, exchange.rounding);
  const money = inCurrency(input, { unit: exchange.currency, points: worth }, wallet);
  return money.ok ? swapOf({ unit, points }, money.value) : money;
}

/** Down into the exchange's currency; then so many points by its rounding. */
function walletToPoints(input: Input, exchange: Exchange, wallet: string): Result<Swap, Refusal> {
  const give = { unit: wallet, points: BigInt(input.data.amount) };
  const money = inCurrency(input, give, exchange.currency);
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
 * By the rate of today, which whoever asks does not choose, and down: in slices as small as they
 * like, members would gain from any other rounding.
 */
function inCurrency(
  { current, now, rates }: Input,
  { unit: from, points: fromMinor }: UnitAmount,
  to: string,
): Result<Got, Refusal> {
  if (from === to) return success({ amount: { unit: to, points: fromMinor } });
  const { staleDays } = current.money;
  const on = localDateAt(now, current.timeZone);
  const rate = freshRate(rates, { from, to, on, staleDays });
  if (!rate.ok) return failure(refusal(rate.failure.code, 'data.wallet'));
  const exchange = exchangeRecord(fromMinor, rate.value, 'down');
  return success({ amount: { unit: to, points: exchange.toMinor }, exchange });
}

/** Takes only what can be spent now: what vested by today is booked before. */
function booked(
  { current: program, member: { member, ...snapshot }, now }: Input,
  { id, direction }: Exchange,
  { give, get, exchange }: Swap,
): Result<Decision, Refusal> {
  const today = localDateAt(now, program.timeZone);
  const balance = balanceIn({ member, ...snapshot }, give.unit);
  if (available(balance, today) < give.points) {
    const code = direction === 'pointsToWallet' ? 'INSUFFICIENT_POINTS' : 'INSUFFICIENT_BALANCE';
    return failure(refusal(code, 'data.amount'));
  }
  const account = 'converted';
  const movements: Movement[] = [
    { kind: 'take', member, ...give, to: account, uncovered: 'case' },
    ...(exchange === undefined
      ? []
      : [{ kind: 'exchange', member, unit: exchange.to, through: account, exchange } as const]),
    { kind: 'credit', member, ...get, lot: lotFor(program, get.unit, now), from: account },
  ];
  const inputs = {
    ...{ from: give.unit, amount: `${give.points}`, to: get.unit, gives: `${get.points}` },
    ...(exchange && { [`${exchange.from}-${exchange.to}`]: toldExchange(exchange) }),
  };
  const explanation = { rule: id, reason: 'EXCHANGED', inputs };
  return success({ ...emptyDecision('exchange', explanation), movements });
}
