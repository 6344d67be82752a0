import { createMemoryBankFileStore } from '../../shared/adapters/memory/bank-file-store.ts';
import { createBankFile } from '../../shared/adapters/providers/bank-file.ts';
import { lookForUndone } from '../../shared/app/dispatch/look-for-undone.ts';
import { receiveWebhook } from '../../shared/app/dispatch/receive-webhook.ts';
import { watchFloats } from '../../shared/app/dispatch/watch-float.ts';
import { runPayouts } from '../../shared/app/payouts/run-payouts.ts';
import { cancel } from '../../shared/app/redemption/cancel.ts';
import { decideReview } from '../../shared/app/redemption/review.ts';
import { addMs, localDateAt } from '../../shared/domain/time.ts';
import type { BankFileStore } from '../../shared/ports/bank-file.ts';
import { AnswerLost } from '../faults/lost-answers.ts';
import { seededRandomness } from '../faults/seeded-randomness.ts';
import { BankDays } from '../support/bank-days.ts';
import { debtors } from '../support/bank-paying.ts';
import { type PayingWorld, payingWorld, program } from '../support/paying.ts';
import { Dice } from './customers.ts';
import { accountHabits, stormPolicy } from './payout-accounts.ts';
import { PayoutBank } from './payout-bank.ts';
import { Faults, Life, stormy } from './payout-faults.ts';
import { enrol, type Given, give, listedName, publishedMonths } from './payout-members.ts';
import { PayoutRail } from './payout-rail.ts';
import { PayoutWatch } from './payout-watch.ts';
import { type PayoutDependencies, PayoutWorkers } from './payout-workers.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A run is done when everybody was met without a fault: after so many passes its stores work. */
const faultyPasses = 5;

/** Members, four rails and every fault: payouts from their run to their end. */
export class PayoutStorm {
  readonly paying: PayingWorld;
  readonly rails: readonly PayoutRail[];
  readonly bank: PayoutBank;
  readonly faults: Faults;
  readonly watch: PayoutWatch;
  readonly workers: PayoutWorkers;
  readonly dependencies: PayoutDependencies;
  /** How often a run was killed. */
  runsKilled = 0;
  given: Given = new Map();
  readonly #dice: Dice;

