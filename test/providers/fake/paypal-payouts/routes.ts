import * as z from 'zod';
import { type Answer, answered } from '../common/answer.ts';
import type { FakeCall } from '../common/call.ts';
import { refused } from './answer.ts';
import { type Books, createBatch } from './batches.ts';
import type { PayPalFaults } from './faults.ts';
import { transactionIdOf } from './progress.ts';
import { listTransactions, type Reporting, readBalances } from './reporting.ts';
import { type Change, latest, type StoredBatch } from './store.ts';
import { answerToId } from './test-values.ts';
import { batchView, itemView, takenView } from './views.ts';

export interface World {
  readonly books: Books;
  readonly reporting: Reporting;
  /** Lets happen what is due; before anything is read. */
  readonly advance: () => void;
  readonly onNewBatch: () => void;
  readonly change: (batch: StoredBatch, change: Omit<Change, 'atMs'>) => StoredBatch;
}

const namedSchema = z.object({ sender_batch_header: z.object({ sender_batch_id: z.string() }) });

/** Whose order a call is about; `undefined`: it is about none, and nothing goes wrong with it. */
export function subjectOf({ books: { store } }: World, call: FakeCall): string | undefined {
  const [, area, collection, id] = call.parts;
  if (area !== 'payments') return undefined;
  if (id === undefined) {
    return namedSchema.safeParse(call.body).data?.sender_batch_header.sender_batch_id ?? '';
  }
  const batch = collection === 'payouts' ? store.find(id) : store.findByItem(id);
  return batch?.senderBatchId ?? id;
}

export function route(world: World, call: FakeCall, faults: PayPalFaults): Answer {
  const { method, parts, query } = call;
  const [version, area, collection, id, act] = parts;
  const { books } = world;
  world.advance();
  if (version !== 'v1') return refused(404, 'RESOURCE_NOT_FOUND');
  const isRead = method === 'GET' && act === undefined;
  if (area === 'reporting' && isRead) {
    if (collection === 'balances') return readBalances(books);
    if (collection === 'transactions') return listTransactions(books, world.reporting, query);
  }
  if (area === 'payments' && collection === 'payouts') {
    if (method === 'POST' && id === undefined) return placeBatch(world, call, faults);
    if (isRead && id !== undefined) return readBatch(books, id, faults);
  }
  if (area === 'payments' && collection === 'payouts-item' && id !== undefined) {
    const batch = itemNamed(world, id);
    if (batch === undefined) return refused(404, 'RESOURCE_NOT_FOUND');
    if (isRead) return answered(itemView({ batch, baseUrl: books.baseUrl() }));
    if (method === 'POST' && act === 'cancel') return cancelItem(world, batch);
  }
  return refused(404, 'RESOURCE_NOT_FOUND');
}

/** Perhaps by the id of its transaction. */
function itemNamed({ books: { store }, reporting }: World, id: string): StoredBatch | undefined {
  const isByPayment = reporting.naming() === 'items';
  const paid = isByPayment ? store.all().find((it) => transactionIdOf(it) === id) : undefined;
  return store.findByItem(id) ?? paid;
}

function placeBatch(world: World, { body }: FakeCall, faults: PayPalFaults): Answer {
  const { books } = world;
  if (faults.strikes('outOfFunds')) return refused(422, 'INSUFFICIENT_FUNDS');
  const { answer, batch } = createBatch(books, body, faults.strikes('pending'));
  if (batch === undefined) return answer;
  world.onNewBatch();
  if (!faults.strikes('contradiction')) return answer;
  const other = { ...batch, senderBatchId: 'another' };
  return answered(takenView({ batch: other, baseUrl: books.baseUrl() }), answer.status);
}

function readBatch({ store, baseUrl }: Books, id: string, faults: PayPalFaults): Answer {
  const batch = store.find(id);
  if (batch === undefined) return answerToId(id) ?? refused(404, 'RESOURCE_NOT_FOUND');
  const shown = faults.strikes('contradiction') ? distorted(batch, faults.roll(3)) : batch;
  return answered(batchView({ batch: shown, baseUrl: baseUrl() }));
}

function distorted(batch: StoredBatch, way: number): StoredBatch {
  if (way === 0) return { ...batch, senderBatchId: 'another' };
  if (way === 1) return { ...batch, hundredths: `1${batch.hundredths}` };
  return { ...batch, currency: batch.currency === 'USD' ? 'EUR' : 'USD' };
}

function cancelItem({ books, change }: World, batch: StoredBatch): Answer {
  const { batch: status, item } = latest(batch);
  if (item !== 'UNCLAIMED') {
    return refused(400, 'ITEM_INCORRECT_STATUS', [{ issue: 'Only UNCLAIMED ones are cancelled' }]);
  }
  const after = change(batch, { batch: status, item: 'RETURNED' });
  return answered(itemView({ batch: after, baseUrl: books.baseUrl() }));
}
