import type { AwardRecord } from '../../ledger/entry.ts';
import type { Movement, RecordWrite } from '../../member/decision.ts';
import type { ReturnRule } from '../../program/schema.ts';
import type { EventContext } from '../event-context.ts';
import { shareOf } from '../fraction.ts';
import { type Original, pendingOf } from '../original.ts';
import {
  lotOf,
  type PendingAward,
  type PendingRecord,
  pendingAfterReturn,
  withoutPoints,
} from '../pending.ts';
import { ExchangesBack } from './exchanges-back.ts';
import { fixedRate } from './fixed-rate.ts';
import { type Progress, taken } from './progress.ts';
import { type Left, WalletTakes } from './wallet-takes.ts';
import { type Whereabouts, whereaboutsOf } from './whereabouts.ts';

interface AwardsInput {
  readonly context: EventContext;
  readonly rule: ReturnRule;
  readonly original: Original;
}

/** Takes awards back from wherever they are by now: waiting, vesting, in lots, spent, or given. */
export class AwardsBack {
  readonly #movements: Movement[] = [];
  readonly #input: AwardsInput;
  readonly #exchanges = new ExchangesBack();
  readonly #wallets: WalletTakes;
  readonly #record: PendingRecord | undefined;
  /** Of the record, as this return leaves them; `undefined` where nothing is left to return. */
  readonly #waiting = new Map<number, PendingAward | undefined>();

  constructor(input: AwardsInput) {
    this.#input = input;
    this.#wallets = new WalletTakes(input.context, input.rule.uncovered);
    this.#record = pendingOf(input.context.member, input.original);
  }

  /** How many points of the award the return takes, in the unit that they were judged in. */
  take(award: AwardRecord, index: number, progress: Progress): bigint {
    const { judged, donated, parts } = award;
    const { member } = this.#input.context.member;
    const left = parts.map((part) => leftOf(part.member, part.points, progress));
    const given = leftOf(member, donated?.points ?? 0n, progress);
    const all = [...left, given].reduce((sum, { before, after }) => sum + before - after, 0n);
    const where = this.#whereabouts(award, index, [...left, given]);
    if (where.kind === 'expired') this.#turnBack(ofCharity(award), progress, given);
    if (where.kind === 'recorded' || where.kind === 'wallet') {
      this.#turnBack(award, progress, { before: all, after: 0n });
    }
    if (where.kind === 'recorded') {
      this.#takeRecorded(award, where.waits, donated === undefined ? left : [...left, given]);
    }
    if (where.kind === 'wallet') {
      const taking = left.flatMap((it) => this.#wallets.take(award.unit, where.place, it));
      this.#movements.push(...taking);
    }
    if (where.kind === 'wallet' || where.kind === 'expired') this.#takeFromCharity(award, given);
    if (progress.after >= progress.all) this.#waiting.set(index, undefined);
    return judged === undefined ? all : taken(judged.points, progress);
  }

  /** What is turned back comes before what is taken. */
  movements(): Movement[] {
    const fromSuccessors = this.#wallets.fromSuccessors(this.#exchanges);
    const { member } = this.#input.context.member;
    return [...this.#exchanges.movements(member), ...this.#movements, ...fromSuccessors];
  }

  /** The record of what waits, where the return has taken of it. */
  records(): RecordWrite[] {
    if (this.#record === undefined) return [];
    const { awards } = this.#record;
    const isChanged = awards.some(({ award }) => this.#waiting.has(award));
    if (!isChanged) return [];
    const left = awards.flatMap((award) =>
      this.#waiting.has(award.award) ? (this.#waiting.get(award.award) ?? []) : award,
    );
    return [pendingAfterReturn(this.#input.context.member.member, this.#record, left)];
  }

  #whereabouts(award: AwardRecord, index: number, left: readonly Left[]): Whereabouts {
    const { original, context } = this.#input;
    const { timeZone } = context.compiled.program;
    const isLeft = left.some(({ before }) => before > 0n);
    return whereaboutsOf({ award, index, original, record: this.#record, isLeft, timeZone });
  }

  #turnBack(award: AwardRecord, progress: Progress, kept: Pick<Left, 'before' | 'after'>): void {
    const { exchanges = [] } = this.#input.original.entry;
    this.#exchanges.turnBack(award, exchanges, { progress, toMinor: kept.before - kept.after });
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
    if (waits.state === 'waiting') {
      this.#movements.push({ kind: 'unpend', ...moved, to: 'issued' });
    } else if (charity === undefined) {
      this.#movements.push({ kind: 'take', ...moved, ...(lot && { prefer: lot }), uncovered });
    } else this.#movements.push({ kind: 'donate', ...moved, points: -points, charity });
  }

  /** What was given away comes back from the charity, in the currency that it got. */
  #takeFromCharity({ unit, donated }: AwardRecord, { member, before, after }: Left): void {
    if (donated === undefined || before === after) return;
    const { charity } = donated;
    this.#movements.push({ kind: 'donate', member, unit, points: after - before, charity });
  }
}

/** As if nothing but the charity's part had been given. */
function ofCharity(award: AwardRecord): AwardRecord {
  const { judged, points, donated } = award;
  if (judged === undefined) return award;
  const shareIn = (whole: bigint) =>
    donated === undefined ? 0n : shareOf(whole, donated.points, points);
  const wholeMinor = shareIn(judged.wholeMinor);
  return { ...award, judged: { ...judged, points: shareIn(judged.points), wholeMinor } };
}

function leftOf(member: string, points: bigint, { before, after, all }: Progress): Left {
  return {
    member,
    before: points - shareOf(points, before, all),
    after: points - shareOf(points, after, all),
  };
}
