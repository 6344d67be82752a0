/**
 * Counts what happens in the stack, so that a caller can tell "nothing is going on" from "nothing
 * was going on when I looked": two looks with the same count had nothing between them.
 */
export class Activity {
  #count = 0;
  #running = 0;
  #waiting: (() => void)[] = [];

  /** Grows with every message that enters or leaves a queue and every piece of work. */
  get count(): number {
    return this.#count;
  }

  /** Pieces of work under way. */
  get running(): number {
    return this.#running;
  }

  touch(): void {
    this.#count += 1;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** Counts `work` as running until it settles, however it does. */
  async during<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#running += 1;
    this.touch();
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.touch();
    }
  }

  /** Resolves at the next change, or after `maximumMs` without one. */
  changed(maximumMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, maximumMs);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
