import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FunctionPool } from '../functions/function-pool.ts';
import type { LocalQueue } from '../queues/local-queue.ts';
import type { StreamMappingPlan } from '../template/mappings.ts';
import { reportedFailures } from './item-failures.ts';
import type { StreamRecord } from './stream-api.ts';

export interface StreamDeliverySettings {
  readonly mapping: StreamMappingPlan;
  readonly pool: FunctionPool;
  /** Where the positions of given-up records go. */
  readonly failureQueue: LocalQueue | undefined;
  readonly region: string;
  readonly log: (line: string) => void;
}

interface Attempted {
  readonly records: readonly StreamRecord[];
  readonly shardId: string;
  /** Invocations that failed so far. */
  readonly attempts: number;
  /** Age counts from the first attempt: a laptop that was closed for a day gives nothing up. */
  readonly firstAttemptMs: number;
}

const firstRetryMs = 100;
const slowestRetryMs = 5000;

/**
 * Hands records of one shard to a function, in order, until each is handled or given up, as
 * Lambda's event source mapping does:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
 */
export class StreamDelivery {
  readonly #settings: StreamDeliverySettings;
  #stopped = false;

  constructor(settings: StreamDeliverySettings) {
    this.#settings = settings;
  }

  /** A delivery under way ends at its next failure, unfinished. */
  stop(): void {
    this.#stopped = true;
  }

  /** False where the delivery was stopped before all records had been handled or given up. */
  deliver(records: readonly StreamRecord[], shardId: string): Promise<boolean> {
    return this.#deliver({ records, shardId, attempts: 0, firstAttemptMs: Date.now() });
  }

  async #deliver(batch: Attempted): Promise<boolean> {
    let { records, attempts } = batch;
    while (records.length > 0) {
      const handled = await this.#invoke(records);
      if (handled === records.length) return true;
      if (this.#stopped) return false;
      if (handled > 0) attempts = 0;
      records = records.slice(handled);
      const failed = { ...batch, records, attempts: attempts + 1 };
      if (this.#settings.mapping.bisects && handled === 0 && records.length > 1) {
        return this.#bisect({ ...failed, attempts });
      }
      attempts += 1;
      if (this.#isExhausted(failed)) {
        this.#giveUp(failed);
        return true;
      }
      await sleep(Math.min(firstRetryMs * 2 ** (attempts - 1), slowestRetryMs));
    }
    return true;
  }

  /** Splitting does not count as a retry; it ends at the one record that fails. */
  async #bisect(batch: Attempted): Promise<boolean> {
    const middle = Math.ceil(batch.records.length / 2);
    const first = { ...batch, records: batch.records.slice(0, middle) };
    const second = { ...batch, records: batch.records.slice(middle) };
    return (await this.#deliver(first)) && (await this.#deliver(second));
  }

  /** How many records from the start were handled: all, those before a reported one, or none. */
  async #invoke(records: readonly StreamRecord[]): Promise<number> {
    const { mapping, pool, log, region } = this.#settings;
    const event = {
      Records: records.map((record) => ({
        ...record,
        awsRegion: region,
        eventSourceARN: mapping.streamArn,
      })),
    };
    try {
      const result = await pool.invoke(JSON.stringify(event));
      if (!mapping.reportsItemFailures) return records.length;
      const sequences = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
      const failed = reportedFailures(result, sequences);
      const lowest = sequences.findIndex((sequence) => failed.has(sequence));
      return lowest < 0 ? records.length : lowest;
    } catch (error) {
      if (!this.#stopped) log(`${pool.name} failed on ${records.length} records: ${String(error)}`);
      return 0;
    }
  }

  #isExhausted({ attempts, firstAttemptMs }: Attempted): boolean {
    const { maximumRetries, maximumRecordAgeMs } = this.#settings.mapping;
    return attempts > maximumRetries || Date.now() - firstAttemptMs > maximumRecordAgeMs;
  }

  #giveUp({ records, shardId, attempts }: Attempted): void {
    const { mapping, pool, failureQueue, log } = this.#settings;
    log(`${pool.name} gave up ${records.length} records after ${attempts} attempts.`);
    const sequences = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const arrivals = records.map(({ dynamodb }) => dynamodb.ApproximateCreationDateTime);
    const at = (seconds: number | undefined) => new Date((seconds ?? 0) * 1000).toISOString();
    const notice = {
      requestContext: {
        requestId: randomUUID(),
        functionArn: mapping.functionId,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: attempts,
      },
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: 'Unhandled',
      },
      version: '1.0',
      timestamp: new Date().toISOString(),
      DDBStreamBatchInfo: {
        shardId,
        startSequenceNumber: sequences.at(0),
        endSequenceNumber: sequences.at(-1),
        approximateArrivalOfFirstRecord: at(arrivals.at(0)),
        approximateArrivalOfLastRecord: at(arrivals.at(-1)),
        batchSize: records.length,
        streamArn: mapping.streamArn,
      },
    };
    failureQueue?.send(JSON.stringify(notice));
  }
}
