import { moneyText } from './amounts.ts';
import { transactionIdOf } from './progress.ts';
import { type Change, latest, type StoredBatch, takenAtMs } from './store.ts';

export interface Shown {
  readonly batch: StoredBatch;
  readonly baseUrl: string;
}

const timeText = (atMs: number) => new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');

function headerOf({ batch }: Shown): object {
  const { id, senderBatchId } = batch;
  return {
    ...{ payout_batch_id: id, batch_status: latest(batch).batch },
    ...{ time_created: timeText(takenAtMs(batch)) },
    sender_batch_header: senderBatchId === null ? {} : { sender_batch_id: senderBatchId },
  };
}

function linkTo({ batch: { id }, baseUrl }: Shown): object {
  return { href: `${baseUrl}/v1/payments/payouts/${id}`, rel: 'self', method: 'GET' };
}

/** The answer to a new batch: nothing of its items. */
export function takenView(shown: Shown): object {
  return { batch_header: headerOf(shown), links: [linkTo(shown)] };
}

export function batchView(shown: Shown): object {
  const { batch } = shown;
  const { currency } = batch;
  const money = (hundredths: bigint) => ({ currency, value: moneyText(hundredths, currency) });
  const change = latest(batch);
  const isWorkedOn = change.batch !== 'PENDING';
  const header = {
    ...headerOf(shown),
    ...{ funding_source: 'BALANCE', amount: money(BigInt(batch.hundredths)) },
    fees: money(isWorkedOn ? BigInt(batch.feeHundredths) : 0n),
  };
  const items = [itemView(shown)];
  return { batch_header: header, items, total_items: 1, total_pages: 1, links: [linkTo(shown)] };
}

export function itemView({ batch, baseUrl }: Shown): object {
  const { currency, itemId, id, senderBatchId } = batch;
  const money = (text: string) => ({ currency, value: moneyText(BigInt(text), currency) });
  const change = latest(batch);
  const isPaid = batch.changes.some(({ item }) => item === 'SUCCESS' || item === 'UNCLAIMED');
  return {
    ...{ payout_item_id: itemId, payout_batch_id: id, transaction_status: change.item },
    ...(isPaid && { transaction_id: transactionIdOf(batch), activity_id: `${itemId}A` }),
    ...{ payout_item_fee: money(isPaid ? batch.feeHundredths : '0') },
    ...(senderBatchId !== null && { sender_batch_id: senderBatchId }),
    payout_item: {
      ...{ recipient_type: batch.recipientType, receiver: batch.receiver },
      amount: money(batch.hundredths),
      ...(batch.senderItemId !== null && { sender_item_id: batch.senderItemId }),
      ...{ purpose: 'CASHBACK', recipient_wallet: 'PAYPAL' },
    },
    ...(change.item !== 'PENDING' && { time_processed: timeText(change.atMs) }),
    ...errorsOf(change),
    links: [{ href: `${baseUrl}/v1/payments/payouts-item/${itemId}`, rel: 'item', method: 'GET' }],
  };
}

function errorsOf({ error }: Change): object {
  if (error === undefined) return {};
  const words = { message: `About ${error}.`, debug_id: 'd2f960dd11018', information_link: '/' };
  return { errors: { name: error, ...words, details: [], links: [] } };
}
