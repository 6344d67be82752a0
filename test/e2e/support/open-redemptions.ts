import type { Session } from '../../../infra/cli/run/session.ts';

/** Looked at in the table again after so many questions, should a line of the log be missing. */
const readAgainAfter = 40;

/**
 * Redemptions without an end: read from the table, followed in the log, and read once more where
 * none seems to be left.
 */
export class OpenRedemptions {
  readonly #session: Session;
  readonly #open = new Set<string>();
  readonly close: () => void;
  #asked = 0;

  constructor(session: Session) {
    this.#session = session;
    this.close = session.stack.onFunctionLog((_, { code, redemption }) => {
      if (code === 'REDEMPTION_REOPENED') this.#open.add(String(redemption));
      if (code === 'REDEMPTION_CAPTURED' || code === 'REDEMPTION_RELEASED') {
        this.#open.delete(String(redemption));
      }
    });
  }

  async count(): Promise<number> {
    if (this.#open.size === 0 || this.#asked % readAgainAfter === 0) await this.#read();
    this.#asked += 1;
    return this.#open.size;
  }

  async #read(): Promise<void> {
    const sums = new Map<string, number>();
    for await (const { entry } of this.#session.table.scan.items()) {
      const step = steps.get(entry.kind);
      if (entry.key.at !== 'redemption' || step === undefined) continue;
      const { redemption } = entry.key;
      sums.set(redemption, (sums.get(redemption) ?? 0) + step);
    }
    this.#open.clear();
    for (const [redemption, sum] of sums) if (sum > 0) this.#open.add(redemption);
  }
}

const steps: ReadonlyMap<string, number> = new Map([
  ['hold', 1],
  ['reopen', 1],
  ['capture', -1],
  ['release', -1],
]);
