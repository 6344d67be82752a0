import type { Activity } from '../activity.ts';
import type { FunctionPlan } from '../template/compute.ts';
import type { FunctionLogs } from './function-logs.ts';
import { FunctionPool } from './function-pool.ts';

/** All functions of the stack. */
export class FunctionSet {
  readonly #pools: readonly FunctionPool[];
  readonly #byId: ReadonlyMap<string, FunctionPool>;

  constructor(settings: {
    readonly plans: readonly FunctionPlan[];
    readonly variablesOf: (plan: FunctionPlan) => Record<string, string>;
    readonly activity: Activity;
    readonly logs: FunctionLogs;
    readonly clockOffsetMs: () => number;
  }) {
    const { plans, variablesOf, logs, ...shared } = settings;
    const byId = plans.flatMap((plan): [string, FunctionPool][] => {
      const print = (text: string) => logs.print(plan.name, text);
      const pool = new FunctionPool({ plan, variables: variablesOf(plan), print, ...shared });
      return [plan.name, plan.arn].map((id) => [id, pool]);
    });
    this.#byId = new Map(byId);
    this.#pools = [...new Set(this.#byId.values())];
  }

  /** By name or ARN; throws where the template has no such function. */
  get(functionId: string): FunctionPool {
    const pool = this.#byId.get(functionId);
    if (pool === undefined) throw new Error(`There is no function ${functionId}.`);
    return pool;
  }

  /** What the one function whose name fits answers to an event; throws where it fails. */
  async invoke(name: RegExp, event: unknown): Promise<unknown> {
    const [pool, ...others] = this.#pools.filter((each) => name.test(each.name));
    if (pool === undefined || others.length > 0) {
      throw new Error(
        `${others.length === 0 ? 'No function is' : 'Several functions are'} ${name}.`,
      );
    }
    const answer = await pool.invoke(JSON.stringify(event));
    return answer === undefined ? undefined : JSON.parse(answer);
  }

  /** Loads these functions, one after the other, so that the first real call finds them warm. */
  async prewarm(functionIds: readonly string[], isStopping: () => boolean): Promise<void> {
    for (const pool of new Set(functionIds.map((id) => this.get(id)))) {
      if (isStopping()) return;
      await pool.prewarm();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.stop()));
  }
}
