import type { Activity } from '../activity.ts';
import type { QueuePlan } from '../template/storage.ts';
import { type FauxqsApp, type FauxqsParts, type FauxqsStore, fauxqsParts } from './fauxqs-parts.ts';
import { LaggingPersistence } from './lagging-persistence.ts';
import { LocalQueue } from './local-queue.ts';

/**
 * fauxqs, listening on loopback only, for the SQS clients of functions and commands. Event sources
 * reach the same queues without HTTP.
 */
export class QueueServer {
  readonly #parts: FauxqsParts;
  readonly #store: FauxqsStore;
  readonly #persistence: LaggingPersistence | undefined;
  readonly #app: FauxqsApp;
  readonly #queues = new Map<string, LocalQueue>();
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;

  private constructor(started: {
    parts: FauxqsParts;
    store: FauxqsStore;
    persistence: LaggingPersistence | undefined;
    app: FauxqsApp;
    origin: string;
  }) {
    this.#parts = started.parts;
    this.#store = started.store;
    this.#persistence = started.persistence;
    this.#app = started.app;
    this.origin = started.origin;
  }

  /** Messages lie in `dataDirectory`, or in memory where that is left out. */
  static async start(settings: {
    region: string;
    dataDirectory: string | undefined;
    activity: Activity;
  }): Promise<QueueServer> {
    const { region, dataDirectory, activity } = settings;
    const parts = await fauxqsParts();
    const store = new parts.SqsStore();
    store.spy = { addMessage: () => activity.touch() };
    const persistence = dataDirectory && loadMessages(parts, store, dataDirectory);
    const app = parts.buildApp({
      logger: false,
      defaultRegion: region,
      stores: { sqsStore: store },
    });
    const origin = await app.listen({ port: 0, host: '127.0.0.1' });
    return new QueueServer({ parts, store, persistence: persistence || undefined, app, origin });
  }

  /** Creates the queue, or gives one of an earlier run its present settings. */
  create(plan: QueuePlan): LocalQueue {
    const kept = this.#store.getQueueByArn(plan.arn);
    const queue =
      kept ?? this.#store.createQueue(plan.name, plan.url, plan.arn, { ...plan.attributes });
    if (kept !== undefined) {
      kept.url = plan.url;
      kept.setAttributes({ RedrivePolicy: '', ...plan.attributes });
    }
    const local = new LocalQueue(plan, queue, this.#store, this.#parts);
    this.#queues.set(plan.arn, local);
    return local;
  }

  /** The queue with this ARN; throws where the template has none. */
  queue(arn: string): LocalQueue {
    const queue = this.#queues.get(arn);
    if (queue === undefined) throw new Error(`There is no queue ${arn}.`);
    return queue;
  }

  queues(): LocalQueue[] {
    return [...this.#queues.values()];
  }

  /** Receivers that wait for a message wait no longer. */
  wakeReceivers(): void {
    this.#store.shutdown();
  }

  async stop(): Promise<void> {
    await this.#app.close();
    this.#persistence?.close();
  }
}

/** Loading before the store is joined to its database keeps fauxqs from writing all of it again. */
function loadMessages(
  { PersistenceManager }: FauxqsParts,
  store: FauxqsStore,
  dataDirectory: string,
): LaggingPersistence {
  const database = new PersistenceManager(dataDirectory);
  database.loadSqsQueues(store);
  const persistence = new LaggingPersistence(database);
  store.persistence = persistence;
  for (const queue of store.allQueues()) queue.persistence = persistence;
  return persistence;
}
