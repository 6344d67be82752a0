import type { Activity } from '../activity.ts';
import type { TablePlan } from '../template/storage.ts';
import { ShardFeed } from './shard-feed.ts';
import type { Shard, StreamApi } from './stream-api.ts';

/** The shards of one table's stream, shared by the readers of that stream. */
export class StreamFeeds {
  readonly table: string;
  readonly api: StreamApi;
  readonly #activity: Activity;
  readonly #keyNames: readonly string[];
  readonly #feeds = new Map<string, ShardFeed>();
  #streamArn: Promise<string> | undefined;

  constructor(api: StreamApi, plan: TablePlan, activity: Activity) {
    this.api = api;
    this.table = plan.name;
    this.#keyNames = (plan.create.KeySchema ?? []).map(({ AttributeName }) =>
      String(AttributeName),
    );
    this.#activity = activity;
  }

  /** The key attributes of an item. */
  keysOf(item: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(this.#keyNames.map((name) => [name, item[name]]));
  }

  async shards(): Promise<Shard[]> {
    return this.api.shards(await this.#arn());
  }

  async feed(shardId: string): Promise<ShardFeed> {
    const streamArn = await this.#arn();
    const known = this.#feeds.get(shardId);
    if (known !== undefined) return known;
    const feed = new ShardFeed({ api: this.api, streamArn, shardId, activity: this.#activity });
    this.#feeds.set(shardId, feed);
    return feed;
  }

  #arn(): Promise<string> {
    this.#streamArn ??= this.api.streamOf(this.table);
    return this.#streamArn;
  }
}
