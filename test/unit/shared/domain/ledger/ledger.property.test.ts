import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertBalanced, type Leg } from '../../../../../shared/domain/ledger/entry.ts';
import { captureLegs, holdLegs, releaseLegs } from '../../../../../shared/domain/ledger/recipes.ts';
import {
  applyLegs,
  available,
  type Balance,
  emptyBalance,
  lotExpiringOn,
  spendableLots,
} from '../../../../../shared/domain/points/balance.ts';
import { balanceChange, redeemChange } from '../../../../../shared/domain/points/balance-change.ts';
import { addDays, type LocalDate } from '../../../../../shared/domain/time.ts';
import { applyChange, day, filledLots, owner } from '../../../../support/points.ts';
import { accrualLegs, takeBackLegs } from '../points/movements.ts';

const points = fc.bigInt({ min: 1n, max: 500n });
const reward = { provider: 'tremendous', currency: 'EUR', amountMinor: 100n };

type Command =
  | { readonly kind: 'earn'; readonly points: bigint; readonly days: number }
  | { readonly kind: 'return'; readonly points: bigint }
  | { readonly kind: 'hold'; readonly points: bigint }
  | { readonly kind: 'settle'; readonly as: 'capture' | 'release'; readonly which: number }
  | { readonly kind: 'wait'; readonly days: number };

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant('earn'), points, days: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ kind: fc.constant('return'), points }),
  fc.record({ kind: fc.constant('hold'), points }),
  fc.record({
    kind: fc.constant('settle'),
    as: fc.constantFrom('capture', 'release'),
    which: fc.nat(20),
  }),
  fc.record({ kind: fc.constant('wait'), days: fc.integer({ min: 1, max: 60 }) }),
);

/** One member's ledger: every entry's legs, and the balance as the store would hold it. */
class Ledger {
  today: LocalDate = day('2026-01-01');
  stored: Balance = emptyBalance;
  readonly posted: Leg[] = [];
  readonly open: Leg[][] = [];
  readonly settled: Leg[][] = [];

  post(legs: Leg[], redeems = false): void {
    assertBalanced(legs);
    const planned = applyLegs(this.stored, legs, owner);
    const change = redeems
      ? redeemChange(this.stored, legs, owner)
      : balanceChange(this.stored, { legs }, owner);
    const written = change === undefined ? this.stored : applyChange(this.stored, change);
    if (written === undefined) throw new Error('A change does not fit what it was made from.');
    expect(filledLots(written)).toEqual(filledLots(planned));
    expect(written.debt).toBe(planned.debt);
    this.stored = written;
    this.posted.push(...legs);
  }

  run(step: Command): void {
    if (step.kind === 'wait') this.today = addDays(this.today, step.days);
    else if (step.kind === 'earn') this.#earn(step.points, step.days);
    else if (step.kind === 'return') {
      this.post(takeBackLegs(this.stored, { ...owner, points: step.points }, this.today));
    } else if (step.kind === 'hold') this.#hold(step.points);
    else this.#settle(step.as, step.which);
  }

  #earn(earned: bigint, days: number): void {
    const lot = lotExpiringOn(addDays(this.today, days));
    const owed = this.stored.debt;
    this.post(accrualLegs(this.stored, { ...owner, points: earned }, lot, this.today));
    expect(this.stored.debt).toBe(owed > earned ? owed - earned : 0n);
  }

  #hold(wanted: bigint): void {
    const before = available(this.stored, this.today);
    const legs = holdLegs(this.stored, { ...owner, points: wanted }, this.today);
    expect(legs !== undefined).toBe(before >= wanted);
    if (legs === undefined) return;
    this.post(legs, true);
    this.open.push(legs);
    expect(available(this.stored, this.today)).toBe(before - wanted);
  }

  #settle(kind: 'capture' | 'release', which: number): void {
    const [hold] = this.open.splice(which % Math.max(this.open.length, 1), 1);
    if (hold === undefined) return;
    const before = available(this.stored, this.today);
    const held = hold.reduce((sum, { account, amount }) => {
      return account.kind === 'held' ? sum + amount : sum;
    }, 0n);
    if (kind === 'capture') this.post(captureLegs(hold, reward));
    else {
      const { stored: balance, today } = this;
      const graceLot = lotExpiringOn(addDays(today, 31));
      this.post(releaseLegs(hold, { balance, member: owner.member, today, graceLot }));
    }
    this.settled.push(hold);
    const back = kind === 'release' ? held : 0n;
    expect(available(this.stored, this.today)).toBe(before + back);
  }
}

describe('any life of a member', () => {
  const life = fc.array(command, { minLength: 1, maxLength: 60 });

  it('keeps lots and debt at zero or more, and never both to be spent and to be paid', () => {
    const property = fc.property(life, (steps) => {
      const ledger = new Ledger();
      for (const step of steps) {
        ledger.run(step);
        const { stored, today } = ledger;
        expect([...stored.lots.values()].every((held) => held >= 0n)).toBe(true);
        expect(stored.debt >= 0n).toBe(true);
        if (stored.debt > 0n) expect(spendableLots(stored, today)).toEqual([]);
      }
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('has the fold of its entries as its balance, and entries that sum to zero', () => {
    const property = fc.property(life, (steps) => {
      const ledger = new Ledger();
      for (const step of steps) ledger.run(step);
      const folded = applyLegs(emptyBalance, ledger.posted, owner);
      expect(filledLots(folded)).toEqual(filledLots(ledger.stored));
      expect(folded.debt).toBe(ledger.stored.debt);
      assertBalanced(ledger.posted);
    });
    fc.assert(property, { numRuns: 300 });
  });
});

describe('earning and returning', () => {
  it('ends the same in whatever order they come', () => {
    const move = fc.record({
      kind: fc.constantFrom('earn' as const, 'return' as const),
      points,
      days: fc.integer({ min: 1, max: 90 }),
    });
    const orders = fc
      .array(move, { minLength: 1, maxLength: 20 })
      .chain((moves) =>
        fc.tuple(fc.constant(moves), fc.shuffledSubarray(moves, { minLength: moves.length })),
      );
    const property = fc.property(orders, ([moves, shuffled]) => {
      const [first, second] = [new Ledger(), new Ledger()];
      for (const step of moves) first.run(step);
      for (const step of shuffled) second.run(step);
      const sum = moves.reduce((total, { kind, points: of }) => {
        return kind === 'earn' ? total + of : total - of;
      }, 0n);
      expect(available(first.stored, first.today)).toBe(sum);
      expect(available(second.stored, second.today)).toBe(sum);
    });
    fc.assert(property, { numRuns: 300 });
  });
});
