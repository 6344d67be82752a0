import * as z from 'zod';
import { type Answer, answered } from '../common/answer.ts';
import { feeOf, hundredthsOf } from './amounts.ts';
import { refused } from './answer.ts';
import { movementsOf } from './progress.ts';
import { type BatchStore, batchIdOf, itemIdOf, type StoredBatch, takenAtMs } from './store.ts';
import { answerToNote } from './test-values.ts';
import { takenView } from './views.ts';

export interface Books {
  readonly store: BatchStore;
  readonly now: () => number;
  /** In each currency that the account keeps. */
  readonly openingHundredths: bigint;
  readonly heldCurrencies: ReadonlySet<string>;
  readonly baseUrl: () => string;
}

const purposes = [
  ...['CASHBACK', 'REBATES', 'AWARDS', 'PRIZES', 'DISCOUNTS', 'DONATIONS', 'GOODS', 'SERVICES'],
  'NON_GOODS_OR_SERVICES',
] as const;

const itemSchema = z.object({
  recipient_type: z.enum(['EMAIL', 'PHONE', 'PAYPAL_ID']),
  receiver: z.string().min(1).max(127),
  amount: z.object({ currency: z.string(), value: z.string() }),
  sender_item_id: z.string().max(63).optional(),
  note: z.string().max(4_000).optional(),
  purpose: z.enum(purposes).optional(),
});
const requestSchema = z.object({
  sender_batch_header: z.object({ sender_batch_id: z.string().min(1).max(256).optional() }),
  items: z.tuple([itemSchema]),
});
type Item = z.infer<typeof itemSchema>;

export interface Placed {
  readonly answer: Answer;
  /** Where it was taken. */
  readonly batch?: StoredBatch;
}

export function createBatch(books: Books, body: unknown, isStuck: boolean): Placed {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) return { answer: refused(400, 'INVALID_REQUEST') };
  const { sender_batch_header: header, items } = parsed.data;
  const [item] = items;
  const { currency, value } = item.amount;
  const hundredths = hundredthsOf(value, currency);
  const standing = standingBatch(books, header.sender_batch_id);
  const refusal =
    answerToNote(item.note ?? '') ??
    (standing && duplicate(standing)) ??
    invalid(item, hundredths) ??
    unpaid(books, currency, hundredths ?? 0n);
  if (refusal !== undefined || hundredths === undefined) {
    return { answer: refusal ?? refused(400, 'VALIDATION_ERROR') };
  }
  const number = books.store.nextNumber();
  const taken = { batch: 'PENDING', item: 'PENDING', atMs: books.now() } as const;
  const batch: StoredBatch = {
    ...{ number, id: batchIdOf(number), itemId: itemIdOf(number), currency, isStuck },
    ...{ senderBatchId: header.sender_batch_id ?? null, senderItemId: item.sender_item_id ?? null },
    ...{ recipientType: item.recipient_type, receiver: item.receiver, changes: [taken] },
    ...{ hundredths: String(hundredths), feeHundredths: String(feeOf(hundredths, currency)) },
  };
  books.store.put(batch);
  return { answer: answered(takenView({ batch, baseUrl: books.baseUrl() }), 201), batch };
}

const rememberedMs = 30 * 86_400_000;

/** An id is free again after thirty days. */
function standingBatch({ store, now }: Books, id: string | undefined): StoredBatch | undefined {
  const batch = id === undefined ? undefined : store.findBySender(id);
  return batch && takenAtMs(batch) + rememberedMs > now() ? batch : undefined;
}

/** The link is one of PayPal's own, whatever address it was asked at. */
function duplicate({ id }: StoredBatch): Answer {
  const href = `https://api.sandbox.paypal.com/v1/payments/payouts/${id}`;
  const issue = 'A batch stands under this sender_batch_id already';
  const link = [{ href, rel: 'self', method: 'GET' }];
  return refused(400, 'USER_BUSINESS_ERROR', [{ field: 'SENDER_BATCH_ID', issue, link }]);
}

function invalid(item: Item, hundredths: bigint | undefined): Answer | undefined {
  const { recipient_type: type, receiver } = item;
  const isReachable = type !== 'EMAIL' || /^[^@\s]+@[^@\s]+$/.test(receiver);
  if (hundredths !== undefined && isReachable) return undefined;
  const field = `items[0].${isReachable ? 'amount' : 'receiver'}`;
  return refused(400, 'VALIDATION_ERROR', [{ field, location: 'body', issue: 'Is not valid' }]);
}

function unpaid(books: Books, currency: string, hundredths: bigint): Answer | undefined {
  if (!books.heldCurrencies.has(currency)) return refused(400, 'NON_HOLDING_CURRENCY');
  const total = hundredths + feeOf(hundredths, currency);
  return total > balanceOf(books, currency) ? refused(422, 'INSUFFICIENT_FUNDS') : undefined;
}

/** What is left on the account in this currency. */
export function balanceOf({ store, openingHundredths }: Books, currency: string): bigint {
  return store
    .all()
    .flatMap(movementsOf)
    .filter((movement) => movement.currency === currency)
    .reduce((sum, it) => sum + it.hundredths + it.feeHundredths, openingHundredths);
}
