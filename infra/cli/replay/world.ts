import { systemDigest } from '../../../shared/adapters/crypto.ts';
import { createMemoryCatalogue } from '../../../shared/adapters/memory/catalogue-store.ts';
import { createMemoryChoiceStore } from '../../../shared/adapters/memory/choice-store.ts';
import { createMemoryLedgerStore } from '../../../shared/adapters/memory/ledger-store.ts';
import { MemoryTable } from '../../../shared/adapters/memory/memory-table.ts';
import { createMemoryPayoutStore } from '../../../shared/adapters/memory/payout-store.ts';
import { createMemoryProgramStore } from '../../../shared/adapters/memory/program-store.ts';
import { createMemoryQuoteStore } from '../../../shared/adapters/memory/quote-store.ts';
import { createMemoryRateStore } from '../../../shared/adapters/memory/rate-store.ts';
import { createMemoryRedemptionStore } from '../../../shared/adapters/memory/redemption-store.ts';
import { type AccrualOutcome, accrue } from '../../../shared/app/booking/accrue.ts';
import { compiledAt } from '../../../shared/app/booking/compiled-programs.ts';
import {
  type CommandOutcome,
  executeCommands,
} from '../../../shared/app/booking/execute-commands.ts';
import {
  type FollowUpDependencies,
  sweepFollowUps,
} from '../../../shared/app/booking/sweep-follow-ups.ts';
import { sweepMember } from '../../../shared/app/booking/sweep-member.ts';
import type { RedeemDependencies } from '../../../shared/app/redemption/redeem.ts';
import type { ReviewDependencies } from '../../../shared/app/redemption/review.ts';
import type { ReceivedCommand } from '../../../shared/domain/commands/command.ts';
import type { ReceivedEvent } from '../../../shared/domain/earning/event.ts';
import type { CompiledProgram } from '../../../shared/domain/program/compiled.ts';
import type { Finding } from '../../../shared/domain/program/schema.ts';
import {
  type ProgramVersion,
  type PublishedProgram,
  refuseVersion,
} from '../../../shared/domain/program/version.ts';
import { invariant } from '../../../shared/domain/result.ts';
import { Secret } from '../../../shared/domain/secret.ts';
import { addMs, type Instant } from '../../../shared/domain/time.ts';
import type { ChoiceStore } from '../../../shared/ports/choices.ts';
import type { LedgerStore } from '../../../shared/ports/ledger.ts';
import type { PayoutStore } from '../../../shared/ports/payouts.ts';
import type { RateStore } from '../../../shared/ports/rates.ts';
import type { Logger } from '../../../shared/ports/runtime.ts';
import { DueCalendar } from './due-calendar.ts';
import { periodEndFrom } from './period-ends.ts';

type WorldDependencies = FollowUpDependencies &
  RedeemDependencies &
  ReviewDependencies & {
    readonly rates: RateStore;
    readonly choices: ChoiceStore;
    readonly payouts: PayoutStore;
  };

/**
 * A whole program in memory, with a clock that only goes where it is told: the same use cases as
 * the functions, the schedules included, and no I/O. History plays as it would have: on the way to
 * an instant the schedules run at every period end at which anything may be due.
 */
export class ReplayWorld {
  readonly program: string;
  readonly table = new MemoryTable();
  readonly dependencies: WorldDependencies;
  readonly #providerNames: string[];
  readonly #programs = createMemoryProgramStore(this.table);
  readonly #calendar: DueCalendar;
  #now: Instant;
  #deliveries = 0;

