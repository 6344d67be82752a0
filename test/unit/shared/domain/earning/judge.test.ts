import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerEvent } from '../../../../../shared/domain/earning/event.ts';
import { compileProgram, judge, refuseEvent } from '../../../../../shared/domain/earning/judge.ts';
import { addMs, type Instant, instantOf, parseInstant } from '../../../../../shared/domain/time.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';

const program = sampleProgram();
const compiled = compileProgram(program);
const now = at('2026-06-15T12:00:00Z');

function at(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(text);
  return instant;
}

function event(parts: Partial<CustomerEvent> = {}): CustomerEvent {
  return {
    ...{ source: 'shop', id: 'A-1', type: 'order.placed', member: 'ann' },
    ...{ occurredAt: at('2026-03-15T10:00:00Z'), amountMinor: 1299n, currency: 'GBP' },
    ...parts,
  };
}

function pointsOf(parts: Partial<CustomerEvent>): bigint {
  const { judgement } = judge(compiled, event(parts));
  return judgement.kind === 'nothing' ? 0n : judgement.points;
}

describe('an order', () => {
  it('earns a point for each whole major unit, and says why', () => {
    expect(judge(compiled, event())).toEqual({
      judgement: { kind: 'earn', points: 12n, unit: 'PTS', lot: '280401' },
      explanation: {
        rule: 'order-points',
        reason: 'PER_AMOUNT',
        inputs: { amountMinor: '1299', currency: 'GBP', rate: '1/1' },
      },
    });
  });

  it.each([
    [0n, 0n],
    [99n, 0n],
    [100n, 1n],
    [199n, 1n],
    [9_007_199_254_740_991n, 90_071_992_547_409n],
  ])('of %s minor units earns %s points', (amountMinor, points) => {
    expect(pointsOf({ amountMinor })).toBe(points);
  });

  it('earns by the minor unit of its currency', () => {
    const worldwide = compileProgram(sampleProgram({ currencies: ['JPY', 'KWD', 'EUR'] }));
    const earned = ['JPY', 'KWD', 'EUR'].map((currency) => {
      const { judgement } = judge(worldwide, event({ currency, amountMinor: 12_345n }));
      return judgement.kind === 'earn' ? judgement.points : -1n;
    });
    expect(earned).toEqual([12_345n, 12n, 123n]);
  });

  it('is rounded once, whatever its lines', () => {
    const lines = [
      { sku: 'a', quantity: 1, amountMinor: 650n },
      { sku: 'b', quantity: 1, amountMinor: 649n },
    ];
    expect(pointsOf({ lines })).toBe(12n);
  });

  it.each([
    // The last moment of March in London, which is on summer time by then.
    ['2026-03-31T22:59:59.999Z', '280401'],
    ['2026-03-31T23:00:00Z', '280501'],
    ['2026-03-31T23:30:00+01:00', '280401'],
    ['2025-12-31T23:59:59Z', '280101'],
    ['2026-01-01T00:00:00Z', '280201'],
    ['2024-02-29T12:00:00Z', '260301'],
    ['2026-02-28T12:00:00Z', '280301'],
    ['2026-10-31T23:59:59Z', '281101'],
  ])('of %s expires with the lot %s', (occurredAt, lot) => {
    const { judgement } = judge(compiled, event({ occurredAt: at(occurredAt) }));
    expect(judgement).toMatchObject({ kind: 'earn', lot });
  });
});

describe('a return', () => {
  it('takes back by the rate of the rule it names', () => {
    const returned = judge(compiled, event({ type: 'order.returned', amountMinor: 250n }));
    expect(returned.judgement).toEqual({ kind: 'takeBack', points: 2n, unit: 'PTS' });
    expect(returned.explanation.rule).toBe('order-return');
  });

  it('of a whole order takes what the order gave', () => {
    const amounts = fc.bigInt({ min: 0n, max: BigInt(Number.MAX_SAFE_INTEGER) });
    const property = fc.property(amounts, (amountMinor) => {
      expect(pointsOf({ amountMinor, type: 'order.returned' })).toBe(pointsOf({ amountMinor }));
    });
    fc.assert(property);
  });
});

describe('an event that no rule matches', () => {
  it('earns nothing and says so', () => {
    const quiet = sampleProgram({ eventTypes: ['order.placed', 'order.returned', 'app.opened'] });
    expect(judge(compileProgram(quiet), event({ type: 'app.opened' }))).toEqual({
      judgement: { kind: 'nothing' },
      explanation: { reason: 'NO_RULE_MATCHES' },
    });
  });
});

describe('refusals', () => {
  const dayMs = 86_400_000;

  it.each([
    [{ type: 'order.paid' }, { code: 'UNKNOWN_EVENT_TYPE', field: 'type' }],
    [{ currency: 'JPY' }, { code: 'CURRENCY_NOT_IN_PROGRAM', field: 'currency' }],
    [{ occurredAt: addMs(now, dayMs + 1) }, { code: 'EVENT_IN_FUTURE', field: 'occurredAt' }],
    [
      { occurredAt: at('1999-12-31T23:59:59Z') },
      { code: 'DATE_OUT_OF_RANGE', field: 'occurredAt' },
    ],
  ])('%j is %j', (parts, refusal) => {
    expect(refuseEvent(program, event(parts), now)).toEqual(refusal);
  });

  it('leave what is a day ahead, and what is long ago', () => {
    expect(refuseEvent(program, event({ occurredAt: addMs(now, dayMs) }), now)).toBeUndefined();
    const millennium = event({ occurredAt: at('2000-01-01T00:00:00Z') });
    expect(refuseEvent(program, millennium, now)).toBeUndefined();
  });

  it('leave no event that has no lot, however long points live and wherever', () => {
    const months = fc.integer({ min: 1, max: 240 });
    const zone = fc.constantFrom('Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/London');
    const time = fc.integer({ min: Date.UTC(1999, 11, 30), max: Date.UTC(2080, 0, 3) });
    const edge = fc.constantFrom(Date.UTC(2000, 0, 1), Date.UTC(2078, 11, 30), Date.UTC(2079, 11));
    const property = fc.property(months, zone, fc.oneof(time, edge), (life, timeZone, epochMs) => {
      const expiry = { ...program.expiry, months: life };
      const bent = sampleProgram({ expiry, timeZone });
      const placed = event({ occurredAt: instantOf(epochMs) });
      const farAhead = instantOf(Date.UTC(2090, 0, 1));
      if (refuseEvent(bent, placed, farAhead) !== undefined) return;
      expect(judge(compileProgram(bent), placed).judgement.kind).toBe('earn');
    });
    fc.assert(property);
  });
});
