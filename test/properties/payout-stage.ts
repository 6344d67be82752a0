import { heedWebhook } from '../../shared/app/dispatch/heed-webhook.ts';
import { type RunResult, runPayouts } from '../../shared/app/payouts/run-payouts.ts';
import { monthsWith } from '../../shared/domain/rates/months.ts';
import type { RateSnapshot } from '../../shared/domain/rates/snapshot.ts';
import { addDays, type LocalDate } from '../../shared/domain/time.ts';
import { Crash, drain, withPorts } from '../support/fulfilment.ts';
import { account, type PayingWorld, payingWorld, program } from '../support/paying.ts';
import { interleaved, seededTurns, wrapped } from '../support/scheduling.ts';
import type { ScriptedProvider } from '../support/scripted-provider.ts';

type Dependencies = PayingWorld['dependencies'];

/** One call of a port fails; from then on, where the process is killed, all do. */
export interface Death {
  readonly nth: number;
  readonly when: 'before' | 'after';
  readonly isKilled: boolean;
}

/** Wallets that are filled, paid out, and filled again, with what was ever put into each. */
export class PayoutStage {
  readonly paying: PayingWorld;
  /** By member and unit. */
  readonly given = new Map<string, bigint>();
  readonly runs = new Set<string>();

  constructor(policy: object) {
    this.paying = payingWorld(policy);
    this.#publish();
  }

  get world() {
    return this.paying.world;
  }

  /** The accounts with books of their own: a charity is asked nothing. */
  get providers(): readonly ScriptedProvider[] {
    return [this.world.provider, this.paying.bank];
  }

  async give(member: string, unit: string, amountMinor: bigint): Promise<void> {
    const wallet = `${member} ${unit}`;
    this.given.set(wallet, (this.given.get(wallet) ?? 0n) + amountMinor);
    await this.paying.give(member, unit, amountMinor);
  }

  choose(member: string, choice: object, hasPayee: boolean): Promise<void> {
    return this.paying.choose(member, choice, hasPayee ? account : undefined);
  }

  /** `undefined`: the process died before it could say. */
  async run(name: string, death?: Death): Promise<RunResult | undefined> {
    const dependencies = this.paying.dependencies;
    return this.#run(name, death ? withAllPorts(dependencies, dying(death)) : dependencies);
  }

  /** Two processes at a time, their calls mixed as the seed says, while wallets are filled. */
  async race(names: readonly string[], seed: number, beside: () => Promise<void>): Promise<void> {
    const turns = seededTurns(seed, 8);
    const mixed = withAllPorts(this.paying.dependencies, (port) => interleaved(port, turns));
    await Promise.all([...names.map((name) => this.#run(name, mixed)), beside()]);
  }

  async #run(name: string, dependencies: Dependencies): Promise<RunResult | undefined> {
    this.runs.add(name);
    const asOf = this.world.clock.now();
    try {
      const result = await runPayouts(dependencies, {
        ...{ program, run: name, asOf, requestedBy: 'fin' },
      });
      if (!result.ok) throw new Error(result.failure.code);
      return result.value;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      return undefined;
    }
  }

  /** What is held is routed, ordered and settled. */
  async settle(state: 'final' | 'failed', death?: Death): Promise<void> {
    const { dependencies } = this.world;
    const wrap = death && dying({ ...death, isKilled: false });
    await this.paying.route();
    const decide = () => {
      for (const each of this.providers) each.decide(state);
    };
    await drain(this.world, wrap ? withPorts(dependencies, wrap) : dependencies, decide);
  }

  /** The newest delivery of each provider is taken back; it may turn out well after all. */
  async undo(isRedone: boolean): Promise<void> {
    for (const provider of this.providers) {
      const made = [...provider.orders.values()].findLast(({ state }) => state === 'final');
      if (made === undefined) continue;
      made.state = 'failed';
      const reading = { kind: 'order', webhookId: 'undone', providerOrder: made.id } as const;
      await heedWebhook(this.world.dependencies, { provider: provider.name, reading });
      if (isRedone) made.state = 'final';
    }
  }

  pass(days: number): void {
    this.world.clock.advance(days * 86_400_000);
  }

  /** Other rates every day. */
  #publish(): void {
    const days = Array.from({ length: 900 }, (_, index): RateSnapshot => {
      const moved = (base: string) => `${base}${100 + ((index * 37) % 800)}`;
      const rates = new Map([
        ['USD', moved('1.1')],
        ['GBP', moved('0.8')],
      ]);
      return { date: addDays('2026-05-15' as LocalDate, index), rates };
    });
    for (const month of monthsWith('ecb', new Map(), days)) {
      this.world.table.rates.set(`ecb ${month.month}`, { ...month, version: 1 });
    }
  }
}

function withAllPorts(
  dependencies: Dependencies,
  wrap: <Port extends object>(port: Port) => Port,
): Dependencies {
  const { contacts, payouts, rates, sanctions } = dependencies;
  return {
    ...dependencies,
    ...withPorts(dependencies, wrap),
    ...{ contacts: wrap(contacts), payouts: wrap(payouts) },
    ...{ rates: wrap(rates), sanctions: wrap(sanctions) },
  };
}

function dying({ nth, when, isKilled }: Death): <Port extends object>(port: Port) => Port {
  let calls = 0;
  return (port) =>
    wrapped(port, async (call) => {
      calls += 1;
      const isNow = calls === nth;
      if ((isNow && when === 'before') || (isKilled && calls > nth)) throw new Crash();
      const result = await call();
      if (isNow) throw new Crash();
      return result;
    });
}
