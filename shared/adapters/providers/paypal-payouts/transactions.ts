import { addMs, formatInstant, type Instant } from '../../../domain/time.ts';
import { ProviderUnavailableError } from '../../../ports/provider-unavailable.ts';
import { answerOf } from '../answer-of.ts';
import type { PayPalCalls } from './calls.ts';
import type { TransactionReply } from './reply.ts';

export const provider = 'paypal-payouts';

export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

export interface Window extends Period {
  readonly transactions: AsyncIterable<TransactionReply>;
}

/** The most that PayPal lists in one call, and the most on one page. */
export const longestWindowMs = 31 * 86_400_000;
const pageSize = 500;

/**
 * PayPal's books of a period, in windows of at most 31 days; `filter` has PayPal's own names. Both
 * ends of a window belong to it: what stands on the edge of two is in both.
 */
export function* windowsOf(
  calls: PayPalCalls,
  { from, to }: Period,
  filter: Readonly<Record<string, string>> = {},
): Generator<Window> {
  for (let start = from; start < to; start = addMs(start, longestWindowMs)) {
    const end = addMs(start, longestWindowMs);
    const window = { from: start, to: end < to ? end : to };
    yield { ...window, transactions: transactionsIn(calls, window, filter) };
  }
}

/** Nothing has moved. */
const denied = 'D';

async function* transactionsIn(
  calls: PayPalCalls,
  { from, to }: Period,
  filter: Readonly<Record<string, string>>,
): AsyncGenerator<TransactionReply> {
  const period = { start_date: formatInstant(from), end_date: formatInstant(to) };
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const asked = { ...period, ...filter, fields: 'transaction_info', page: String(page) };
    const query = new URLSearchParams({ ...asked, page_size: String(pageSize) });
    const body = answerOf(provider, await calls.listTransactions(query));
    pages = pageCount(body.total_pages.text);
    for (const { transaction_info: info } of body.transaction_details) {
      if (info.transaction_status !== denied) yield info;
    }
  }
}

function pageCount(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new ProviderUnavailableError(provider);
  return Number(text);
}
