import type { AwardRecord } from '../ledger/entry.ts';
import type { Movement, RecordWrite } from '../member/decision.ts';
import { isExpired } from '../points/balance.ts';
import type { ReturnRule } from '../program/schema.ts';
import { localDateAt } from '../time.ts';
import type { EventContext } from './event-context.ts';
import { type Original, pendingOf } from './original.ts';
import {
  isEmptied,
  lotOf,
  type PendingAward,
  type PendingRecord,
  pendingWrite,
  withoutPoints,
} from './pending.ts';
import { type Progress, taken } from './returned.ts';
import type { Part } from './split.ts';

interface PointsInput {
  readonly context: EventContext;
  readonly rule: ReturnRule;
  readonly original: Original;
}

type Taking = Extract<Movement, { kind: 'take' | 'unpend' }>;

/** Takes points of awards from wherever they are by now: waiting, vesting, in lots, or spent. */
export class ReturnedPoints {
  readonly movements: Movement[] = [];
  readonly #input: PointsInput;
  readonly #record: PendingRecord | undefined;
  /** Of the record, as this return leaves them. */
  readonly #waiting = new Map<number, PendingAward>();

  constructor(input: PointsInput) {
    this.#input = input;
    this.#record = pendingOf(input.context.member, input.original);
  }

  /** How many points of the award the return takes, of all its members. */
  take(award: AwardRecord, index: number, progress: Progress): bigint {
    const all = award.parts.map(({ member, points }) => ({
      member,
      points: taken(points, progress),
    }));
    if (award.pending === true) this.#takePending(award, index, all);
    else for (const part of all) this.#takeFromLots(award, part);
    return all.reduce((sum, { points }) => sum + points, 0n);
  }

  /** The record of what waits, where the return has taken of it. */
  records(): RecordWrite[] {
    if (this.#record === undefined || this.#waiting.size === 0) return [];
    const awards = this.#record.awards
      .map((award) => this.#waiting.get(award.award) ?? award)
      .filter((award) => !isEmptied(award));
    return [pendingWrite(this.#input.context.member.member, this.#record, awards)];
  }

  /** What has been forfeited is gone already. */
  #takePending(award: AwardRecord, index: number, parts: readonly Part[]): void {
    const { unit } = award;
    const waits = this.#record?.awards.find((it) => it.award === index);
    const { pending, activatedLots } = this.#input.original.followUp;
    const state = waits?.state ?? pending;
    if (state === 'activated') {
      const lot = (waits && lotOf(waits)) ?? activatedLots?.get(index);
      for (const part of parts) this.#takeFromLots(lot ? { ...award, lot } : award, part);
    }
    if (state !== 'waiting' || waits === undefined) return;
    this.#waiting.set(
      index,
      withoutPoints(
        waits,
        parts.map(({ points }) => points),
      ),
    );
    for (const part of parts) this.#move({ kind: 'unpend', unit, ...part, to: 'issued' });
  }

  /** What had expired before it was booked was breakage at once: nobody has it. */
  #takeFromLots({ unit, lot, vestOn }: AwardRecord, part: Part): void {
    const { context, original, rule } = this.#input;
    const { timeZone } = context.compiled.program;
    const bookedOn = localDateAt(original.entry.postedAt, timeZone);
    if (lot !== undefined && isExpired(lot, bookedOn)) return;
    const { uncovered } = rule;
    const place = { ...(lot && { prefer: lot }), ...(vestOn && { vestOn }) };
    this.#move({ kind: 'take', unit, ...part, ...place, uncovered });
  }

  #move(movement: Taking): void {
    if (movement.points > 0n) this.movements.push(movement);
  }
}
