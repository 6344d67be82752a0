import type { FunctionPool } from '../functions/function-pool.ts';
import type { LocalQueue } from '../queues/local-queue.ts';
import type { SchedulePlan } from '../template/bus.ts';
import { readTiming, type Timing } from './schedule-expression.ts';

export interface ScheduleSettings {
  readonly plan: SchedulePlan;
  readonly pool: FunctionPool;
  readonly deadLetterQueue: LocalQueue | undefined;
  readonly log: (line: string) => void;
}

const minuteMs = 60_000;

/** Calls a function at its times, and whenever it is asked to. */
export class Schedule {
  readonly #settings: ScheduleSettings;
  readonly #timing: Timing;
  #timer: NodeJS.Timeout | undefined;

  constructor(settings: ScheduleSettings) {
    const { expression, timeZone, id } = settings.plan;
    this.#settings = settings;
    this.#timing = readTiming(expression, timeZone, id);
  }

  get functionName(): string {
    return this.#settings.pool.name;
  }

  start(): void {
    const timing = this.#timing;
    const everyMs = timing.kind === 'every' ? timing.everyMs : minuteMs;
    this.#timer = setInterval(() => {
      if (timing.kind === 'every' || timing.isDue(new Date())) void this.run();
    }, everyMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Invokes the function now, again where it fails, and dead-letters the event in the end. */
  async run(): Promise<void> {
    const { plan, pool, deadLetterQueue, log } = this.#settings;
    const event = plan.input ?? JSON.stringify({ source: 'aws.scheduler', schedule: plan.id });
    for (let attempt = 0; attempt <= plan.retries; attempt += 1) {
      try {
        await pool.invoke(event);
        return;
      } catch (error) {
        log(`${pool.name} failed on its schedule: ${String(error)}`);
      }
    }
    deadLetterQueue?.send(event);
  }
}
