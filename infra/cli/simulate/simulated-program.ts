import { systemDigest } from '../../../shared/adapters/crypto.ts';
import { MemoryTable } from '../../../shared/adapters/memory/memory-table.ts';
import { createMemoryProgramStore } from '../../../shared/adapters/memory/program-store.ts';
import { createMemoryRateStore } from '../../../shared/adapters/memory/rate-store.ts';
import { accrue } from '../../../shared/app/booking/accrue.ts';
import { executeCommands } from '../../../shared/app/booking/execute-commands.ts';
import { sweepDue } from '../../../shared/app/booking/sweep-due.ts';
import {
  type FollowUpDependencies,
  sweepFollowUps,
} from '../../../shared/app/booking/sweep-follow-ups.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import { sinceEver } from '../../../shared/domain/program/version.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { LedgerStore } from '../../../shared/ports/ledger.ts';
import type { RateStore } from '../../../shared/ports/rates.ts';
import { type GivenRates, keepGivenRates } from '../replay/given-rates.ts';
import type { EventCounts } from '../run/event-feed.ts';
import { readEventLine } from '../run/event-line.ts';
import type { FileLine } from '../run/read-lines.ts';

type Delivered =
  | { readonly kind: 'accrued' | 'returned' | 'done' | 'duplicate' | 'conflict' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly error: unknown };

/** The pipeline's use cases on a ledger, one line after the other, with a clock that is told. */
export class SimulatedProgram {
  readonly counts: EventCounts = {
    ...{ received: 0, accrued: 0, returned: 0, commands: 0, duplicate: 0, conflict: 0 },
    refused: {},
  };
  readonly #program: string;
  readonly #dependencies: FollowUpDependencies & { readonly rates: RateStore };
  #now: Instant;
  #failure: { readonly error: unknown } | undefined;

  constructor(program: Program, ledger: LedgerStore, start: Instant) {
    this.#program = program.program;
    this.#now = start;
    const table = new MemoryTable();
    table.programs.set(program.program, [{ program, from: sinceEver }]);
    this.#dependencies = {
      clock: { now: () => this.#now },
      digest: systemDigest,
      logger: { info: () => {}, warn: () => {}, error: (code) => this.#fail(code) },
      ledger,
      programs: createMemoryProgramStore(table),
      rates: createMemoryRateStore(table),
    };
  }

  /** Once, before anything is sent. */
  keepRates(given: GivenRates): Promise<void> {
    return keepGivenRates(this.#dependencies.rates, given);
  }

  /** Forward only. */
  moveClock(to: Instant): void {
    if (to > this.#now) this.#now = to;
  }

  /** Books a line. Throws what the ledger or a rule threw: nothing here comes a second time. */
  async send({ number, text }: FileLine): Promise<void> {
    if (text?.trim() === '') return;
    this.counts.received += 1;
    const line = readEventLine(text);
    if (line.kind === 'refused') {
      this.#refuse(line.refusal);
      return;
    }
    const delivery = { delivery: `line.${number}`, program: this.#program };
    const [outcome] =
      line.kind === 'event'
        ? await accrue(this.#dependencies, [{ ...delivery, received: line.received }])
        : await executeCommands(this.#dependencies, [{ ...delivery, received: line.received }]);
    if (outcome !== undefined) this.#count(outcome);
  }

  /** As the functions do when their schedules call them. Throws as `send` does. */
  async runSchedules(): Promise<void> {
    await sweepFollowUps(this.#dependencies, this.#program);
    await sweepDue(this.#dependencies, this.#program);
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #count(outcome: Delivered): void {
    if (outcome.kind === 'failed') throw outcome.error;
    if (outcome.kind === 'refused') this.#refuse(outcome.refusal);
    else this.counts[outcome.kind === 'done' ? 'commands' : outcome.kind] += 1;
  }

  #refuse({ code }: Refusal): void {
    this.counts.refused[code] = (this.counts.refused[code] ?? 0) + 1;
  }

  #fail(code: string): void {
    this.#failure ??= { error: new Error(`A schedule failed: ${code}.`) };
  }
}
