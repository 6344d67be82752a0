import type { Hold, RedemptionStore } from '../../shared/ports/stores.ts';

/**
 * Looks at every write of redemptions as it takes effect: a wallet has one payout at most that is
 * open and was never paid. What was paid before and came back may be open beside a newer one.
 */
export class PayoutWatch {
  readonly findings: string[] = [];
  holds = 0;
  readonly #open = new Map<string, string>();
  readonly #wallets = new Map<string, string>();
  readonly #held: (hold: Hold) => void;

  /** `held` is what a stream of the table brings. */
  constructor(held: (hold: Hold) => void) {
    this.#held = held;
  }

  around(store: RedemptionStore): RedemptionStore {
    return {
      ...store,
      hold: async (hold, ...others) => {
        const outcome = await store.hold(hold, ...others);
        if (outcome.kind === 'held') this.#begin(hold);
        return outcome;
      },
      capture: async (read, settlement) => {
        const outcome = await store.capture(read, settlement);
        if (outcome === 'done') this.#end(read.redemption);
        return outcome;
      },
      release: async (read, ...others) => {
        const outcome = await store.release(read, ...others);
        if (outcome === 'done') this.#end(read.redemption);
        return outcome;
      },
    };
  }

  #begin(hold: Hold): void {
    const wallet = `${hold.entry.member} ${hold.unit}`;
    const before = this.#open.get(wallet);
    if (before !== undefined) {
      this.findings.push(`${wallet} has ${hold.redemption} beside ${before}.`);
    }
    this.holds += 1;
    this.#open.set(wallet, hold.redemption);
    this.#wallets.set(hold.redemption, wallet);
    this.#held(hold);
  }

  #end(redemption: string): void {
    const wallet = this.#wallets.get(redemption) ?? '';
    if (this.#open.get(wallet) === redemption) this.#open.delete(wallet);
  }
}
