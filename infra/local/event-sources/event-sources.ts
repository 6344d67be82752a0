import { setTimeout as sleep } from 'node:timers/promises';
import type { Activity } from '../activity.ts';
import type { FunctionSet } from '../functions/function-set.ts';
import type { LocalQueue } from '../queues/local-queue.ts';
import type { QueueServer } from '../queues/queue-server.ts';
import type { StackPlan } from '../template/plan.ts';
import type { Checkpoints } from './checkpoints.ts';
import { QueueSource } from './queue-source.ts';
import { Schedule } from './schedules.ts';
import { StreamApi } from './stream-api.ts';
import { StreamFeeds } from './stream-feeds.ts';
import { StreamSource } from './stream-source.ts';

export interface EventSourceSettings {
  readonly plan: StackPlan;
  readonly functions: FunctionSet;
  readonly queues: QueueServer;
  readonly dynamodbEndpoint: string;
  readonly checkpoints: Checkpoints;
  readonly activity: Activity;
  readonly log: (line: string) => void;
}

const finishWithinMs = 3000;

/** Everything that invokes functions by itself. */
export class EventSources {
  readonly schedules: readonly Schedule[];
  readonly streams: readonly StreamSource[];
  /** Queues that a function consumes. */
  readonly consumedQueues: readonly LocalQueue[];
  readonly #queueSources: readonly QueueSource[];

  constructor(settings: EventSourceSettings) {
    const { plan, functions, queues, log } = settings;
    const wake = () => queues.wakeReceivers();
    this.#queueSources = plan.queueMappings.map((mapping) => {
      const pool = functions.get(mapping.functionId);
      return new QueueSource({ mapping, queue: queues.queue(mapping.queueArn), pool, wake, log });
    });
    const consumed = new Set(plan.queueMappings.map(({ queueArn }) => queueArn));
    this.consumedQueues = [...consumed].map((arn) => queues.queue(arn));
    this.streams = streamSources(settings);
    this.schedules = plan.bus.schedules.map((schedule) => {
      const pool = functions.get(schedule.functionId);
      const deadLetterQueue = schedule.deadLetterArn && queues.queue(schedule.deadLetterArn);
      return new Schedule({
        plan: schedule,
        pool,
        deadLetterQueue: deadLetterQueue || undefined,
        log,
      });
    });
  }

  /**
   * Every schedule once, or those of the functions whose name fits; of one function one after the
   * other, which one instance of it can do.
   */
  async runSchedules(names = /(?:)/): Promise<void> {
    const wanted = this.schedules.filter(({ functionName }) => names.test(functionName));
    const byFunction = Map.groupBy(wanted, ({ functionName }) => functionName);
    const runs = [...byFunction.values()].map(async (schedules) => {
      for (const schedule of schedules) await schedule.run();
    });
    await Promise.all(runs);
  }

  async start(): Promise<void> {
    for (const source of this.#queueSources) source.start();
    for (const schedule of this.schedules) schedule.start();
    await Promise.all(this.streams.map((stream) => stream.start()));
  }

  /**
   * Takes nothing new, and gives what runs a moment to finish; whatever is cut off then comes again
   * at the next start.
   */
  async stop(): Promise<void> {
    for (const schedule of this.schedules) schedule.stop();
    const sources = [...this.#queueSources, ...this.streams];
    const stopped = Promise.all(sources.map((source) => source.stop()));
    await Promise.race([stopped, sleep(finishWithinMs, undefined, { ref: false })]);
  }
}

function streamSources(settings: EventSourceSettings): StreamSource[] {
  const { plan, functions, queues, dynamodbEndpoint, checkpoints, activity, log } = settings;
  const api = new StreamApi(dynamodbEndpoint);
  const feeds = new Map(
    plan.tables.map((table) => [table.streamArn, new StreamFeeds(api, table, activity)]),
  );
  return plan.streamMappings.map((mapping) => {
    const feed = feeds.get(mapping.streamArn);
    if (feed === undefined) throw new Error(`There is no table stream ${mapping.streamArn}.`);
    return new StreamSource({
      mapping,
      pool: functions.get(mapping.functionId),
      failureQueue: mapping.onFailureArn ? queues.queue(mapping.onFailureArn) : undefined,
      region: plan.place.region,
      feeds: feed,
      checkpoints,
      activity,
      log,
    });
  });
}
