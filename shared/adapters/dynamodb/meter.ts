import type {
  PutItemInput,
  TransactWriteItem,
  TransactWriteItemsInput,
  WriteRequest,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Image } from './attributes.ts';
import { imageBytes, writeUnits } from './item-size.ts';
import { failureKind } from './retry.ts';
import type { Bill, TableClient } from './table-client.ts';
import { updated } from './update-expression.ts';

/*
 * Billed write units, computed from item sizes because the service does not tell them for a failed
 * condition and DynamoDB Local misreports those of transactions (aws-facts 7.4):
 *
 * - a write costs one unit per started KB of the larger of the item before and after (1.4);
 * - in a transaction twice that, a condition check too (1.5);
 * - a failed condition costs the units of the item that stands there, at least one (1.8);
 * - a cancelled transaction is taken to cost its prepare phase, once the units of each item (1.9).
 *
 * What an item was before is known from the last image that came through this client: the result
 * is exact as far as nobody else has written the item since.
 */

/** Enough for one invocation; entries are never written twice, so their images are not kept. */
const maximumImages = 1_024;
const maximumTokens = 1_024;

class LastImages {
  readonly #images = new Map<string, Image>();

  get(key: Image): Image | undefined {
    return this.#images.get(idOf(key));
  }

  seen(image: Image | undefined): void {
    if (image === undefined || 'k' in image) return;
    const id = idOf(image);
    this.#images.delete(id);
    this.#images.set(id, image);
    const oldest = this.#images.keys().next();
    if (this.#images.size > maximumImages && !oldest.done) this.#images.delete(oldest.value);
  }

  gone(key: Image): void {
    this.#images.delete(idOf(key));
  }
}

function idOf(image: Image): string {
  return JSON.stringify([image.pk?.S, image.sk?.S]);
}

function bytesOf(image: Image | undefined): number {
  return image === undefined ? 0 : imageBytes(image);
}

/** Counts the units of every write onto the bill that comes with it. */
export function createMeteredClient(inner: TableClient): TableClient {
  const images = new LastImages();
  const putOne = putMeter(inner, images);
  const transact = transactionMeter(inner, images);
  return {
    scan: (input) => inner.scan(input),
    async get(input) {
      const output = await inner.get(input);
      images.seen(output.Item);
      return output;
    },
    async batchGet(input) {
      const output = await inner.batchGet(input);
      for (const items of Object.values(output.Responses ?? {})) items.forEach(sees(images));
      return output;
    },
    async query(input) {
      const output = await inner.query(input);
      (output.Items ?? []).forEach(sees(images));
      return output;
    },
    put: putOne,
    async batchWrite(input, bill) {
      const output = await inner.batchWrite(input, bill);
      for (const [name, requests] of Object.entries(input.RequestItems ?? {})) {
        const left = new Set((output.UnprocessedItems?.[name] ?? []).map(keyOfRequest));
        const done = requests.filter((request) => !left.has(keyOfRequest(request)));
        for (const request of done) bill.add(requestUnits(request, images));
      }
      return output;
    },
    transact,
  };
}

function sees(images: LastImages): (image: Image) => void {
  return (image) => images.seen(image);
}

function keyOfRequest({ PutRequest, DeleteRequest }: WriteRequest): string {
  return idOf(PutRequest?.Item ?? DeleteRequest?.Key ?? {});
}

function requestUnits({ PutRequest, DeleteRequest }: WriteRequest, images: LastImages): number {
  const item = PutRequest?.Item;
  const before = bytesOf(images.get(item ?? DeleteRequest?.Key ?? {}));
  if (item === undefined) images.gone(DeleteRequest?.Key ?? {});
  else images.seen(item);
  return writeUnits(Math.max(before, bytesOf(item)));
}

const refusalSchema = z.object({
  name: z.literal('ConditionalCheckFailedException'),
  Item: z.optional(z.custom<Image>()),
});

/** Single puts are exact: the service hands back the item that was there. */
function putMeter(inner: TableClient, images: LastImages): TableClient['put'] {
  return async (input: PutItemInput, bill: Bill) => {
    const item = input.Item ?? {};
    try {
      const output = await inner.put({ ...input, ReturnValues: 'ALL_OLD' }, bill);
      bill.add(writeUnits(Math.max(bytesOf(output.Attributes), imageBytes(item))));
      images.seen(item);
      return output;
    } catch (error) {
      const refusal = z.safeParse(refusalSchema, error);
      if (refusal.success) {
        images.seen(refusal.data.Item);
        bill.add(writeUnits(bytesOf(refusal.data.Item)));
      } else if (failureKind(error) === 'unknown') {
        bill.add(writeUnits(Math.max(bytesOf(images.get(item)), imageBytes(item))));
      }
      throw error;
    }
  };
}

const cancellationSchema = z.object({
  name: z.literal('TransactionCanceledException'),
  CancellationReasons: z.optional(z.array(z.object({ Item: z.optional(z.custom<Image>()) }))),
});

/** A lost answer is billed as applied; the same token is then not billed again (aws-facts 1.11). */
function transactionMeter(inner: TableClient, images: LastImages): TableClient['transact'] {
  const billedTokens = new Set<string>();
  return async (input: TransactWriteItemsInput, bill: Bill) => {
    const actions = input.TransactItems ?? [];
    const token = input.ClientRequestToken ?? '';
    try {
      await inner.transact(input, bill);
    } catch (error) {
      const cancelled = z.safeParse(cancellationSchema, error);
      if (cancelled.success) {
        for (const { Item } of cancelled.data.CancellationReasons ?? []) images.seen(Item);
        bill.add(sumOf(actions, images));
      } else if (failureKind(error) === 'unknown' && !billedTokens.has(token)) {
        if (billedTokens.size >= maximumTokens) billedTokens.clear();
        billedTokens.add(token);
        bill.add(2 * sumOf(actions, images));
      }
      throw error;
    }
    if (!billedTokens.delete(token)) bill.add(2 * sumOf(actions, images));
    for (const action of actions) applied(action, images);
  };
}

function sumOf(actions: readonly TransactWriteItem[], images: LastImages): number {
  return actions.reduce((sum, action) => sum + writeUnits(actionBytes(action, images)), 0);
}

function actionBytes(action: TransactWriteItem, images: LastImages): number {
  const { Put, Update, Delete, ConditionCheck } = action;
  if (Put) return Math.max(bytesOf(images.get(Put.Item ?? {})), bytesOf(Put.Item));
  const before = images.get(Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key ?? {});
  if (!Update) return bytesOf(before);
  return Math.max(bytesOf(before), bytesOf(updated(before, Update)));
}

function applied({ Put, Update, Delete }: TransactWriteItem, images: LastImages): void {
  if (Put) images.seen(Put.Item);
  if (Delete) images.gone(Delete.Key ?? {});
  if (Update) images.seen(updated(images.get(Update.Key ?? {}), Update));
}