  /** `share`: how often each kind of fault strikes where it may. */
  constructor(
    seed: number,
    { members, share }: { readonly members: number; readonly share: number },
  ) {
    this.#dice = new Dice(seededRandomness(seed));
    this.faults = new Faults(new Dice(seededRandomness(seed + 1)), share);
    this.paying = payingWorld(stormPolicy, [listedName]);
    const { clock, table } = this.paying.world;
    for (const month of publishedMonths()) {
      table.rates.set(`ecb ${month.month}`, { ...month, version: 1 });
    }
    this.workers = new PayoutWorkers({ clock, faults: this.faults });
    this.watch = new PayoutWatch(({ redemption }) => this.workers.announce(redemption));
    this.rails = accountHabits.map((habits) => this.#rail(habits));
    const bankFiles = createMemoryBankFileStore();
    this.dependencies = this.#dependenciesWith(bankFiles);
    this.workers.use(this.dependencies);
    // Thousands of writes make one file, or follow from it: few may fail if any is to be whole.
    const few = new Faults(this.#dice, Math.min(share, 2 / members));
    this.bank = this.#bankOf(bankFiles, few);
    const metrics = { float: () => undefined };
    this.#every(hourMs / 4, () => watchFloats({ ...this.dependencies, metrics }));
    this.#every(dayMs / 4, () => lookForUndone(this.workers.portsOf(new Life(), few)));
    this.#every(dayMs, () => this.bank.takeFiles(localDateAt(clock.now(), 'UTC')));
    this.#every(dayMs, (ports) => this.#review(ports));
    this.#every(dayMs / 8, (ports) => this.#regret(ports));
  }

  async enrol(count: number): Promise<void> {
    this.given = await enrol(this.paying, this.#dice, count);
  }

  /** Some earn more meanwhile. */
  async earn(count: number): Promise<void> {
    const wallets = [...this.given.keys()];
    for (let index = 0; index < count; index += 1) {
      const [member = '', unit = ''] = this.#dice.pick(wallets).split(' ');
      const amountMinor = BigInt(100 + this.#dice.below(9000));
      await give(this.paying, this.given, { member, unit, amountMinor });
    }
  }

  /** Takes the run up again until it is done; at the given calls the process is killed. */
  async run(name: string, killedAt: readonly number[] = []): Promise<number> {
    const { clock } = this.paying.world;
    const deaths = [...killedAt];
    for (let pass = 1; pass <= faultyPasses + 1; pass += 1) {
      const diesAt = deaths.shift();
      const faults = pass > faultyPasses ? new Faults(this.#dice, 0) : this.faults;
      const works = [this.#pass(name, faults, diesAt)];
      // Where one is killed again, another one has taken it up beside it.
      if (diesAt !== undefined && pass > 1) works.push(this.#pass(name, faults));
      await Promise.all(works);
      await this.workers.until(addMs(clock.now(), hourMs));
      const run = await this.dependencies.payouts.readRun(program, name);
      if (run?.state === 'done') return pass;
    }
    throw new Error(`The run was not done after ${faultyPasses + 1} passes.`);
  }

  /** How many payouts were called off while they were under way, and came to nothing by that. */
  calledOff() {
    const orders = [...this.paying.world.table.orders.values()];
    const asked = orders.filter(({ call, cancelled }) => call > 0 && cancelled !== undefined);
    const given = asked.filter(({ reasons }) => reasons.at(-1) === 'CANCELLED');
    return { calledOff: asked.length, given: given.length };
  }

  async pass(days: number): Promise<void> {
    await this.workers.until(addMs(this.paying.world.clock.now(), days * dayMs));
  }

  async #pass(name: string, faults: Faults, diesAt?: number): Promise<void> {
    const life = new Life(diesAt);
    const asOf = this.paying.world.clock.now();
    const command = { program, run: name, asOf, requestedBy: 'fin' };
    const running = runPayouts(this.workers.portsOf(life, faults), command);
    try {
      const result = await Promise.race([running, life.died]);
      if (result === 'died') this.runsKilled += 1;
      else if (!result.ok) throw new Error(result.failure.code);
    } catch (error) {
      if (!(error instanceof AnswerLost)) throw error;
    }
  }

  #every(spanMs: number, work: (ports: PayoutDependencies) => Promise<unknown>): void {
    this.workers.later(spanMs, async () => {
      this.#every(spanMs, work);
      // By itself, for it comes again where it fails.
      this.workers.later(0, work);
    });
  }

  #rail(habits: (typeof accountHabits)[number]): PayoutRail {
    const { clock } = this.paying.world;
    return new PayoutRail(habits, {
      ...{ clock, faults: this.faults },
      later: (delayMs, happens) => this.workers.later(delayMs, async () => happens()),
      tell: (provider, reading) => {
        const rawBody = Buffer.from(JSON.stringify(reading));
        const webhook = { provider, headers: {}, rawBody };
        this.workers.later(0, (ports) => receiveWebhook(ports, webhook));
      },
    });
  }

  #dependenciesWith(bankFiles: BankFileStore): PayoutDependencies {
    const { dependencies, world } = this.paying;
    const { clock } = world;
    const { sealer } = dependencies;
    const provider = createBankFile({
      ...{ sealer, clock, debtors },
      bankFiles: stormy(bankFiles, new Life(), this.faults),
    });
    const charity = dependencies.providers.get('charity');
    const all = [...this.rails, provider, ...(charity ? [charity] : [])];
    const names = all.map(({ name }) => name);
    return {
      ...dependencies,
      redemptions: this.watch.around(dependencies.redemptions),
      providers: new Map(all.map((each) => [each.name, each])),
      capabilities: new Map(all.map(({ capabilities, name }) => [name, capabilities])),
      providerNames: names,
      dispatchQueues: new Map(names.map((name) => [name, this.workers.queueOf('dispatch')])),
      checkQueue: this.workers.checkQueue(),
      settleQueue: this.workers.queueOf('settle'),
    };
  }

  #bankOf(bankFiles: BankFileStore, few: Faults): PayoutBank {
    const { clock, logger, redemptions, sealer, settleQueue } = this.dependencies;
    const wrap = <Port extends object>(port: Port) => stormy(port, new Life(), few);
    const days = new BankDays({
      ...{ clock, debtors, logger, sealer, bankFiles: wrap(bankFiles) },
      ...{ redemptions: wrap(redemptions), settleQueue: wrap(settleQueue) },
    });
    const { faults } = this;
    const later = (delayMs: number, work: () => Promise<unknown>) => {
      this.workers.later(delayMs, work);
    };
    return new PayoutBank({ days, faults, later });
  }

  /** Some members think again while their money is on its way. */
  async #regret(ports: PayoutDependencies): Promise<void> {
    for (const { redemption, state } of this.paying.world.table.orders.values()) {
      if (state !== 'accepted' || !this.#dice.chance(0.01)) continue;
      const member = this.paying.world.table.holds.get(redemption)?.entry.member ?? '';
      // Each for itself: who has no answer may ask again another day.
      await cancel(ports, { program, member, redemption }).catch(onlyLost);
    }
  }

  /** A person looks at what waits, lets some go, blocks some, and leaves the rest. */
  async #review(ports: PayoutDependencies): Promise<void> {
    for (const { redemption, state } of this.paying.world.table.reviews.values()) {
      if (state !== 'waiting' || !this.#dice.chance(0.4)) continue;
      const decision = this.#dice.chance(0.6) ? 'release' : 'block';
      const command = { program, redemption, actor: 'ben', decision, reason: 'Known' } as const;
      const decided = await decideReview(ports, command);
      if (decided.ok && decision === 'release') this.workers.announce(redemption);
    }
  }
}

function onlyLost(error: unknown): void {
  if (!(error instanceof AnswerLost)) throw error;
}
