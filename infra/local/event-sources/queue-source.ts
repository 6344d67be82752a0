import type { SQSRecord } from 'aws-lambda';
import type { FunctionPool } from '../functions/function-pool.ts';
import type { LocalQueue } from '../queues/local-queue.ts';
import type { QueueMappingPlan } from '../template/mappings.ts';
import { reportedFailures } from './item-failures.ts';

export interface QueueSourceSettings {
  readonly mapping: QueueMappingPlan;
  readonly queue: LocalQueue;
  readonly pool: FunctionPool;
  /** Ends the waiting for messages. */
  readonly wake: () => void;
  readonly log: (line: string) => void;
}

const longPollMs = 1000;
/**
 * Lambda waits the whole batching window for a batch to fill. Here a batch also goes when nothing
 * has come for this long, so that nobody watches a quiet queue.
 */
const quietMs = 20;
/**
 * Lambda leaves a failed message in flight until its visibility timeout, minutes later. Here it
 * comes again after 1, 2, 4, 8 … seconds, or that timeout where it is shorter.
 */
const firstRetrySeconds = 1;

/** Feeds a function from a queue, as Lambda's event source mapping does. */
export class QueueSource {
  readonly #settings: QueueSourceSettings;
  readonly #running = new Set<Promise<void>>();
  readonly #maximumConcurrency: number;
  #stopped = false;
  #polling: Promise<void> | undefined;

  constructor(settings: QueueSourceSettings) {
    const { mapping, pool } = settings;
    this.#settings = settings;
    this.#maximumConcurrency = Math.min(
      mapping.maximumConcurrency ?? pool.maximumConcurrency,
      pool.maximumConcurrency,
    );
  }

  start(): void {
    this.#polling = this.#poll();
  }

  /** Takes no more messages; resolves when those taken are dealt with. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#settings.wake();
    await this.#polling;
    await Promise.all(this.#running);
  }

  async #poll(): Promise<void> {
    while (!this.#stopped) {
      const batch = await this.#gather();
      if (batch.length === 0) continue;
      const delivery = this.#deliver(batch).finally(() => this.#running.delete(delivery));
      this.#running.add(delivery);
      while (this.#running.size >= this.#maximumConcurrency) await Promise.race(this.#running);
    }
  }

  async #gather(): Promise<SQSRecord[]> {
    const { queue, mapping } = this.#settings;
    const batch = queue.receive(mapping.batchSize);
    if (batch.length === 0) {
      await queue.waitForMessage(longPollMs);
      return [];
    }
    const closesAt = Date.now() + mapping.windowMs;
    while (batch.length < mapping.batchSize && Date.now() < closesAt && !this.#stopped) {
      await queue.waitForMessage(quietMs);
      const more = queue.receive(mapping.batchSize - batch.length);
      if (more.length === 0) break;
      batch.push(...more);
    }
    return batch;
  }

  async #deliver(received: readonly SQSRecord[]): Promise<void> {
    const { queue, mapping } = this.#settings;
    const { passes } = mapping;
    const batch = passes === undefined ? received : received.filter((it) => passes(filterable(it)));
    const failed = batch.length === 0 ? new Set<string>() : await this.#invoke(batch);
    for (const { messageId, receiptHandle, attributes } of received) {
      if (!failed.has(messageId)) {
        queue.delete(receiptHandle);
        continue;
      }
      const backoff = firstRetrySeconds * 2 ** (Number(attributes.ApproximateReceiveCount) - 1);
      queue.retryAfter(receiptHandle, Math.min(backoff, queue.visibilitySeconds));
    }
  }

  /** Ids of the messages that are to come again. */
  async #invoke(batch: readonly SQSRecord[]): Promise<ReadonlySet<string>> {
    const { mapping, pool, log } = this.#settings;
    const ids = batch.map(({ messageId }) => messageId);
    try {
      const result = await pool.invoke(JSON.stringify({ Records: batch }));
      return mapping.reportsItemFailures ? reportedFailures(result, ids) : new Set();
    } catch (error) {
      if (!this.#stopped) log(`${pool.name} failed on ${batch.length} messages: ${String(error)}`);
      return new Set(ids);
    }
  }
}

/** Filters see the JSON of a body where it is JSON. */
function filterable(record: SQSRecord): unknown {
  try {
    return { ...record, body: JSON.parse(record.body) };
  } catch {
    return record;
  }
}
