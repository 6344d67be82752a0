/** What has been started and must be stopped, last first. Running it again does nothing. */
export class Teardown {
  readonly #steps: (() => void | Promise<void>)[] = [];
  #done: Promise<void> | undefined;

  add(step: () => void | Promise<void>): void {
    this.#steps.push(step);
  }

  /** Runs every step, also after one that fails; throws what the first one threw. */
  run(): Promise<void> {
    this.#done ??= this.#runAll();
    return this.#done;
  }

  get started(): boolean {
    return this.#done !== undefined;
  }

  async #runAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#steps.reverse()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
