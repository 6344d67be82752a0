import type { AwardRecord, ExchangeRecord } from '../ledger/entry.ts';
import { toldExchange } from '../ledger/exchange.ts';
import type { Movement } from '../member/decision.ts';
import type { EarningRule } from '../program/schema.ts';
import { exchangeMoney } from './cashback.ts';
import { donateMoney } from './donation.ts';
import type { EventContext } from './event-context.ts';
import { type JudgedAward, type Placing, recordOf } from './judged-award.ts';
import { keptLot, vestingLot } from './kept-lots.ts';
import { type PendingAward, pendingAwardOf } from './pending.ts';
import type { Part } from './split.ts';

type Gain = Extract<Movement, { kind: 'credit' | 'pend' | 'donate' }>;

/** Where the awards of one event go, and stay until they can be spent. */
export class Placement {
  readonly awards: AwardRecord[] = [];
  readonly pending: PendingAward[] = [];
  /** Of money: how it was converted, and why it is not where it was wanted. */
  told: Readonly<Record<string, string>> | undefined;
  /** What is exchanged comes before what credits it. */
  readonly movements: Movement[] = [];
  readonly #context: EventContext;

  constructor(context: EventContext, judged: readonly JudgedAward[]) {
    this.#context = context;
    // Most events pay points only, and millions of them are judged.
    const money = judged.some(({ kept }) => kept !== undefined) ? this.#keep(judged) : undefined;
    for (const award of judged) {
      this.#place(award.rule, money?.get(award)?.record ?? recordOf(award));
    }
  }

  /** Cashback as it is kept. */
  #keep(judged: readonly JudgedAward[]): ReadonlyMap<JudgedAward, Placing> {
    const money = new Map<JudgedAward, Placing>();
    for (const award of judged) {
      const { given, shares, kept } = award;
      if (kept !== undefined) money.set(award, { given, shares, kept, record: recordOf(award) });
    }
    const placings = [...money.values()];
    const told: Record<string, string> = {};
    for (const exchange of exchangeMoney(placings)) {
      const { from, to } = exchange;
      told[`${from}-${to}`] = toldExchange(exchange);
      if (exchange.toMinor > 0n) this.#exchange(exchange);
    }
    for (const { kept } of placings) {
      if (kept.insteadOf !== undefined) told[kept.insteadOf] = `no rate, kept in ${kept.currency}`;
    }
    donateMoney(placings, this.#context);
    this.told = told;
    return money;
  }

  #exchange(exchange: ExchangeRecord): void {
    const { member } = this.#context.member;
    const named = { kind: 'exchange', member, unit: exchange.to } as const;
    this.movements.push({ ...named, through: 'issued', exchange });
  }

  #place(rule: EarningRule, given: AwardRecord): void {
    const record: AwardRecord = { ...given, ...this.#placeOf(rule, given.unit) };
    const { day, member } = this.#context;
    const { pending } = rule;
    if (pending !== undefined && record.points > 0n) {
      const award = this.awards.length;
      const waits = { pending, record, award, member: member.member, earnedOn: day.date };
      this.pending.push(pendingAwardOf(waits));
    }
    for (const part of record.parts) this.#gain(gainOf(record, part));
    if (record.donated !== undefined) this.#donate(record, record.donated);
    this.awards.push(record);
  }

  /** What waits for an event is donated when that comes. */
  #donate(record: AwardRecord, { charity, points }: NonNullable<AwardRecord['donated']>): void {
    const { member } = this.#context.member;
    const { unit } = record;
    if (record.pending === true) this.#gain(gainOf(record, { member, points }));
    else this.#gain({ kind: 'donate', member, unit, points, charity });
  }

  #placeOf(rule: EarningRule, unit: string): Pick<AwardRecord, 'lot' | 'vestOn' | 'pending'> {
    const { compiled, event, day } = this.#context;
    const { program } = compiled;
    const earned = { at: event.occurredAt, day };
    const { pending, vestAfterDays: afterDays } = rule;
    if (pending !== undefined) return { pending: true };
    if (afterDays !== undefined) return vestingLot(program, { unit, afterDays }, earned);
    return { lot: keptLot(program, unit, earned) };
  }

  /** Points of several awards that go to the same place go there at once. */
  #gain(next: Gain): void {
    if (next.points === 0n) return;
    const { movements } = this;
    for (let index = 0; index < movements.length; index += 1) {
      const before = movements[index];
      if (before === undefined || !isSamePlace(before, next)) continue;
      movements[index] = { ...next, points: before.points + next.points };
      return;
    }
    movements.push(next);
  }
}

function gainOf({ unit, lot, vestOn, pending }: AwardRecord, { member, points }: Part): Gain {
  if (vestOn !== undefined) return { kind: 'pend', member, unit, points, vestOn };
  if (pending === true || lot === undefined) return { kind: 'pend', member, unit, points };
  return { kind: 'credit', member, unit, points, lot };
}

function isSamePlace(one: Movement, other: Gain): one is Gain {
  if (one.member !== other.member || one.unit !== other.unit) return false;
  if (one.kind === 'credit') return other.kind === 'credit' && one.lot === other.lot;
  if (one.kind === 'donate') return other.kind === 'donate' && one.charity === other.charity;
  return one.kind === 'pend' && other.kind === 'pend' && one.vestOn === other.vestOn;
}
