import { describe, expect, it } from 'vitest';
import { type Decision, emptyDecision } from '../../../../../shared/domain/member/decision.ts';
import { emptySnapshot } from '../../../../../shared/domain/member/snapshot.ts';
import type { Balance } from '../../../../../shared/domain/points/balance.ts';
import { pointsDue } from '../../../../../shared/domain/points/due.ts';
import { lotFor } from '../../../../../shared/domain/points/expiry.ts';
import type { CompiledProgram } from '../../../../../shared/domain/program/compiled.ts';
import { formatInstant, type Instant, instantOf } from '../../../../../shared/domain/time.ts';
import { balanceOf, day, filledLots, lot } from '../../../../support/points.ts';
import { compiledProgram } from './bent-program.ts';
import { PointsLife } from './points-life.ts';

function at(text: string): Instant {
  return instantOf(Date.parse(text));
}

function dueOf(compiled: CompiledProgram, balance: Balance, now: string): string[][] {
  const balances = new Map([['PTS', balance]]);
  const snapshot = { ...emptySnapshot('ann'), balances };
  return pointsDue({ compiled, snapshot, now: at(now) }).map((work) => [
    formatInstant(instantOf(work.at)),
    work.decision.explanation.reason,
    ...Object.values(work.decision.explanation.inputs ?? {}),
  ]);
}

const plain = compiledProgram({ timeZone: 'Europe/London' });

describe('a lot', () => {
  const balance = balanceOf({ '2026-03-29': 5n, '2026-03-30': 6n, '2026-01-01': 0n });

  it('is due at the start of its day, in summer time and in winter time', () => {
    const march = ['2026-03-29T00:00:00.000Z', 'POINTS_EXPIRED', 'PTS', '5'];
    const april = ['2026-03-29T23:00:00.000Z', 'POINTS_EXPIRED', 'PTS', '6'];
    expect(dueOf(plain, balance, '2026-03-28T23:59:59.999Z')).toEqual([]);
    expect(dueOf(plain, balance, '2026-03-29T00:00:00Z')).toEqual([march]);
    expect(dueOf(plain, balance, '2026-03-29T22:59:59.999Z')).toEqual([march]);
    expect(dueOf(plain, balance, '2026-06-01T00:00:00Z')).toEqual([march, april]);
  });

  it('is due at the first instant of a day whose midnight the clocks skip', () => {
    // Clocks in Cairo went from 0:00 to 1:00 on 2026-04-24.
    const cairo = compiledProgram({ timeZone: 'Africa/Cairo' });
    const [first] = dueOf(cairo, balanceOf({ '2026-04-24': 5n }), '2026-05-01T00:00:00Z');
    expect(first?.[0]).toBe('2026-04-23T22:00:00.000Z');
  });

  it('never comes to its day where it does not expire', () => {
    expect(dueOf(plain, balanceOf({ '2099-12-31': 5n }), '2098-01-01T00:00:00Z')).toEqual([]);
  });
});

describe('inactivity', () => {
  const compiled = compiledProgram({
    expiry: [{ unit: 'PTS', kind: 'inactivity', months: 18, warnDays: [30] }],
  });
  const balance = {
    ...balanceOf({ '2099-12-31': 5n, '2026-07-01': 6n }),
    activeUntil: lot('2026-06-15'),
  };

  it('ends all lots at once, on its day', () => {
    const told = { ...balance, warnedThrough: lot('2026-06-01') };
    expect(dueOf(compiled, told, '2026-06-14T22:59:59Z')).toEqual([]);
    const end = ['2026-06-14T23:00:00.000Z', 'NO_ACTIVITY', 'PTS', '11'];
    expect(dueOf(compiled, told, '2026-06-14T23:00:00Z')).toEqual([end]);
    const empty = { ...told, lots: new Map() };
    expect(dueOf(compiled, empty, '2026-06-14T23:00:00Z')).toEqual([]);
  });

  it('is warned of by the day of its end', () => {
    expect(dueOf(compiled, balance, '2026-05-16T12:00:00Z')).toEqual([
      ['2026-05-15T23:00:00.000Z', 'POINTS_EXPIRE_SOON', 'PTS', '11', '2026-06-15'],
    ]);
    const { activeUntil: _, ...clockStands } = balance;
    expect(dueOf(compiled, clockStands, '2026-06-01T00:00:00Z')).toEqual([]);
  });
});

function decision(movement: Decision['movements'][number]): Decision {
  return { ...emptyDecision('accrual', { reason: 'TEST' }), movements: [movement] };
}

describe('vesting', () => {
  it('is into the lot of the vesting day, and again when its day fills late', () => {
    const life = new PointsLife(plain);
    const waiting = { member: 'ann', unit: 'PTS', points: 7n, vestOn: lot('2026-02-01') };
    life.book(decision({ kind: 'pend', ...waiting }), day('2026-01-15'));
    expect(life.due(at('2026-01-31T23:59:59Z'))).toEqual([]);
    life.sweep(at('2026-03-05T00:00:00Z'));
    expect(filledLots(life.balance())).toEqual([['280301', 7n]]);
    life.book(decision({ kind: 'pend', ...waiting }), day('2026-03-05'));
    life.sweep(at('2026-03-05T00:00:00Z'));
    expect(filledLots(life.balance())).toEqual([['280301', 14n]]);
    expect(life.booked.map((work) => formatInstant(instantOf(work.at)))).toEqual([
      '2026-02-01T00:00:00.000Z',
      '2026-02-01T00:00:00.000Z',
    ]);
  });
});

