import { route } from '../../shared/app/dispatch/route.ts';
import { addMs, type Instant } from '../../shared/domain/time.ts';
import { ProviderUnavailableError } from '../../shared/ports/provider-unavailable.ts';
import type { QueueSender } from '../../shared/ports/runtime.ts';
import { AnswerLost } from '../faults/lost-answers.ts';
import { handle } from '../support/fulfilment.ts';
import type { Message } from '../support/inbox.ts';
import { type PayingWorld, program } from '../support/paying.ts';
import { DueQueue } from './due-queue.ts';
import { type Faults, Life, stormy } from './payout-faults.ts';

export type PayoutDependencies = PayingWorld['dependencies'];
type Work = (dependencies: PayoutDependencies) => Promise<unknown>;

/** Done by a worker; a message is put back where its handler fails, or dies. */
type Task = Pick<Message, 'queue' | 'body'> | Work;

const minuteMs = 60_000;
const visibilityMs = 90_000;
const atOnce = 6;
/** Checks come every quarter of an hour for weeks: of what is old, fewer are enough here. */
const rarestCheckMs = 8 * 60 * minuteMs;

interface Parts {
  readonly clock: PayingWorld['world']['clock'];
  readonly faults: Faults;
}

/** All queues, and who works them off in a time that passes as fast as it can. */
export class PayoutWorkers {
  /** How often one of them was killed in its work. */
  killed = 0;
  tasks = 0;
  readonly #queue = new DueQueue<Task>();
  readonly #checked = new Set<string>();
  readonly #parts: Parts;
  #dependencies: PayoutDependencies | undefined;
  #life = new Life();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Before the first task. */
  use(dependencies: PayoutDependencies): void {
    this.#dependencies = dependencies;
  }

  queueOf(name: string): QueueSender {
    const { faults } = this.#parts;
    return {
      send: async ({ body, delaySeconds = 0 }) => {
        const message = { queue: name, body: JSON.parse(JSON.stringify(body)) };
        this.#put(message, delaySeconds * 1000);
        if (!faults.strikes('deliveredTwice')) return;
        this.#put(message, delaySeconds * 1000 + faults.dice.below(minuteMs));
      },
    };
  }

  /**
   * Checks of one payout that wait are one here: a check that fails has asked for the next one
   * already, and at so many faults they would become more and more.
   */
  checkQueue(): QueueSender {
    return {
      send: async ({ body, delaySeconds = 0 }) => {
        const redemption = `${body.redemption}`;
        if (this.#checked.has(redemption)) return;
        this.#checked.add(redemption);
        const ageMs = this.#parts.clock.now() - Date.parse(`${body.requestedAt}`);
        const delayMs = Math.max(delaySeconds * 1000, Math.min(ageMs / 3, rarestCheckMs));
        let isFirst = true;
        this.later(delayMs, (ports) => {
          if (isFirst) this.#checked.delete(redemption);
          isFirst = false;
          return handle(ports, { queue: 'check', body, dueAt: this.#parts.clock.now() });
        });
      },
    };
  }

  later(delayMs: number, work: Work): void {
    this.#put(work, delayMs);
  }

  /** What a stream brings, sooner or later, once or twice. */
  announce(redemption: string): void {
    const { faults } = this.#parts;
    const work: Work = (dependencies) => route(dependencies, { program, redemption });
    this.later(faults.dice.below(5000), work);
    if (faults.strikes('deliveredTwice')) this.later(faults.dice.below(5 * minuteMs), work);
  }

  /** The worker dies in the middle of one of its next calls; others come. */
  killAfter(calls: number): void {
    this.#life = new Life(calls);
  }

  /** Ports as a worker has them that lives so long. */
  portsOf(life: Life, faults = this.#parts.faults): PayoutDependencies {
    const dependencies = this.#dependencies;
    if (dependencies === undefined) throw new Error('There is nothing to work with.');
    const wrap = <Port extends object>(port: Port) => stormy(port, life, faults);
    const each = <Port extends object>(ports: ReadonlyMap<string, Port>) =>
      new Map([...ports].map(([name, port]) => [name, wrap(port)]));
    const { checkQueue, codes, contacts, dispatchQueues, ledger } = dependencies;
    const { payouts, providers, redemptions, settleQueue, webhooks } = dependencies;
    return {
      ...dependencies,
      ...{ checkQueue: wrap(checkQueue), codes: wrap(codes), contacts: wrap(contacts) },
      ...{ ledger: wrap(ledger), payouts: wrap(payouts), redemptions: wrap(redemptions) },
      ...{ settleQueue: wrap(settleQueue), webhooks: wrap(webhooks) },
      ...{ providers: each(providers), dispatchQueues: each(dispatchQueues) },
    };
  }

  /** Works until then. */
  async until(instant: Instant): Promise<void> {
    const { clock } = this.#parts;
    let ports = this.portsOf(this.#life);
    for (let life = this.#life; ; ) {
      if (life !== this.#life) {
        life = this.#life;
        ports = this.portsOf(life);
      }
      const next = this.#queue.nextAt();
      if (next === undefined || next > instant) break;
      clock.reach(next);
      const batch = this.#batch();
      const worked = Promise.all(batch.map((task) => this.#work(ports, task)));
      if ((await Promise.race([worked, life.died])) !== 'died') continue;
      for (const task of batch) this.#put(task, visibilityMs);
      this.killed += 1;
      this.#life = new Life();
    }
    clock.reach(instant);
  }

  #batch(): readonly Task[] {
    const batch: Task[] = [];
    while (batch.length < atOnce) {
      const task = this.#queue.take(this.#parts.clock.now());
      if (task === undefined) break;
      batch.push(task);
    }
    this.tasks += batch.length;
    return batch;
  }

  async #work(ports: PayoutDependencies, task: Task): Promise<void> {
    try {
      if (typeof task === 'function') await task(ports);
      else await handle(ports, { ...task, dueAt: this.#parts.clock.now() });
    } catch (error) {
      if (!(error instanceof AnswerLost || error instanceof ProviderUnavailableError)) throw error;
      this.#put(task, visibilityMs);
    }
  }

  #put(task: Task, delayMs: number): void {
    this.#queue.put(task, addMs(this.#parts.clock.now(), Math.round(delayMs)));
  }
}
