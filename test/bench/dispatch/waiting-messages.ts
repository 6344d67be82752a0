import { setTimeout as wait } from 'node:timers/promises';
import type { QueueSender } from '../../../shared/ports/runtime.ts';

type Body = Readonly<Record<string, unknown>>;

const idleMs = 2;

/** A queue in real time, for many workers. */
export class WaitingMessages implements QueueSender {
  readonly #ready: Body[];
  #delayed = 0;
  #underWay = 0;

  constructor(bodies: readonly Body[]) {
    this.#ready = [...bodies];
  }

  async send(message: Parameters<QueueSender['send']>[0]): Promise<void> {
    const { body, delaySeconds = 0 } = message;
    this.#delayed += 1;
    setTimeout(() => {
      this.#delayed -= 1;
      this.#ready.push(JSON.parse(JSON.stringify(body)));
    }, delaySeconds * 1000);
  }

  /** Works until the queue is empty, nothing is delayed and nobody may send any more. */
  async each(handle: (body: Body) => Promise<void>): Promise<void> {
    for (;;) {
      const body = this.#ready.shift();
      if (body !== undefined) {
        this.#underWay += 1;
        await handle(body);
        this.#underWay -= 1;
      } else if (this.#delayed + this.#underWay === 0) return;
      else await wait(idleMs);
    }
  }
}
