import type { Money } from '../../../domain/money/money.ts';
import { addMs, formatInstant, type Instant, parseInstant } from '../../../domain/time.ts';
import type { SettlementLine } from '../../../ports/provider.ts';
import { ProviderUnavailableError } from '../../../ports/provider-unavailable.ts';
import { answerOf } from '../answer-of.ts';
import { isReference } from '../order-request.ts';
import type { PayPalCalls } from './calls.ts';
import { reportedMoney, type TransactionReply } from './reply.ts';

const provider = 'paypal-payouts';

/** What can be paid out of, in each currency that the account keeps. */
export async function balances(calls: PayPalCalls): Promise<readonly Money[]> {
  const { balances: held } = answerOf(provider, await calls.getBalances());
  return held.map(({ available_balance: available, total_balance: total }) =>
    readable(reportedMoney(available ?? total)),
  );
}

/** The most that PayPal lists in one call, and the most on one page. */
const longestWindowMs = 31 * 86_400_000;
const pageSize = 500;

/**
 * The movements from `from` until before `to`, by the time they began. PayPal's books are up to
 * three hours behind: exact for a period that ended before that. A line that cannot be read makes
 * all of it unreadable. Throws `ProviderUnavailableError`.
 */
export async function* settlements(
  calls: PayPalCalls,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): AsyncGenerator<SettlementLine> {
  for (let start = from; start < to; start = addMs(start, longestWindowMs)) {
    const windowEnd = addMs(start, longestWindowMs);
    yield* linesWithin(calls, start, windowEnd < to ? windowEnd : to);
  }
}

async function* linesWithin(
  calls: PayPalCalls,
  from: Instant,
  to: Instant,
): AsyncGenerator<SettlementLine> {
  const period = { start_date: formatInstant(from), end_date: formatInstant(to) };
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const asked = { ...period, fields: 'transaction_info', page: String(page) };
    const query = new URLSearchParams({ ...asked, page_size: String(pageSize) });
    const body = answerOf(provider, await calls.listTransactions(query));
    pages = pageCount(body.total_pages.text);
    for (const { transaction_info: info } of body.transaction_details) {
      if (info.transaction_status === denied) continue;
      for (const line of linesOf(info)) if (line.at >= from && line.at < to) yield line;
    }
  }
}

function pageCount(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new ProviderUnavailableError(provider);
  return Number(text);
}

/** Nothing has moved. */
const denied = 'D';

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
