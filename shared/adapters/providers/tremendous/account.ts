import { createHash } from 'node:crypto';
import type { Money } from '../../../domain/money/money.ts';
import { formatInstant, type Instant, parseInstant } from '../../../domain/time.ts';
import type { SettlementLine } from '../../../ports/provider.ts';
import { ProviderUnavailableError } from '../../../ports/provider-unavailable.ts';
import { answerOf } from '../answer-of.ts';
import { moneyOf } from '../wire-money.ts';
import type { TremendousCalls } from './calls.ts';
import type { TransactionReply } from './reply.ts';

/** The most that Tremendous gives on one page. */
const pageSize = 500;

/**
 * The source by itself: in the list of sources a balance may be an old one. A source of credit
 * holds nothing. Throws `ProviderUnavailableError`.
 */
export async function balances(
  calls: TremendousCalls,
  fundingSource: string,
): Promise<readonly Money[]> {
  const reply = await calls.getFundingSource(fundingSource);
  const { method, meta } = answerOf('tremendous', reply).funding_source;
  if (method !== 'balance') return [];
  const { available_amount: amount, currency_code: currency } = meta;
  const money = amount && currency ? moneyOf(amount, currency) : undefined;
  if (money === undefined) throw new ProviderUnavailableError('tremendous');
  return [money];
}

/**
 * The movements from `from` until before `to`, newest first. Exact for a period that is over: pages
 * are counted off from the newest, so a list that grows meanwhile may show a line twice. A line
 * that cannot be read makes all of it unreadable. Throws `ProviderUnavailableError`.
 */
export async function* settlements(
  calls: TremendousCalls,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): AsyncGenerator<SettlementLine> {
  const period = { 'created_at[gte]': formatInstant(from), 'created_at[lte]': formatInstant(to) };
  const seen = new Map<string, number>();
  for (let offset = 0; ; ) {
    const page = { offset: String(offset), limit: String(pageSize), ...period };
    const reply = await calls.listTransactions(new URLSearchParams(page));
    const { transactions } = answerOf('tremendous', reply);
    if (transactions.length === 0) return;
    for (const transaction of transactions) {
      const line = lineOf(transaction, seen);
      if (line.at >= from && line.at < to) yield line;
    }
    offset += transactions.length;
  }
}

function lineOf(transaction: TransactionReply, seen: Map<string, number>): SettlementLine {
  const { created_at, amount: digits, currency_code, order } = transaction;
  const at = parseInstant(created_at);
  const amount = moneyOf(digits, currency_code);
  if (at === undefined || amount === undefined) throw new ProviderUnavailableError('tremendous');
  return {
    ...{ id: idOf(transaction, amount, seen), kind: kindOf(transaction, amount), at, amount },
    ...(order?.external_id && { reference: order.external_id }),
    ...(order?.id && { providerOrder: order.id }),
  };
}

/** By sign and by whether there is an order: the words in `action` are written down nowhere. */
function kindOf({ order }: TransactionReply, { amountMinor }: Money): SettlementLine['kind'] {
  if (order?.id) return amountMinor < 0n ? 'charge' : 'refund';
  return amountMinor < 0n ? 'other' : 'funding';
}

/** Tremendous gives a movement no id: it is made of what does not change, equals are counted. */
function idOf(
  { created_at, action, order }: TransactionReply,
  { amountMinor, currency }: Money,
  seen: Map<string, number>,
): string {
  const said = [created_at, action ?? '', `${amountMinor}`, currency, order?.id ?? ''];
  const text = JSON.stringify(said);
  const number = (seen.get(text) ?? 0) + 1;
  seen.set(text, number);
  return createHash('sha256').update(`${text}${number}`).digest('base64url').slice(0, 22);
}
