import { describe, expect, it } from 'vitest';
import { pendingDue } from '../../../../../shared/domain/earning/pending.ts';
import { addMs } from '../../../../../shared/domain/time.ts';
import { Books } from './books.ts';
import { anEvent, aRule, at, programWith, returnsOf } from './fixtures.ts';

const booked = at('2026-03-15T10:00:00Z');
const dayMs = 86_400_000;
const refersTo = { source: 'shop', id: 'A-1' };
const completed = { when: { type: ['trip.completed'] }, withinDays: 90 };
const opened = { when: { type: ['app.opened'] } };

function books(pending: Record<string, unknown>): Books {
  const rules = [aRule({ pending })];
  const expiry = [{ unit: 'PTS', kind: 'monthsAfterEndOfMonth', months: 1 }];
  return new Books(programWith({ rules, returns: returnsOf('base') }, { expiry }));
}

function follow(target: Books, type: string, afterDays: number, parts = {}) {
  const occurredAt = addMs(booked, afterDays * dayMs);
  const id = `${type}-${afterDays}`;
  return target.book(anEvent({ id, type, occurredAt, refersTo, amountMinor: 0n, ...parts }));
}

describe('points that wait for an event', () => {
  it('are not spendable, and go into the lot of the day that activates them', () => {
    const target = books({ until: [completed] });
    target.book(anEvent({ occurredAt: booked }));
    expect(target.balance('ann')).toMatchObject({ pending: 100n, lots: new Map() });
    const decision = follow(target, 'trip.completed', 60);
    expect(decision).toMatchObject({ kind: 'activation', explanation: { reason: 'ACTIVATED' } });
    expect(target.balance('ann')).toMatchObject({
      pending: 0n,
      lots: new Map([['260701', 100n]]),
    });
    expect(target.snapshot('ann').records.size).toBe(0);
    const again = follow(target, 'trip.completed', 61);
    expect(again).toMatchObject({ movements: [], explanation: { reason: 'ALREADY_ACTIVATED' } });
  });

  it('wait for all that they wait for, in any order', () => {
    for (const types of [
      ['trip.completed', 'app.opened'],
      ['app.opened', 'trip.completed'],
    ] as const) {
      const target = books({ until: [completed, opened] });
      target.book(anEvent({ occurredAt: booked }));
      const [first, second] = types;
      const reason = { reason: 'REQUIREMENT_MET' };
      expect(follow(target, first, first === 'app.opened' ? 60 : 1).explanation).toMatchObject(
        reason,
      );
      expect(target.balance('ann').pending).toBe(100n);
      follow(target, second, second === 'app.opened' ? 60 : 1);
      expect(target.balance('ann').lots).toEqual(new Map([['260701', 100n]]));
    }
  });

  it('are met by event time: on the last day, not on the day after', () => {
    for (const [days, kind] of [
      [90, 'activation'],
      [91, 'forfeiture'],
    ] as const) {
      const target = books({ until: [completed] });
      target.book(anEvent({ occurredAt: booked }));
      expect(follow(target, 'trip.completed', days).kind).toBe(kind);
      expect(target.balance('ann').pending).toBe(0n);
      expect(target.snapshot('ann').records.size).toBe(0);
    }
  });

  it('are forfeited when the day after their last begins', () => {
    const target = books({ until: [completed], forfeitAfterDays: 10 });
    target.book(anEvent({ occurredAt: booked }));
    const due = (now: string) =>
      pendingDue({ compiled: target.compiled, snapshot: target.snapshot('ann'), now: at(now) });
    expect(due('2026-03-25T23:59:59.999Z')).toEqual([]);
    const [work, ...others] = due('2026-04-30T00:00:00Z');
    expect(others).toEqual([]);
    if (work === undefined) throw new Error('Nothing is due.');
    expect(work.at).toBe(at('2026-03-26T00:00:00Z'));
    expect(work.decision).toMatchObject({
      kind: 'forfeiture',
      movements: [{ kind: 'unpend', points: 100n, to: 'breakage' }],
    });
    target.apply(work.decision, anEvent({ id: 'sweep' }));
    expect(due('2026-04-30T00:00:00Z')).toEqual([]);
    const late = follow(target, 'trip.completed', 5);
    expect(late.explanation.reason).toBe('NOTHING_PENDING');
  });

  it('are returned while they wait, and after', () => {
    const target = books({ until: [completed] });
    target.book(anEvent({ occurredAt: booked }));
    follow(target, 'order.returned', 1, { amountMinor: 4000n });
    expect(target.balance('ann').pending).toBe(60n);
    follow(target, 'trip.completed', 2);
    expect(target.balance('ann').lots).toEqual(new Map([['260501', 60n]]));
    follow(target, 'order.returned', 3, { amountMinor: 6000n });
    expect(target.balance('ann')).toMatchObject({ debt: 0n, lots: new Map([['260501', 0n]]) });
  });

  it('are gone when everything was returned before', () => {
    const target = books({ until: [completed] });
    target.book(anEvent({ occurredAt: booked }));
    follow(target, 'order.returned', 1, { amountMinor: 10_000n });
    expect(target.snapshot('ann').records.size).toBe(0);
    expect(follow(target, 'trip.completed', 2).explanation.reason).toBe('NOTHING_PENDING');
  });

  it('wait with whoever names them before they have come', () => {
    const target = books({ until: [completed] });
    const early = anEvent({ id: 'T', type: 'trip.completed', refersTo });
    expect(target.judge(early)).toEqual({ kind: 'waits' });
  });

  it('may fare differently by rule, and a return still knows how', () => {
    const soon = { ...completed, withinDays: 5 };
    const rules = [
      aRule({ pending: { until: [completed] } }),
      aRule({ id: 'soon', pending: { until: [soon] } }),
    ];
    const expiry = [{ unit: 'PTS', kind: 'never' }];
    const target = new Books(programWith({ rules, returns: returnsOf('base') }, { expiry }));
    target.book(anEvent({ occurredAt: booked }));
    const decision = follow(target, 'trip.completed', 6);
    expect(decision.movements).toMatchObject([
      { kind: 'vest', points: 100n },
      { kind: 'unpend', points: 100n, to: 'breakage' },
    ]);
    const { movements } = follow(target, 'order.returned', 7, { amountMinor: 10_000n });
    expect(movements).toMatchObject([{ kind: 'take', points: 100n }]);
    expect(target.balance('ann')).toMatchObject({ pending: 0n, debt: 0n });
  });

  it('are activated by an event that earns some of its own', () => {
    const own = aRule({
      id: 'trip',
      when: { type: ['trip.completed'] },
      award: { kind: 'fixed', unit: 'PTS', points: 9 },
    });
    const rules = [aRule({ pending: { until: [completed] } }), own];
    const target = new Books(programWith({ rules, returns: returnsOf('base') }));
    target.book(anEvent({ occurredAt: booked }));
    const decision = follow(target, 'trip.completed', 1);
    expect(decision).toMatchObject({ kind: 'activation', awards: [{ rule: 'trip', points: 9n }] });
    expect([...target.balance('ann').lots.values()]).toEqual([109n]);
  });
});