  /** `end`: when the history ends, where it is known; looking ahead to it saves looking twice. */
  constructor(first: ProgramVersion, start: Instant, end = start) {
    this.program = first.program.program;
    this.#now = start;
    this.table.programs.set(this.program, [first]);
    this.#providerNames = providersIn(first);
    const ledger = createMemoryLedgerStore(this.table);
    this.#calendar = new DueCalendar(ledger, this.program, end);
    this.dependencies = {
      clock: { now: () => this.#now },
      digest: systemDigest,
      logger: { info: () => {}, warn: () => {}, error: this.#fail },
      ledger: this.#observed(ledger),
      programs: this.#programs,
      rates: createMemoryRateStore(this.table),
      payouts: createMemoryPayoutStore(this.table),
      redemptions: createMemoryRedemptionStore(this.table),
      ...rewardPorts(this.#providerNames),
    };
  }

  get now(): Instant {
    return this.#now;
  }

  /** The version in force. */
  async compiled(): Promise<CompiledProgram> {
    const compiled = compiledAt(await this.#published(), this.#now);
    invariant(compiled !== undefined, 'The first version is in force since ever.');
    return compiled;
  }

  /** Goes forward, never back, and runs the schedules that are due on the way. */
  async advanceTo(instant: Instant): Promise<void> {
    invariant(instant >= this.#now, 'Time does not go back.');
    for (;;) {
      const stop = await this.#nextStop(instant);
      if (stop === undefined) break;
      this.#now = stop;
      await this.#runSchedules();
    }
    this.#now = instant;
  }

  async deliverEvent(received: ReceivedEvent): Promise<AccrualOutcome> {
    const [outcome] = await accrue(this.dependencies, [{ ...this.#delivery(), received }]);
    invariant(outcome !== undefined, 'Each delivery has an outcome.');
    return outcome;
  }

  async deliverCommand(received: ReceivedCommand): Promise<CommandOutcome> {
    const [outcome] = await executeCommands(this.dependencies, [{ ...this.#delivery(), received }]);
    invariant(outcome !== undefined, 'Each delivery has an outcome.');
    return outcome;
  }

  /** Publishes a further version, or says why not. */
  async publish(version: ProgramVersion): Promise<Finding[]> {
    const findings = refuseVersion(await this.#published(), version, this.#now);
    if (findings.length > 0) return findings;
    await this.#programs.publish(version);
    this.#providerNames.push(...providersIn(version));
    return [];
  }

  /** Something beside postings has changed a member. */
  touch(member: string): void {
    this.#calendar.touch([member]);
  }

  #delivery() {
    this.#deliveries += 1;
    return { delivery: `delivery-${this.#deliveries}`, program: this.program };
  }

  #observed(ledger: LedgerStore): LedgerStore {
    return {
      ...ledger,
      post: (posting) => {
        const { entries, balances, records } = posting;
        this.#calendar.touch([...entries, ...balances, ...records].map(({ member }) => member));
        return ledger.post(posting);
      },
    };
  }

  /** Schedules have run at every period end up to now; the next one that has anything to do. */
  async #nextStop(until: Instant): Promise<Instant | undefined> {
    const compiled = await this.compiled();
    const due = await this.#calendar.next({
      compiled,
      published: await this.#published(),
      now: this.#now,
      until,
    });
    if (due === undefined) return undefined;
    const stop = periodEndFrom(due > this.#now ? due : addMs(this.#now, 1), compiled.program);
    return stop > until ? undefined : stop;
  }

  async #runSchedules(): Promise<void> {
    const { program } = this;
    await sweepFollowUps(this.dependencies, program);
    // As the sweep does with every member; the others have nothing due.
    for (const member of this.#calendar.dueBy(this.#now, await this.compiled())) {
      await sweepMember(this.dependencies, { program, member });
    }
    this.#calendar.ran();
  }

  async #published(): Promise<PublishedProgram> {
    const published = await this.#programs.load(this.program);
    invariant(published !== undefined, 'The first version stays published.');
    return published;
  }

  /** What the functions would log and try again is a defect here. */
  readonly #fail: Logger['error'] = (code) => {
    throw new Error(`A schedule failed: ${code}.`);
  };
}

/** Every provider that a program names has an account here. */
function providersIn({ program: { rewards } }: ProgramVersion): string[] {
  return rewards.flatMap((reward) =>
    [reward, ...(reward.alternatives ?? [])].map(({ provider }) => provider),
  );
}

/** Around redemptions: no catalogue was ever read, nobody is told anything, nothing is secret. */
function rewardPorts(providerNames: readonly string[]) {
  return {
    ...{ catalogue: createMemoryCatalogue(), providerNames },
    choices: createMemoryChoiceStore(),
    ...{ quotes: createMemoryQuoteStore(), contacts: { read: async () => undefined } },
    sealer: {
      seal: async (_: unknown, value: Secret) => value.reveal(),
      open: async (_: unknown, sealed: string) => new Secret(sealed),
    },
    ...{ checkQueue: { send: async () => {} }, publisher: { publish: async () => {} } },
    dispatchQueues: new Map<string, never>(),
  };
}
