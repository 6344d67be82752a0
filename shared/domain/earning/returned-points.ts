import type { AwardRecord } from '../ledger/entry.ts';
import type { Movement, RecordWrite } from '../member/decision.ts';
import { isExpired } from '../points/balance.ts';
import type { ReturnRule } from '../program/schema.ts';
import { localDateAt } from '../time.ts';
import type { EventContext } from './event-context.ts';
import { shareOf } from './fraction.ts';
import { type Original, pendingOf } from './original.ts';
import {
  isEmptied,
  isMigrated,
  lotOf,
  type PendingAward,
  type PendingRecord,
  pendingWrite,
  withoutPoints,
} from './pending.ts';
import { type Progress, taken } from './returned.ts';
import { fixedRate } from './returned-currency.ts';
import { MoneyBack } from './returned-money.ts';
import { type LotPlace, ReturnedWallets } from './returned-wallets.ts';

interface PointsInput {
  readonly context: EventContext;
  readonly rule: ReturnRule;
  readonly original: Original;
}

/** What a member, or a charity, has of an award: before this return and after it. */
interface Left {
  readonly member: string;
  readonly before: bigint;
  readonly after: bigint;
}

/** What has become of an award's points. */
type Whereabouts =
  | { readonly kind: 'gone' }
  /** As their record says: waiting, or activated in a currency that they were not earned in. */
  | { readonly kind: 'recorded'; readonly waits: PendingAward }
  | { readonly kind: 'wallet'; readonly place: LotPlace };

/** Takes points of awards from wherever they are by now: waiting, vesting, in lots, or spent. */
export class ReturnedPoints {
  readonly #movements: Movement[] = [];
  readonly #input: PointsInput;
  readonly #money = new MoneyBack();
  readonly #wallets = new ReturnedWallets();
  readonly #record: PendingRecord | undefined;
  /** Of the record, as this return leaves them. */
  readonly #waiting = new Map<number, PendingAward>();

  constructor(input: PointsInput) {
    this.#input = input;
    this.#record = pendingOf(input.context.member, input.original);
  }

  /** How many points of the award the return takes, in the unit that they were judged in. */
  take(award: AwardRecord, index: number, progress: Progress): bigint {
    const { judged, donated, parts } = award;
    const { context, original } = this.#input;
    const left = parts.map(({ member, points }) => leftOf(member, points, progress));
    const given = leftOf(context.member.member, donated?.points ?? 0n, progress);
    const all = [...left, given].reduce((sum, { before, after }) => sum + before - after, 0n);
    const where = this.#whereabouts(award, index);
    if (where.kind !== 'gone') {
      const { exchanges = [] } = original.entry;
      this.#money.turnBack(award, exchanges, { progress, toMinor: all });
    }
    if (where.kind === 'recorded') {
      this.#takeRecorded(award, where.waits, donated === undefined ? left : [...left, given]);
    }
    if (where.kind === 'wallet') {
      for (const part of left) this.#takeFromWallet(award, where.place, part);
      if (donated !== undefined) this.#takeFromCharity(award.unit, donated.charity, given);
    }
    return judged === undefined ? all : taken(judged.points, progress);
  }

  /** What is turned back comes before what is taken. */
  movements(): Movement[] {
    const migrated = this.#wallets.movements(this.#money, this.#input.rule.uncovered);
    const { member } = this.#input.context.member;
    return [...this.#money.movements(member), ...this.#movements, ...migrated];
  }

  /** The record of what waits, where the return has taken of it. */
  records(): RecordWrite[] {
    if (this.#record === undefined || this.#waiting.size === 0) return [];
    const awards = this.#record.awards
      .map((award) => this.#waiting.get(award.award) ?? award)
      .filter((award) => !isEmptied(award));
    const { context, original } = this.#input;
    return [pendingWrite(context.member.member, this.#record, awards, original.entry)];
  }

  /**
   * What has been forfeited is gone already. What had expired before it was booked was breakage at
   * once: nobody has it.
   */
  #whereabouts(award: AwardRecord, index: number): Whereabouts {
    const { original, context } = this.#input;
    const waits = this.#record?.awards.find((it) => it.award === index);
    const { pending, activatedLots } = original.followUp;
    const state = award.pending === true ? (waits?.state ?? pending) : 'activated';
    if (waits?.state === 'waiting') return { kind: 'recorded', waits };
    if (state !== 'activated') return { kind: 'gone' };
    if (waits !== undefined && isMigrated(waits, original.entry))
      return { kind: 'recorded', waits };
    const activated = (waits && lotOf(waits)) ?? activatedLots?.get(index);
    const { lot = activated, vestOn } = award;
    const { timeZone } = context.compiled.program;
    const bookedOn = localDateAt(original.entry.postedAt, timeZone);
    if (lot !== undefined && isExpired(lot, bookedOn)) return { kind: 'gone' };
    return { kind: 'wallet', place: { ...(lot && { prefer: lot }), ...(vestOn && { vestOn }) } };
  }

  /** A currency that has been replaced meanwhile stands in the record as its successor. */
  #takeRecorded(award: AwardRecord, waits: PendingAward, left: readonly Left[]): void {
    const { context } = this.#input;
    const rate = waits.unit === award.unit ? undefined : fixedRate(award.unit, context);
    const taken = left.map(({ before, after }, index) => {
      if (rate === undefined) return before - after;
      const toMinor = shareOf(BigInt(waits.parts[index]?.points ?? 0), before - after, before);
      this.#wallets.addRecorded({ rate, member: context.member.member, before, after, toMinor });
      return toMinor;
    });
    this.#waiting.set(waits.award, withoutPoints(waits, taken));
    for (const [index, points] of taken.entries()) this.#takeOf(waits, index, points);
  }

  #takeOf(waits: PendingAward, index: number, points: bigint): void {
    const part = waits.parts[index];
    if (part === undefined || points === 0n) return;
    const { member, charity } = part;
    const moved = { member, unit: waits.unit, points };
    const lot = lotOf(waits);
    const { uncovered } = this.#input.rule;
    if (waits.state === 'waiting') this.#move({ kind: 'unpend', ...moved, to: 'issued' });
    else if (charity === undefined) {
      this.#move({ kind: 'take', ...moved, ...(lot && { prefer: lot }), uncovered });
    } else this.#movements.push({ kind: 'donate', ...moved, points: -points, charity });
  }

  #takeFromWallet({ unit }: AwardRecord, place: LotPlace, left: Left): void {
    const { context, rule } = this.#input;
    const { member, before, after } = left;
    const rate = fixedRate(unit, context);
    if (rate !== undefined) this.#wallets.add({ rate, place, ...left });
    const { uncovered } = rule;
    const points = rate === undefined ? before - after : 0n;
    this.#move({ kind: 'take', member, unit, points, ...place, uncovered });
  }

  /** What was given away comes back from the charity, in the currency that it got. */
  #takeFromCharity(unit: string, charity: string, { member, before, after }: Left): void {
    const points = after - before;
    if (points < 0n) this.#movements.push({ kind: 'donate', member, unit, points, charity });
  }

  #move(movement: Extract<Movement, { kind: 'take' | 'unpend' }>): void {
    if (movement.points > 0n) this.#movements.push(movement);
  }
}

function leftOf(member: string, points: bigint, { before, after, all }: Progress): Left {
  return {
    member,
    before: points - shareOf(points, before, all),
    after: points - shareOf(points, after, all),
  };
}
