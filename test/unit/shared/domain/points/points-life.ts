import { expect } from 'vitest';
import { assertBalanced, type Leg } from '../../../../../shared/domain/ledger/entry.ts';
import type { Decision, DueWork } from '../../../../../shared/domain/member/decision.ts';
import { movementLegs } from '../../../../../shared/domain/member/movement-legs.ts';
import {
  balanceIn,
  emptySnapshot,
  type MemberSnapshot,
  recordKey,
} from '../../../../../shared/domain/member/snapshot.ts';
import {
  available,
  type Balance,
  emptyBalance,
  isExpired,
} from '../../../../../shared/domain/points/balance.ts';
import { balanceChange } from '../../../../../shared/domain/points/balance-change.ts';
import { applyMove } from '../../../../../shared/domain/points/balance-move.ts';
import { pointsDue } from '../../../../../shared/domain/points/due.ts';
import type { CompiledProgram } from '../../../../../shared/domain/program/compiled.ts';
import {
  type Instant,
  instantOf,
  type LocalDate,
  localDateAt,
} from '../../../../../shared/domain/time.ts';
import { applyChange, filledLots } from '../../../../support/points.ts';

/** One member whose decisions are booked as the app would, on what a store would hold. */
export class PointsLife {
  readonly member = 'ann';
  readonly legs: Leg[] = [];
  readonly booked: DueWork[] = [];
  readonly #compiled: CompiledProgram;
  #snapshot: MemberSnapshot = emptySnapshot('ann');

  constructor(compiled: CompiledProgram) {
    this.#compiled = compiled;
  }

  get snapshot(): MemberSnapshot {
    return this.#snapshot;
  }

  balance(unit = 'PTS'): Balance {
    return balanceIn(this.#snapshot, unit);
  }

  available(now: Instant, unit = 'PTS'): bigint {
    return available(this.balance(unit), this.day(now));
  }

  day(instant: Instant): LocalDate {
    return localDateAt(instant, this.#compiled.program.timeZone);
  }

  /** What the program's account holds, of all units. */
  total(account: Leg['account']['kind']): bigint {
    const own = this.legs.filter((leg) => leg.account.kind === account);
    return own.reduce((sum, { amount }) => sum + amount, 0n);
  }

  due(now: Instant): DueWork[] {
    return pointsDue({ compiled: this.#compiled, snapshot: this.#snapshot, now });
  }

  /** Books all that is due, earliest first; each once. */
  sweep(now: Instant): void {
    for (let [work] = this.due(now); work !== undefined; [work] = this.due(now)) {
      const { id } = work;
      expect(this.booked.map((one) => one.id)).not.toContain(id);
      expect(work.at).toBeLessThanOrEqual(now);
      this.booked.push(work);
      this.book(work.decision, this.day(instantOf(work.at)));
    }
  }

  /** `day` decides what is over: that of the posting, or on which the work was due. */
  book(decision: Decision, day: LocalDate): void {
    const drafts = new Map(this.#snapshot.balances);
    const legs = decision.movements.flatMap((movement) => {
      const balanceOf = (_: string, unit: string) => drafts.get(unit) ?? emptyBalance;
      const { unit } = movement;
      const moved = movementLegs(movement, balanceOf, day);
      assertBalanced(moved.legs);
      const owner = { member: this.member, unit };
      drafts.set(unit, applyMove(balanceOf('', unit), { legs: moved.legs }, owner));
      return moved.legs;
    });
    this.legs.push(...legs);
    const balances = new Map(this.#snapshot.balances);
    for (const unit of this.#unitsOf(decision)) {
      balances.set(unit, this.#changed(unit, { decision, legs, day }));
    }
    const records = new Map(this.#snapshot.records);
    for (const { kind, id, next, version = 0 } of decision.records) {
      records.set(recordKey(kind, id), { kind, id, version: version + 1, value: next });
    }
    this.#snapshot = { member: this.member, balances, records };
  }

  #unitsOf({ movements, activeUntil, warned }: Decision): Set<string> {
    return new Set([...movements, ...activeUntil, ...(warned ?? [])].map(({ unit }) => unit));
  }

  /** As the store holds it, which is what the fold of the legs says. */
  #changed(unit: string, posting: { decision: Decision; legs: Leg[]; day: LocalDate }): Balance {
    const { decision, legs, day } = posting;
    const read = this.balance(unit);
    const owner = { program: 'online-retail', member: this.member, unit };
    const closed = decision.movements.flatMap((movement) =>
      movement.kind === 'expire' && movement.unit === unit && isExpired(movement.lot, day)
        ? [movement.lot]
        : [],
    );
    const move = {
      legs,
      activeUntil: decision.activeUntil.find((one) => one.unit === unit)?.until,
      warnedThrough: decision.warned?.find((one) => one.unit === unit)?.through,
      expiredThrough: closed.sort().at(-1),
      stale: { today: day, counters: [], metrics: [] },
    };
    const change = balanceChange(read, move, owner);
    const written = change === undefined ? read : applyChange(read, change);
    if (written === undefined) throw new Error('A change does not fit what it was made from.');
    const folded = applyMove(read, move, owner);
    expect(told(written)).toEqual(told(folded));
    return written;
  }
}

/** All of a balance that means something. */
export function told(balance: Balance): unknown {
  const { debt, pending, vesting, activeUntil, expiredThrough, warnedThrough, standing } = balance;
  const vests = [...vesting].filter(([, points]) => points !== 0n).sort();
  return {
    ...{ lots: filledLots(balance), debt, pending, vests },
    ...{ activeUntil, expiredThrough, warnedThrough, standing },
  };
}
