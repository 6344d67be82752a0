import { createMemoryLedgerScan } from '../../shared/adapters/memory/ledger-scan.ts';
import type { MemoryTable } from '../../shared/adapters/memory/memory-table.ts';
import {
  type AccrualOutcome,
  accrue,
  type EventDelivery,
} from '../../shared/app/booking/accrue.ts';
import { type CommandOutcome, executeCommands } from '../../shared/app/booking/execute-commands.ts';
import { sweepDue } from '../../shared/app/booking/sweep-due.ts';
import { sweepFollowUps } from '../../shared/app/booking/sweep-follow-ups.ts';
import { readMemberCommand } from '../../shared/contracts/commands.ts';
import { readCustomerEvent } from '../../shared/contracts/events.ts';
import type { Program } from '../../shared/domain/program/schema.ts';
import { type Instant, instantOf } from '../../shared/domain/time.ts';
import type { LedgerStore, Posting } from '../../shared/ports/ledger.ts';
import { audit } from '../stores/auditor.ts';
import { interleaved, seededTurns } from '../support/scheduling.ts';
import { createWorld, type Dependencies, type TestClock } from '../support/world.ts';
import { auditAvailable } from './available.ts';
import type { Json } from './program-json.ts';

export const dayMs = 86_400_000;
const mostDeliveries = 12;

/** An event as a producer sends it; what is absent is an order of ann's now. */
export interface Sent {
  readonly id: string;
  readonly member?: string;
  readonly type?: string;
  readonly amountMinor?: number;
  readonly currency?: string;
  readonly at?: Instant;
  readonly of?: string;
  readonly data?: Json;
}

/** The use cases over the memory stores, with nothing between them and a property. */
export class Stage {
  readonly program: Program;
  readonly table: MemoryTable;
  readonly clock: TestClock;
  /** What was booked, one transaction each. */
  readonly postings: Posting[] = [];
  readonly #dependencies: Dependencies;
  #number = 0;

  constructor(
    program: Program,
    later: readonly { from: Instant; program: Program }[] = [],
    start?: string,
  ) {
    const world = createWorld(program, start);
    this.program = program;
    this.table = world.table;
    this.clock = world.clock;
    const ledger = this.#remembering(world.dependencies.ledger);
    this.#dependencies = { ...world.dependencies, ledger };
    const [first] = world.table.programs.get(program.program) ?? [];
    if (first) world.table.programs.set(program.program, [first, ...later]);
  }

  #remembering(ledger: LedgerStore): LedgerStore {
    return {
      ...ledger,
      post: async (posting) => {
        const outcome = await ledger.post(posting);
        if (outcome.kind === 'posted') this.postings.push(posting);
        return outcome;
      },
    };
  }

  get name(): string {
    return this.program.program;
  }

  now(): Instant {
    return this.clock.now();
  }

  delivery(sent: Sent): EventDelivery {
    const { at = this.now(), of, type, member = 'ann', ...rest } = sent;
    this.#number += 1;
    const reading = readCustomerEvent({
      ...{ source: 'shop', member, amountMinor: 10_000, currency: 'GBP', ...rest },
      type: type ?? 'order.placed',
      occurredAt: new Date(at).toISOString(),
      ...(of !== undefined && { refersTo: { source: 'shop', id: of } }),
    });
    if (!reading.ok) throw new Error(`${reading.failure.code} ${reading.failure.field}`);
    return { delivery: `d${this.#number}`, program: this.name, received: reading.value };
  }

  /** Batches one after the other; what fails comes again. */
  async send(...batches: readonly (readonly Sent[])[]): Promise<AccrualOutcome[]> {
    const outcomes: AccrualOutcome[] = [];
    for (const batch of batches) outcomes.push(...(await this.#insist(batch, this.#dependencies)));
    return outcomes;
  }

  /** Workers over one state, each with its own batches, their steps mixed as the seed says. */
  async race(seed: number, workers: readonly (readonly (readonly Sent[])[])[]): Promise<void> {
    const ledger = interleaved(this.#dependencies.ledger, seededTurns(seed));
    const dependencies = { ...this.#dependencies, ledger };
    const work = async (batches: readonly (readonly Sent[])[]) => {
      for (const batch of batches) await this.#insist(batch, dependencies);
    };
    await Promise.all(workers.map(work));
  }

  async #insist(batch: readonly Sent[], dependencies: Dependencies): Promise<AccrualOutcome[]> {
    const outcomes: AccrualOutcome[] = [];
    let left = batch.map((sent) => this.delivery(sent));
    for (let time = 1; left.length > 0; time += 1) {
      const told = await accrue(dependencies, left);
      const failed = told.find(({ kind }) => kind === 'failed');
      if (failed?.kind === 'failed' && time >= mostDeliveries) throw failed.error;
      outcomes.push(...told.filter(({ kind }) => kind !== 'failed'));
      left = left.filter((_, index) => told[index]?.kind === 'failed');
    }
    return outcomes;
  }

  async command(type: string, data: Json, parts: Json = {}): Promise<CommandOutcome> {
    return this.#commandWith(this.#dependencies, { ...parts, type, data });
  }

  /** A command in the middle of traffic. */
  racingCommand(seed: number, body: Json): Promise<CommandOutcome> {
    const ledger = interleaved(this.#dependencies.ledger, seededTurns(seed));
    return this.#commandWith({ ...this.#dependencies, ledger }, body);
  }

  async #commandWith(dependencies: Dependencies, body: Json): Promise<CommandOutcome> {
    this.#number += 1;
    const named = { id: `c${this.#number}`, source: 'desk', actor: 'staff-1', member: 'ann' };
    const occurredAt = new Date(this.now()).toISOString();
    const reading = readMemberCommand({ ...named, occurredAt, ...body });
    if (!reading.ok) throw new Error(`${reading.failure.code} ${reading.failure.field}`);
    const delivery = `d${this.#number}`;
    const asked = { delivery, program: this.name, received: reading.value };
    const [outcome] = await executeCommands(dependencies, [asked]);
    if (outcome === undefined || outcome.kind === 'failed') throw outcome?.error;
    return outcome;
  }

  /** Follow-ups whose originals have come, then the calendars of all members. */
  async sweep(): Promise<void> {
    for (let applied = 1; applied > 0; ) {
      ({ applied } = await sweepFollowUps(this.#dependencies, this.name));
    }
    const { failed } = await sweepDue(this.#dependencies, this.name);
    if (failed > 0) throw new Error(`The calendars of ${failed} members failed.`);
  }

  reach(instant: number): void {
    this.clock.reach(instantOf(instant));
  }

  /** Balances are the fold of their entries, which balance; available is what it should be. */
  async audit(): Promise<void> {
    await audit(createMemoryLedgerScan(this.table));
    auditAvailable(this.table, this.program, this.now());
  }
}
