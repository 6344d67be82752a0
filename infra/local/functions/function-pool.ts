import type { Activity } from '../activity.ts';
import type { FunctionPlan } from '../template/compute.ts';
import { FunctionEnvironment } from './environment.ts';

/**
 * Environments of one function at a time. Lambda would go to a thousand; on one machine more
 * threads than this only wait for each other.
 */
const maximumEnvironments = 4;

export interface PoolSettings {
  readonly plan: FunctionPlan;
  readonly variables: Readonly<Record<string, string>>;
  readonly activity: Activity;
  /** Told of everything that the function prints. */
  readonly print: (text: string) => void;
  readonly clockOffsetMs: () => number;
}

/** A function: takes invocations and shares them out among its environments. */
export class FunctionPool {
  readonly name: string;
  readonly maximumConcurrency: number;
  readonly #settings: PoolSettings;
  readonly #idle: FunctionEnvironment[] = [];
  readonly #all = new Set<FunctionEnvironment>();
  readonly #waiting: ((environment: FunctionEnvironment | undefined) => void)[] = [];

  constructor(settings: PoolSettings) {
    const { plan } = settings;
    this.#settings = settings;
    this.name = plan.name;
    this.maximumConcurrency = Math.min(plan.reservedConcurrency ?? Infinity, maximumEnvironments);
  }

  /** Loads the first environment ahead of the first invocation. A failure shows there. */
  async prewarm(): Promise<void> {
    const environment = this.#create();
    this.#idle.push(environment);
    await environment.ready.catch(() => undefined);
  }

  /** Result of the handler as JSON; throws a FunctionError where it failed. */
  invoke(event: string): Promise<string | undefined> {
    return this.#settings.activity.during(async () => {
      const environment = await this.#take();
      try {
        return await environment.invoke(event);
      } finally {
        this.#giveBack(environment);
      }
    });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#all].map((environment) => environment.stop()));
  }

  async #take(): Promise<FunctionEnvironment> {
    const idle = this.#idle.pop();
    if (idle !== undefined && !idle.broken) return idle;
    if (idle !== undefined) this.#all.delete(idle);
    if (this.#all.size < this.maximumConcurrency) return this.#create();
    const given = await new Promise<FunctionEnvironment | undefined>((resolve) => {
      this.#waiting.push(resolve);
    });
    return given ?? this.#create();
  }

  #giveBack(environment: FunctionEnvironment): void {
    if (environment.broken) this.#all.delete(environment);
    const next = this.#waiting.shift();
    if (next !== undefined) next(environment.broken ? undefined : environment);
    else if (!environment.broken) this.#idle.push(environment);
  }

  #create(): FunctionEnvironment {
    const { plan, variables, print, clockOffsetMs } = this.#settings;
    const environment = new FunctionEnvironment(plan, variables, { print, clockOffsetMs });
    this.#all.add(environment);
    return environment;
  }
}
