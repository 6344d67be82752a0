import type { Activity } from '../activity.ts';
import type { Position } from './checkpoints.ts';
import { type StreamApi, StreamApiError, type StreamRecord } from './stream-api.ts';

export interface FeedPage {
  readonly records: readonly StreamRecord[];
  /** Where the next page begins. */
  readonly next: Position;
  /** No more records will come: the shard has ended. */
  readonly ended: boolean;
  /** The stack's activity when DynamoDB was asked. */
  readonly askedAt: number;
}

/** A position whose records are gone, because they are older than the stream keeps. */
export class TrimmedError extends Error {
  override readonly name = 'TrimmedError';
}

const cachedPages = 8;
const uncheckedForMs = 3_600_000;

/**
 * One shard, read once for all its readers: they follow each other closely, and fetching records is
 * most of what reading costs DynamoDB Local.
 */
export class ShardFeed {
  readonly #api: StreamApi;
  readonly #streamArn: string;
  readonly #activity: Activity;
  readonly shardId: string;
  readonly #pages = new Map<string, Promise<FeedPage>>();
  readonly #iterators = new Map<string, string>();
  #lastRecordsAt = Date.now();

  constructor(shard: { api: StreamApi; streamArn: string; shardId: string; activity: Activity }) {
    this.#api = shard.api;
    this.#streamArn = shard.streamArn;
    this.#activity = shard.activity;
    this.shardId = shard.shardId;
  }

  /** Records behind `position`, perhaps none. Throws a TrimmedError where they are gone. */
  page(position: Position): Promise<FeedPage> {
    const key = keyOf(position);
    const known = this.#pages.get(key);
    if (known !== undefined) return known;
    const page = this.#fetch(position);
    this.#pages.set(key, page);
    // An empty page says nothing about the next moment; one with records never changes.
    page.then(
      ({ records }) => (records.length === 0 ? this.#pages.delete(key) : this.#forgetOldest()),
      () => this.#pages.delete(key),
    );
    return page;
  }

  /** Where to go on from a stored position: at the next epoch where counting began anew. */
  async settle(position: Position): Promise<Position> {
    const { after, epoch } = position;
    if (after === undefined) return position;
    const horizon = await this.#api.iterator(this.#streamArn, this.shardId, undefined);
    const { Records } = await this.#api.records(horizon);
    const last = Records.at(-1)?.dynamodb.SequenceNumber;
    const restarted = last === undefined || (Records.length < 1000 && last < after);
    return restarted ? { epoch: epoch + 1, after: undefined } : position;
  }

  async #fetch(position: Position): Promise<FeedPage> {
    const settled = await this.#resettled(position);
    const askedAt = this.#activity.count;
    try {
      const iterator = await this.#iterator(settled);
      this.#iterators.delete(keyOf(settled));
      const { Records, NextShardIterator } = await this.#api.records(iterator);
      const records = Records.map((record) => stamped(record, settled.epoch));
      const after = Records.at(-1)?.dynamodb.SequenceNumber ?? settled.after;
      const next = { epoch: settled.epoch, after };
      if (NextShardIterator !== undefined) this.#iterators.set(keyOf(next), NextShardIterator);
      if (records.length > 0) this.#lastRecordsAt = Date.now();
      return { records, next, ended: NextShardIterator === undefined, askedAt };
    } catch (error) {
      if (!(error instanceof StreamApiError)) throw error;
      if (error.type === 'TrimmedDataAccessException') throw new TrimmedError(error.message);
      if (error.type !== 'ExpiredIteratorException') throw error;
      return { records: [], next: settled, ended: false, askedAt: Number.NEGATIVE_INFINITY };
    }
  }

  /** A stack may stand idle for days; then all records are trimmed, and counting begins anew. */
  async #resettled(position: Position): Promise<Position> {
    if (Date.now() - this.#lastRecordsAt < uncheckedForMs) return position;
    this.#lastRecordsAt = Date.now();
    return this.settle(position);
  }

  async #iterator(position: Position): Promise<string> {
    const known = this.#iterators.get(keyOf(position));
    return known ?? this.#api.iterator(this.#streamArn, this.shardId, position.after);
  }

  #forgetOldest(): void {
    while (this.#pages.size > cachedPages) {
      const oldest = this.#pages.keys().next().value;
      if (oldest === undefined) return;
      this.#pages.delete(oldest);
    }
    while (this.#iterators.size > cachedPages) {
      const oldest = this.#iterators.keys().next().value;
      if (oldest === undefined) return;
      this.#iterators.delete(oldest);
    }
  }
}

function keyOf({ epoch, after }: Position): string {
  return `${epoch}:${after ?? ''}`;
}

/** Readers rely on sequence numbers that only ever grow, so the epoch leads them. */
function stamped(record: StreamRecord, epoch: number): StreamRecord {
  const SequenceNumber = `${epoch + 1}${record.dynamodb.SequenceNumber}`;
  return { ...record, dynamodb: { ...record.dynamodb, SequenceNumber } };
}
