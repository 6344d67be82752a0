import { parseReference } from '../../../domain/redemption/reference.ts';
import { addMs, type Instant, parseInstant } from '../../../domain/time.ts';
import type { UndoneHint } from '../../../ports/provider.ts';
import { ProviderUnavailableError } from '../../../ports/provider-unavailable.ts';
import { answerOf } from '../answer-of.ts';
import { isOwnNo } from '../http.ts';
import { identifierPattern } from '../wire-schemas.ts';
import type { PayPalCalls } from './calls.ts';
import type { TransactionReply } from './reply.ts';
import { longestWindowMs, type Period, provider, windowsOf } from './transactions.ts';

/** What came back of payouts: a reversal, of which no webhook tells, and a refund. */
const codes = ['T1114', 'T1115'] as const;

/**
 * What the books of the period say has come back. A line there need not have our id: then what it
 * came back of is looked for by PayPal's id. Throws `ProviderUnavailableError`.
 */
export async function* undone(calls: PayPalCalls, period: Period): AsyncGenerator<UndoneHint> {
  for (const code of codes) {
    for (const { transactions } of windowsOf(calls, period, { transaction_type: code })) {
      for await (const info of transactions) yield await hintOf(calls, info);
    }
  }
}

async function hintOf(calls: PayPalCalls, info: TransactionReply): Promise<UndoneHint> {
  const { transaction_id: webhookId } = info;
  const reference = ownReference(info) ?? (await referenceOfOriginal(calls, info));
  if (reference === undefined) return { kind: 'unnamed', webhookId };
  return { kind: 'reference', webhookId, reference };
}

/** No page says which of the fields for the ids of the sender has ours. */
function ownReference({ custom_field, invoice_id }: TransactionReply): string | undefined {
  const named = [custom_field, invoice_id].find((text) => text && parseReference(text));
  return named ?? undefined;
}

async function referenceOfOriginal(
  calls: PayPalCalls,
  info: TransactionReply,
): Promise<string | undefined> {
  const original = info.paypal_reference_id ?? '';
  if (!identifierPattern.test(original)) return undefined;
  return (await referenceOfItem(calls, original)) ?? referenceInBooks(calls, info, original);
}

/** Where PayPal takes the id of a transaction for that of its item, which no page promises. */
async function referenceOfItem(calls: PayPalCalls, id: string): Promise<string | undefined> {
  const reply = await calls.getItem(id);
  if (isOwnNo(reply, 404) || isOwnNo(reply, 400)) return undefined;
  const item = answerOf(provider, reply);
  if (item.payout_item_id !== id && item.transaction_id !== id) return undefined;
  const ours = [item.payout_item.sender_item_id, item.sender_batch_id];
  return ours.find((text) => text && parseReference(text)) ?? undefined;
}

/** How far back payouts are looked for that came back: PayPal's own cases are open for 180 days. */
const originalWindows = 6;

/** The payment itself, where our id may stand although it does not with what came back. */
async function referenceInBooks(
  calls: PayPalCalls,
  info: TransactionReply,
  original: string,
): Promise<string | undefined> {
  let to = addMs(instantOfLine(info), 1);
  for (let window = 1; window <= originalWindows; window += 1) {
    const from = addMs(to, -longestWindowMs);
    for (const { transactions } of windowsOf(calls, { from, to }, { transaction_id: original })) {
      for await (const each of transactions) {
        const named = each.transaction_id === original ? ownReference(each) : undefined;
        if (named !== undefined) return named;
      }
    }
    to = from;
  }
  return undefined;
}

function instantOfLine({ transaction_initiation_date: text }: TransactionReply): Instant {
  const at = parseInstant(text);
  if (at === undefined) throw new ProviderUnavailableError(provider);
  return at;
}
