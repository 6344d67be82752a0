import type { Money } from '../../../domain/money/money.ts';
import { parseInstant } from '../../../domain/time.ts';
import type { SettlementLine } from '../../../ports/provider.ts';
import { ProviderUnavailableError } from '../../../ports/provider-unavailable.ts';
import { answerOf } from '../answer-of.ts';
import { isReference } from '../order-request.ts';
import type { PayPalCalls } from './calls.ts';
import { reportedMoney, type TransactionReply } from './reply.ts';
import { type Period, provider, windowsOf } from './transactions.ts';

/** What can be paid out of, in each currency that the account keeps. */
export async function balances(calls: PayPalCalls): Promise<readonly Money[]> {
  const { balances: held } = answerOf(provider, await calls.getBalances());
  return held.map(({ available_balance: available, total_balance: total }) =>
    readable(reportedMoney(available ?? total)),
  );
}

/**
 * The movements from `from` until before `to`, by the time they began. PayPal's books are up to
 * three hours behind: exact for a period that ended before that. A line that cannot be read makes
 * all of it unreadable. Throws `ProviderUnavailableError`.
 */
export async function* settlements(
  calls: PayPalCalls,
  period: Period,
): AsyncGenerator<SettlementLine> {
  for (const { from, to, transactions } of windowsOf(calls, period)) {
    for await (const info of transactions) {
      for (const line of linesOf(info)) if (line.at >= from && line.at < to) yield line;
    }
  }
}

/** T1105 and T1503 only set money aside and give it back: nothing of them stays. */
const kinds: ReadonlyMap<string, SettlementLine['kind']> = new Map([
  ['T0001', 'charge'],
  ['T1114', 'refund'],
  ['T1115', 'refund'],
]);

/** Deposits into the account. */
const fundingCodes = /^T03\d\d$/;

/**
 * The amount with its fee, as both leave the account at once; a fee in another currency is a line
 * of its own. No page says in which field our own id stands: either of the two is taken that are
 * there for the ids of the sender.
 */
function linesOf(info: TransactionReply): readonly SettlementLine[] {
  const { transaction_id: id, transaction_event_code: code, fee_amount } = info;
  const at = parseInstant(info.transaction_initiation_date);
  if (at === undefined) throw new ProviderUnavailableError(provider);
  const kind = kinds.get(code) ?? (fundingCodes.test(code) ? 'funding' : 'other');
  const reference = [info.custom_field, info.invoice_id].find((text) => text && isReference(text));
  const isAboutPayout = kind === 'charge' || kind === 'refund';
  const about = { kind, at, ...(isAboutPayout && reference && { reference }) } as const;
  const amount = readable(reportedMoney(info.transaction_amount));
  if (!fee_amount) return [{ ...about, id, amount }];
  const fee = readable(reportedMoney(fee_amount));
  if (fee.currency !== amount.currency) {
    return [
      { ...about, id, amount },
      { ...about, id: `${id}-fee`, amount: fee },
    ];
  }
  return [
    { ...about, id, amount: { ...amount, amountMinor: amount.amountMinor + fee.amountMinor } },
  ];
}

function readable(money: Money | undefined): Money {
  if (money === undefined) throw new ProviderUnavailableError(provider);
  return money;
}