describe('a warning', () => {
  const compiled = compiledProgram({
    expiry: [{ unit: 'PTS', kind: 'monthsAfter', months: 12, warnDays: [30, 7] }],
  });
  const balance = balanceOf({ '2026-03-31': 5n, '2026-04-23': 6n, '2026-12-01': 7n });

  it('is given on each of its days, once', () => {
    const first = ['2026-03-01T00:00:00.000Z', 'POINTS_EXPIRE_SOON', 'PTS', '5', '2026-03-31'];
    expect(dueOf(compiled, balance, '2026-02-28T23:59:59Z')).toEqual([]);
    expect(dueOf(compiled, balance, '2026-03-01T00:00:00Z')).toEqual([first]);
    const told = { ...balance, warnedThrough: lot('2026-03-01') };
    expect(dueOf(compiled, told, '2026-03-23T23:59:59Z')).toEqual([]);
    expect(dueOf(compiled, told, '2026-03-24T00:00:00Z')).toEqual([
      ['2026-03-24T00:00:00.000Z', 'POINTS_EXPIRE_SOON', 'PTS', '5 6', '2026-03-31 2026-04-23'],
    ]);
  });

  it('is one for all days that a late sweep finds', () => {
    const life = new PointsLife(compiled);
    const amount = { member: 'ann', unit: 'PTS', points: 5n };
    const credit = { kind: 'credit', ...amount, lot: lot('2026-03-31') } as const;
    life.book(decision(credit), day('2025-03-31'));
    life.sweep(at('2026-03-28T12:00:00Z'));
    life.sweep(at('2026-03-30T12:00:00Z'));
    expect(life.booked.map((work) => work.decision.explanation.reason)).toEqual([
      'POINTS_EXPIRE_SOON',
    ]);
    expect(life.balance().warnedThrough).toBe('260324');
  });
});

describe('a conversion', () => {
  const on = ['02-01', '06-01', '10-01'];
  const compiled = compiledProgram({
    units: {
      PTS: { names: { en: { one: 'point', other: 'points' } } },
      REWARD: { names: { en: { one: 'reward', other: 'rewards' } } },
    },
    expiry: [
      { unit: 'PTS', kind: 'never' },
      { unit: 'REWARD', kind: 'monthsAfter', months: 11 },
    ],
    conversions: [{ id: 'thrice', from: 'PTS', points: 100, to: 'REWARD', gives: 10, on }],
  });

  function earned(life: PointsLife, points: bigint, on: string): void {
    const earnedAt = at(`${on}T12:00:00Z`);
    const movement = { member: 'ann', unit: 'PTS', points };
    const into = lotFor(compiled.program, 'PTS', earnedAt);
    life.book(decision({ kind: 'credit', ...movement, lot: into }), day(on));
  }

  function lots(life: PointsLife): unknown {
    return [filledLots(life.balance()), filledLots(life.balance('REWARD'))];
  }

  it('turns every full amount, once a day, into points of their own life', () => {
    const life = new PointsLife(compiled);
    earned(life, 250n, '2026-01-10');
    life.sweep(at('2026-01-31T23:59:59Z'));
    expect(life.booked).toEqual([]);
    life.sweep(at('2026-02-01T00:00:00Z'));
    life.sweep(at('2026-02-01T00:00:00Z'));
    expect(lots(life)).toEqual([[['991231', 50n]], [['270101', 20n]]]);
    expect(life.booked[0]?.decision.explanation).toMatchObject({
      rule: 'thrice',
      reason: 'CONVERTED',
      inputs: { day: '2026-02-01', points: '200', gives: '20' },
    });
  });

  it('is done for its own day, however late: also where there was too little', () => {
    const life = new PointsLife(compiled);
    earned(life, 99n, '2026-01-10');
    life.sweep(at('2026-02-03T00:00:00Z'));
    earned(life, 50n, '2026-02-03');
    life.sweep(at('2026-02-04T00:00:00Z'));
    expect(lots(life)).toEqual([[['991231', 149n]], []]);
    life.sweep(at('2026-11-20T00:00:00Z'));
    expect(lots(life)).toEqual([[['991231', 49n]], [['270501', 10n]]]);
    expect(
      life.booked.map(({ decision: { explanation, records } }) => [
        explanation.reason,
        records[0]?.next,
      ]),
    ).toEqual([
      ['TOO_FEW_POINTS', { day: '2026-02-01' }],
      ['CONVERTED', { day: '2026-06-01' }],
      ['TOO_FEW_POINTS', { day: '2026-10-01' }],
    ]);
  });

  it('does not reach back before the first points', () => {
    const life = new PointsLife(compiled);
    earned(life, 500n, '2026-02-01');
    life.sweep(at('2026-05-31T00:00:00Z'));
    expect(life.booked).toEqual([]);
    expect(new PointsLife(compiled).due(at('2026-05-31T00:00:00Z'))).toEqual([]);
  });

  it('does not reach back before the program had it, nor further than one day unknown', () => {
    const old = { ...balanceOf({ '2099-12-31': 500n }), lotsOpened: 1n };
    const days = (balance: Balance, program: CompiledProgram) => {
      return dueOf(program, balance, '2026-11-01T00:00:00Z').map(([instant]) => instant);
    };
    expect(days(old, compiled)).toEqual(['2026-09-30T23:00:00.000Z']);
    const since = { ...old, warnedThrough: lot('2026-01-10') };
    expect(days(since, compiled)).toEqual(['2026-02-01T00:00:00.000Z']);
    const from = at('2026-06-01T00:00:00Z');
    expect(days(since, { ...compiled, from })).toEqual(['2026-05-31T23:00:00.000Z']);
    expect(days(since, { ...compiled, from: at('2026-06-02T00:00:00Z') })).toEqual([
      '2026-09-30T23:00:00.000Z',
    ]);
  });
});
