import * as z from 'zod/mini';
import type { Decision } from '../member/decision.ts';
import { profileOf } from '../member/profile.ts';
import { balanceIn } from '../member/snapshot.ts';
import { refuseHolder } from '../member/wallet.ts';
import { isWallet, otherwiseCurrencyOf, walletCurrencyOf } from '../member/wallet-currency.ts';
import { isCurrency, isRetired } from '../money/currency.ts';
import { available } from '../points/balance.ts';
import { pointsToWallet, type Swap, swapDecision, walletToPoints } from '../points/wallet-swap.ts';
import { text } from '../program/schema/shapes.ts';
import type { Exchange } from '../program/schema.ts';
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
    const { current: program, data, member, now, rates } = input;
    const exchange = program.exchanges.find(({ id }) => id === data.exchange);
    if (exchange === undefined) return failure(refusal('UNKNOWN_EXCHANGE', 'data.exchange'));
    const wallet = walletOf(input, exchange);
    if (!wallet.ok) return wallet;
    for (const unit of [exchange.unit, wallet.value]) {
      const refused = refuseHolder(program, unit, member);
      if (refused !== undefined) return failure(refused);
    }
    const on = localDateAt(now, program.timeZone);
    const terms = { program, exchange, rates, on };
    const amount = BigInt(data.amount);
    const swap =
      exchange.direction === 'pointsToWallet'
        ? pointsToWallet(terms, amount, wallet.value)
        : walletToPoints(terms, { unit: wallet.value, points: amount });
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

/** Takes only what can be spent now: what vested by today is booked before. */
function booked(
  { current: program, member, now }: Input,
  { id, direction }: Exchange,
  swap: Swap,
): Result<Decision, Refusal> {
  const { give } = swap;
  const today = localDateAt(now, program.timeZone);
  if (available(balanceIn(member, give.unit), today) < give.points) {
    const code = direction === 'pointsToWallet' ? 'INSUFFICIENT_POINTS' : 'INSUFFICIENT_BALANCE';
    return failure(refusal(code, 'data.amount'));
  }
  const explanation = { rule: id, reason: 'EXCHANGED' };
  return success(swapDecision({ program, member: member.member, now }, swap, explanation));
}
