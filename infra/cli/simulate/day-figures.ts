import type { Entry } from '../../../shared/domain/ledger/entry.ts';
import {
  addDays,
  type Instant,
  instantOf,
  type LocalDate,
  localDateAt,
  startOfDay,
} from '../../../shared/domain/time.ts';
import { earnedLegs } from './month-figures.ts';

/** What members were given and what came back of it, by unit; what they spent, by currency. */
export type Flow = 'issued' | 'returned' | 'spent' | 'spentBack';

/** Sums of entries by day of a time zone. Entries come in the order of their time. */
export class DayFigures {
  /** By flow, then by unit or currency, then by day. */
  readonly sums = new Map<Flow, Map<string, Map<LocalDate, bigint>>>();
  readonly #timeZone: string;
  #day: LocalDate | undefined;
  #end: Instant = instantOf(0);

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  add(entry: Entry): void {
    for (const { account, unit, amount } of earnedLegs(entry)) {
      if (account.kind !== 'issued') continue;
      if (amount < 0n) this.#count('issued', unit, entry.occurredAt, -amount);
      else this.#count('returned', unit, entry.occurredAt, amount);
    }
    const { kind, explanation, occurredAt } = entry;
    if (kind !== 'accrual' && kind !== 'return') return;
    const { currency, amountMinor } = explanation.inputs ?? {};
    if (currency === undefined || amountMinor === undefined) return;
    const flow = kind === 'accrual' ? 'spent' : 'spentBack';
    this.#count(flow, currency, occurredAt, BigInt(amountMinor));
  }

  #count(flow: Flow, unit: string, at: Instant, amount: bigint): void {
    const units = this.sums.get(flow) ?? new Map<string, Map<LocalDate, bigint>>();
    this.sums.set(flow, units);
    const days = units.get(unit) ?? new Map<LocalDate, bigint>();
    units.set(unit, days);
    const day = this.#dayOf(at);
    days.set(day, (days.get(day) ?? 0n) + amount);
  }

  #dayOf(at: Instant): LocalDate {
    if (this.#day !== undefined && at < this.#end) return this.#day;
    const day = localDateAt(at, this.#timeZone);
    this.#day = day;
    this.#end = startOfDay(addDays(day, 1), this.#timeZone);
    return day;
  }
}
