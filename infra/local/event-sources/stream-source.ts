import { setTimeout as sleep } from 'node:timers/promises';
import type { Activity } from '../activity.ts';
import type { Checkpoints, Position } from './checkpoints.ts';
import { type FeedPage, type ShardFeed, TrimmedError } from './shard-feed.ts';
import type { StreamRecord } from './stream-api.ts';
import { StreamDelivery, type StreamDeliverySettings } from './stream-delivery.ts';
import type { StreamFeeds } from './stream-feeds.ts';

export interface StreamSourceSettings extends StreamDeliverySettings {
  readonly feeds: StreamFeeds;
  readonly checkpoints: Checkpoints;
  readonly activity: Activity;
}

/** Between two looks at a stream that had nothing; Lambda looks four times a second. */
const idlePollMs = 250;
/** The same while other things go on; records that come in between share one invocation. */
const busyPollMs = 40;
/** A page this full has the next one right behind it. */
const fullPageRecords = 500;
const retryAfterErrorMs = 500;

/** Feeds a function from a table's stream: one shard after its parent, a batch at a time. */
export class StreamSource {
  readonly #settings: StreamSourceSettings;
  readonly #delivery: StreamDelivery;
  readonly #reading = new Map<string, Promise<void>>();
  readonly #ended = new Set<string>();
  /** Per shard: the stack's activity when the last empty page was asked for. */
  readonly #emptyAt = new Map<string, number>();
  #stopped = false;

  constructor(settings: StreamSourceSettings) {
    this.#settings = settings;
    this.#delivery = new StreamDelivery(settings);
  }

  /** Asked at this activity, the stream had nothing more for this reader. */
  get emptyAt(): number {
    return this.#emptyAt.size === 0 ? -1 : Math.min(...this.#emptyAt.values());
  }

  async start(): Promise<void> {
    const shards = await this.#settings.feeds.shards();
    const present = new Set(shards.map(({ ShardId }) => ShardId));
    for (const { ShardId, ParentShardId } of shards) {
      const waits = ParentShardId !== undefined && present.has(ParentShardId);
      if (this.#reading.has(ShardId) || (waits && !this.#ended.has(ParentShardId))) continue;
      this.#emptyAt.set(ShardId, -1);
      this.#reading.set(ShardId, this.#read(ShardId));
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#delivery.stop();
    this.#settings.activity.touch();
    await Promise.all(this.#reading.values());
  }

  async #read(shardId: string): Promise<void> {
    const { feeds, checkpoints, mapping, activity, log } = this.#settings;
    const feed = await feeds.feed(shardId);
    let position = checkpoints.get(mapping.id, shardId);
    let settled = false;
    while (!this.#stopped) {
      try {
        if (!settled) position = await feed.settle(position);
        settled = true;
        const page = await feed.page(position);
        if (!(await this.#handle(page, feed))) return;
        position = page.next;
        if (page.ended) return await this.#end(shardId);
        if (page.records.length >= fullPageRecords) continue;
        await sleep(busyPollMs);
        if (page.records.length > 0) continue;
        if (activity.count === page.askedAt) await activity.changed(idlePollMs - busyPollMs);
      } catch (error) {
        if (this.#stopped) return;
        if (error instanceof TrimmedError) {
          position = await this.#replay(shardId, position);
          continue;
        }
        log(`The stream of ${feeds.table} could not be read: ${String(error)}`);
        await sleep(retryAfterErrorMs);
      }
    }
  }

  /** False where stopping cut the page short. */
  async #handle({ records, next, askedAt }: FeedPage, feed: ShardFeed): Promise<boolean> {
    const { mapping, checkpoints, activity } = this.#settings;
    if (records.length === 0) {
      this.#emptyAt.set(feed.shardId, askedAt);
      return true;
    }
    activity.touch();
    const { passes } = mapping;
    const wanted = passes === undefined ? records : records.filter(passes);
    if (!(await this.#deliverAll(wanted, feed.shardId))) return false;
    checkpoints.set(mapping.id, feed.shardId, next);
    return true;
  }

  async #deliverAll(records: readonly StreamRecord[], shardId: string): Promise<boolean> {
    const { batchSize } = this.#settings.mapping;
    for (let from = 0; from < records.length; from += batchSize) {
      const batch = records.slice(from, from + batchSize);
      if (!(await this.#delivery.deliver(batch, shardId))) return false;
    }
    return true;
  }

  async #end(shardId: string): Promise<void> {
    this.#ended.add(shardId);
    await this.start();
    this.#emptyAt.delete(shardId);
  }

  /**
   * The records behind the checkpoint are older than a stream keeps: the state was left alone for
   * more than a day with work undone. The table still has what they told of, so every item is
   * delivered as if it were new; consumers bear what they have seen before.
   */
  async #replay(shardId: string, { epoch }: Position): Promise<Position> {
    const { feeds, mapping, log } = this.#settings;
    log(`${mapping.id} reads the whole table again: its place in the stream is gone.`);
    for await (const items of feeds.api.items(feeds.table)) {
      const records = items
        .map((item, index) => insertionOf(item, feeds.keysOf(item), index))
        .filter((record) => mapping.passes?.(record) ?? true);
      if (!(await this.#deliverAll(records, shardId))) break;
    }
    return { epoch: epoch + 1, after: undefined };
  }
}

function insertionOf(
  NewImage: Record<string, unknown>,
  Keys: Record<string, unknown>,
  index: number,
): StreamRecord {
  return {
    eventID: `replay-${index}`,
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      ApproximateCreationDateTime: 0,
      Keys,
      NewImage,
      SequenceNumber: String(index + 1),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  } as StreamRecord;
}
