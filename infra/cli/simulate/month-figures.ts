import { windowEnd } from '../../../shared/domain/calendar.ts';
import {
  type Account,
  type Entry,
  type EntryKind,
  type Leg,
  sumByUnit,
} from '../../../shared/domain/ledger/entry.ts';
import { type Instant, instantOf, localDateAt, startOfDay } from '../../../shared/domain/time.ts';

/** What a month brought in one unit, in points, by event time. */
export interface UnitMonth {
  issued: bigint;
  /** Given back by returns and forfeits. */
  returned: bigint;
  /** Breakage. */
  expired: bigint;
  /** From migration, adjustments and conversions; negative: taken, donated, redeemed. */
  other: bigint;
  /** Change of what members can spend, debts deducted. */
  spendable: bigint;
  /** Change of what is not spendable yet. */
  pending: bigint;
}

/** Sums of entries by month of a time zone and by unit. Entries come in the order of their time. */
export class MonthFigures {
  readonly #months = new Map<string, Map<string, UnitMonth>>();
  readonly #held = new Set<string>();
  readonly #timeZone: string;
  #month = '';
  #end: Instant = instantOf(0);

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  add(entry: Entry): void {
    const month = this.#monthOf(entry.occurredAt);
    for (const leg of earnedLegs(entry)) {
      if ('member' in leg.account) this.#held.add(leg.unit);
      addLeg(this.#unit(month, leg.unit), leg);
    }
  }

  /** Months from the first to the last, those without anything too. */
  *months(): Generator<readonly [month: string, units: ReadonlyMap<string, UnitMonth>]> {
    const named = [...this.#months.keys()].sort();
    const [first, last] = [named[0], named.at(-1)];
    if (first === undefined || last === undefined) return;
    for (let month = first; month <= last; month = nextMonth(month)) {
      yield [month, this.#months.get(month) ?? new Map()];
    }
  }

  /** Those in which members have had anything. */
  units(): readonly string[] {
    return [...this.#held].sort();
  }

  #monthOf(at: Instant): string {
    if (at < this.#end && this.#month !== '') return this.#month;
    const date = localDateAt(at, this.#timeZone);
    this.#month = date.slice(0, 7);
    this.#end = startOfDay(windowEnd('month', date), this.#timeZone);
    return this.#month;
  }

  #unit(month: string, unit: string): UnitMonth {
    const units = this.#months.get(month) ?? new Map<string, UnitMonth>();
    this.#months.set(month, units);
    const found = units.get(unit) ?? emptyUnitMonth();
    units.set(unit, found);
    return found;
  }
}

const earning: ReadonlySet<EntryKind> = new Set(['accrual', 'activation', 'return', 'forfeiture']);
const passing: ReadonlySet<Account['kind']> = new Set(['issued', 'fxPosition', 'rounding']);

/** Those of an entry; what was judged in one currency and kept in another was issued there. */
export function earnedLegs({ kind, legs, exchanges = [] }: Entry): readonly Leg[] {
  return exchanges.length > 0 && earning.has(kind) ? asIssued(legs) : legs;
}

function asIssued(legs: readonly Leg[]): Leg[] {
  const sums = sumByUnit(legs.filter(({ account }) => passing.has(account.kind)));
  return [
    ...[...sums].map(([unit, amount]): Leg => ({ account: { kind: 'issued' }, unit, amount })),
    ...legs.filter(({ account }) => !passing.has(account.kind)),
  ];
}

export function emptyUnitMonth(): UnitMonth {
  return { issued: 0n, returned: 0n, expired: 0n, other: 0n, spendable: 0n, pending: 0n };
}

function addLeg(month: UnitMonth, { account, amount }: Leg): void {
  if (account.kind === 'lot' || account.kind === 'debt') month.spendable += amount;
  else if (account.kind === 'pending') month.pending += amount;
  else if (account.kind === 'breakage') month.expired += amount;
  else if (account.kind !== 'issued') month.other -= amount;
  else if (amount < 0n) month.issued -= amount;
  else month.returned += amount;
}

function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const next = number === 12 ? [year + 1, 1] : [year, number + 1];
  return `${next[0]}-${String(next[1]).padStart(2, '0')}`;
}
