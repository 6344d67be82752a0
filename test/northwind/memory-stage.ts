import { keepGivenRates } from '../../infra/cli/replay/given-rates.ts';
import { ReplayWorld } from '../../infra/cli/replay/world.ts';
import { readEventLine } from '../../infra/cli/run/event-line.ts';
import { sumByUnit } from '../../shared/domain/ledger/entry.ts';
import { available, dayOfLot } from '../../shared/domain/points/balance.ts';
import type { Program } from '../../shared/domain/program/schema.ts';
import { sinceEver } from '../../shared/domain/program/version.ts';
import { type LocalDate, localDateAt, parseInstant, startOfDay } from '../../shared/domain/time.ts';
import { Sums } from './books.ts';
import type { EcbHistory } from './ecb-history.ts';

/** A line of an events file. */
export interface Line {
  readonly occurredAt: string;
}

/** What the ledger says, in the words of the oracle. */
export interface Found {
  readonly available: Sums;
  readonly vesting: Sums;
  readonly pending: Sums;
  readonly debts: Sums;
  readonly accounts: Sums;
  /** Units that do not sum to zero, counted by entries. */
  readonly unbalanced: number;
}

const booked = ['accrued', 'returned', 'done'];

/** A program in memory, with rates, to which lines of an events file are told. */
export class MemoryStage {
  readonly #world: ReplayWorld;
  readonly #timeZone: string;

  private constructor(world: ReplayWorld, timeZone: string) {
    this.#world = world;
    this.#timeZone = timeZone;
  }

  /** `start`: a day in the program's zone. */
  static async of(program: Program, start: string, rates?: EcbHistory): Promise<MemoryStage> {
    const { timeZone } = program;
    const at = startOfDay(start as LocalDate, timeZone);
    const world = new ReplayWorld({ from: sinceEver, program }, at);
    if (rates !== undefined) await keepGivenRates(world.dependencies.rates, ratesOf(rates));
    return new MemoryStage(world, timeZone);
  }

  /**
   * Tells lines in the order of their time, with the schedules on the way; what comes late is told
   * now. What was not booked, and what became of it.
   */
  async play(lines: readonly Line[]): Promise<string[]> {
    const unbooked: string[] = [];
    for (const line of inTime(lines)) {
      const outcome = await this.#deliver(line);
      if (!booked.includes(outcome.kind)) unbooked.push(JSON.stringify([line, outcome]));
    }
    return unbooked;
  }

  /** The start of a day in the program's zone; what is due by then is done. */
  reach(day: string): Promise<void> {
    return this.#world.advanceTo(startOfDay(day as LocalDate, this.#timeZone));
  }

  found(): Found {
    const { table, now } = this.#world;
    return foundIn(table, localDateAt(now, this.#timeZone));
  }

  async #deliver(line: Line): Promise<{ readonly kind: string }> {
    const read = readEventLine(JSON.stringify(line));
    if (read.kind === 'refused') return read;
    const at = parseInstant(line.occurredAt);
    if (at !== undefined && at > this.#world.now) await this.#world.advanceTo(at);
    return read.kind === 'event'
      ? this.#world.deliverEvent(read.received)
      : this.#world.deliverCommand(read.received);
  }
}

function inTime(lines: readonly Line[]): Line[] {
  return lines.toSorted((one, other) => Date.parse(one.occurredAt) - Date.parse(other.occurredAt));
}

function ratesOf({ days }: EcbHistory): Parameters<typeof keepGivenRates>[1] {
  const snapshots = days.map(([date, rates]) => ({ date: date as LocalDate, rates }));
  return { source: 'ecb', snapshots };
}

function foundIn(table: ReplayWorld['table'], today: LocalDate): Found {
  const sums = {
    ...{ available: new Sums(), vesting: new Sums() },
    ...{ pending: new Sums(), debts: new Sums() },
  };
  for (const { member, unit, balance } of table.balances.values()) {
    sums.available.add(member, unit, available(balance, today));
    sums.pending.add(member, unit, balance.pending);
    sums.debts.add(member, unit, balance.debt);
    for (const [day, points] of balance.vesting) {
      sums.vesting.add(`${member} ${dayOfLot(day)}`, unit, points);
    }
  }
  const accounts = new Sums();
  let unbalanced = 0;
  for (const { legs } of table.entries.values()) {
    for (const sum of sumByUnit(legs).values()) unbalanced += sum === 0n ? 0 : 1;
    for (const { account, unit, amount } of legs) {
      const isMembers = 'member' in account;
      const name = account.kind === 'donation' ? `donation:${account.charity}` : account.kind;
      accounts.add(isMembers ? 'members' : name, unit, amount);
    }
  }
  return { ...sums, accounts, unbalanced };
}
