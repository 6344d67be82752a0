import type { Entry, Leg } from '../../../shared/domain/ledger/entry.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { firstRewardPoints, mainCurrency } from './worth.ts';

/** What a simulation knows of one member. */
export interface MemberFigure {
  /** Of the first thing that was booked. */
  first: Instant;
  /** When the first reward could be had. */
  reached?: Instant;
  /** In minor units of the program's main currency. */
  spendMinor: bigint;
  /** Spendable points by unit, debts deducted. */
  readonly spendable: Map<string, bigint>;
  /** The same with what is not spendable yet. */
  readonly points: Map<string, bigint>;
}

export interface Spend {
  spentMinor: bigint;
  returnedMinor: bigint;
}

/** Sums of entries by member, and spend by currency. Entries come in the order of their time. */
export class MemberFigures {
  readonly members = new Map<string, MemberFigure>();
  readonly spend = new Map<string, Spend>();
  readonly #currency: string;
  readonly #goals: ReadonlyMap<string, bigint>;

  constructor(program: Program) {
    this.#currency = mainCurrency(program);
    this.#goals = firstRewardPoints(program);
    this.spend.set(this.#currency, { spentMinor: 0n, returnedMinor: 0n });
  }

  add(entry: Entry): void {
    const { member, occurredAt } = entry;
    this.#spend(this.#figure(member, occurredAt), entry);
    for (const leg of entry.legs) this.#move(leg, occurredAt);
  }

  /** What an order was worth stands in the explanation of what it earned, and of its return. */
  #spend(figure: MemberFigure, { kind, explanation }: Entry): void {
    if (kind !== 'accrual' && kind !== 'return') return;
    const { currency, amountMinor } = explanation.inputs ?? {};
    if (currency === undefined || amountMinor === undefined) return;
    const spend = this.spend.get(currency) ?? { spentMinor: 0n, returnedMinor: 0n };
    const amount = BigInt(amountMinor);
    if (kind === 'accrual') spend.spentMinor += amount;
    else spend.returnedMinor += amount;
    this.spend.set(currency, spend);
    if (kind === 'accrual' && currency === this.#currency) figure.spendMinor += amount;
  }

  #move({ account, unit, amount }: Leg, at: Instant): void {
    if (!('member' in account)) return;
    const figure = this.#figure(account.member, at);
    addTo(figure.points, unit, amount);
    if (account.kind === 'pending') return;
    const spendable = addTo(figure.spendable, unit, amount);
    const goal = this.#goals.get(unit);
    if (goal !== undefined && spendable >= goal) figure.reached ??= at;
  }

  #figure(member: string, at: Instant): MemberFigure {
    const known = this.members.get(member);
    if (known !== undefined) return known;
    const figure = { first: at, spendMinor: 0n, spendable: new Map(), points: new Map() };
    this.members.set(member, figure);
    return figure;
  }
}

function addTo(sums: Map<string, bigint>, key: string, amount: bigint): bigint {
  const sum = (sums.get(key) ?? 0n) + amount;
  sums.set(key, sum);
  return sum;
}
