import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordOf } from '../../../../../shared/domain/member/snapshot.ts';
import { at, WayStage } from './way-stage.ts';

const club = {
  ...{ id: 'club', names: { en: 'The club' }, fee: { amountMinor: 999, currency: 'GBP' } },
  ...{ every: 'month', trialDays: 14, graceDays: 7 },
  entitlements: { trial: ['lounge'], active: ['lounge', 'cake'], pastDue: ['lounge'] },
  events: {
    started: { type: ['club.started'] },
    paid: { type: ['club.paid'] },
    failed: { type: ['club.failed'] },
    cancelled: { type: ['club.cancelled'] },
  },
};
const types = ['club.started', 'club.paid', 'club.failed', 'club.cancelled'];

function stageWith(more: Record<string, unknown> = {}): WayStage {
  return new WayStage({ eventTypes: types, memberships: [{ ...club, ...more }] });
}

function stateOf(stage: WayStage): unknown {
  const value = recordOf(stage.member(), 'membership', 'club')?.value;
  return (value as { state: string } | undefined)?.state;
}

/** The state after the sweeps of a day. */
function on(stage: WayStage, day: string): unknown {
  stage.sweep(at(day));
  return stateOf(stage);
}

const fee = { amountMinor: 999n };

describe('a paid membership', () => {
  it('goes from trial to past due to lapsed where nobody pays', () => {
    const stage = stageWith();
    stage.event('club.started', '2026-01-10');
    expect(stage.entitlements(at('2026-01-10'))).toEqual(['lounge']);
    expect(on(stage, '2026-01-23')).toBe('trial');
    expect(on(stage, '2026-01-24')).toBe('pastDue');
    expect(on(stage, '2026-01-30')).toBe('pastDue');
    expect(on(stage, '2026-01-31')).toBe('lapsed');
    expect(stage.entitlements(at('2026-01-31'))).toEqual([]);
    expect(stage.decisions.map((work) => work.at)).toEqual([
      ...[at('2026-01-24', '00:00'), at('2026-01-31', '00:00')],
    ]);
  });

  it('is not paid by less than the fee, nor by another currency', () => {
    const stage = stageWith();
    stage.event('club.paid', '2026-01-24', { amountMinor: 998n });
    stage.event('club.paid', '2026-01-25', { amountMinor: 999n, currency: 'EUR' });
    expect(stateOf(stage)).toBeUndefined();
    stage.event('club.paid', '2026-01-26', fee);
    expect(stateOf(stage)).toBe('active');
  });

  it('is active for a month from each payment', () => {
    const stage = stageWith();
    stage.event('club.started', '2026-01-10');
    stage.event('club.paid', '2026-01-24', fee);
    expect(stage.entitlements(at('2026-01-24'))).toEqual(['cake', 'lounge']);
    expect(on(stage, '2026-02-23')).toBe('active');
    stage.event('club.paid', '2026-02-23', fee);
    expect(on(stage, '2026-03-22')).toBe('active');
    expect(on(stage, '2026-03-23')).toBe('pastDue');
    stage.event('club.paid', '2026-03-25', fee);
    expect(on(stage, '2026-04-24')).toBe('active');
  });

  it('is past due from a failed payment, and active again with the next one', () => {
    const stage = stageWith();
    stage.event('club.paid', '2026-01-24', fee);
    stage.event('club.failed', '2026-02-23');
    expect(stateOf(stage)).toBe('pastDue');
    stage.event('club.paid', '2026-02-26', fee);
    expect(stateOf(stage)).toBe('active');
    // What arrives late changes nothing that came after it.
    stage.event('club.failed', '2026-02-24');
    expect(stateOf(stage)).toBe('active');
  });

  it('that was cancelled lasts as long as it was paid for, and no longer', () => {
    const stage = stageWith();
    stage.event('club.paid', '2026-01-24', fee);
    stage.event('club.cancelled', '2026-02-01');
    expect(on(stage, '2026-02-23')).toBe('active');
    expect(on(stage, '2026-02-24')).toBe('lapsed');
    stage.event('club.started', '2026-05-01');
    expect(on(stage, '2026-05-01')).toBe('lapsed');
    stage.event('club.paid', '2026-05-02', fee);
    expect(on(stage, '2026-05-03')).toBe('active');
  });

  it('has one trial, and none without days for it', () => {
    const stage = stageWith();
    stage.event('club.started', '2026-01-10');
    on(stage, '2026-03-01');
    stage.event('club.started', '2026-04-01');
    expect(on(stage, '2026-04-02')).toBe('lapsed');
    const paidOnly = stageWith({ trialDays: undefined });
    paidOnly.event('club.started', '2026-01-10');
    expect(on(paidOnly, '2026-06-01')).toBe('none');
    expect(paidOnly.entitlements(at('2026-06-01'))).toEqual([]);
  });

  it('a payment that was late on its way takes a lapse back', () => {
    const stage = stageWith();
    stage.event('club.started', '2026-01-10');
    expect(on(stage, '2026-02-05')).toBe('lapsed');
    stage.event('club.paid', '2026-01-29', fee);
    expect(stateOf(stage)).toBe('active');
    expect(stage.entitlements(at('2026-02-06'))).toEqual(['cake', 'lounge']);
    expect(on(stage, '2026-02-28')).toBe('pastDue');
  });

  it('does not give an item again that was used while it lasted', () => {
    const stage = stageWith();
    stage.event('club.paid', '2026-01-24', fee);
    stage.command('entitlement.used', { entitlement: 'cake' }, { day: '2026-01-25' });
    stage.event('club.paid', '2026-02-23', fee);
    expect(stage.entitlements(at('2026-02-23'))).toEqual(['lounge']);
  });

  it('ends in the same state in whatever order billing events arrive, swept between or not', () => {
    const billing = fc.record({
      type: fc.constantFrom(...types),
      day: fc.integer({ min: 1, max: 120 }).map((number) => dayOf(number)),
    });
    const history = fc.uniqueArray(billing, { maxLength: 7, selector: ({ day }) => day });
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.boolean()), (events, sweeps) => {
        const inOrder = stageWith();
        for (const { type, day } of events.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
          inOrder.sweep(at(day));
          inOrder.event(type, day, fee);
        }
        const asTheyCome = stageWith();
        for (const { type, day } of events) {
          asTheyCome.event(type, day, fee);
          if (sweeps.next().value) asTheyCome.sweep(at('2026-05-01'));
        }
        for (const end of ['2026-05-02', '2026-08-01']) {
          expect(on(asTheyCome, end)).toBe(on(inOrder, end));
          const [left, right] = [asTheyCome, inOrder].map((it) => it.entitlements(at(end)));
          expect(left).toEqual(right);
        }
      }),
      { seed: 11, numRuns: 100 },
    );
  });
});

function dayOf(number: number): string {
  return new Date(at('2026-01-01') + number * 86_400_000).toISOString().slice(0, 10);
}
