import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeEvent, refuseEvent, refuseLate } from '../../../../../shared/domain/earning/judge.ts';
import { noRates } from '../../../../../shared/domain/rates/rate-book.ts';
import { addMs, instantOf } from '../../../../../shared/domain/time.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';
import { Books } from './books.ts';
import { anEvent, aRule, at, pointsIn, programWith } from './fixtures.ts';

const now = at('2026-06-15T12:00:00Z');
const dayMs = 86_400_000;

describe('an event', () => {
  it('earns by every rule that matches, in order, and says why', () => {
    const rules = [
      aRule(),
      aRule({ id: 'extra', award: { kind: 'fixed', unit: 'PTS', points: 5 } }),
    ];
    const books = new Books(programWith({ rules }));
    const decision = books.book(anEvent({ amountMinor: 1299n }));
    expect(decision.kind).toBe('accrual');
    expect(decision.awards).toMatchObject([
      { rule: 'base', points: 12n, basisMinor: 1299n, arithmetic: '1299*1/100=12' },
      { rule: 'extra', points: 5n, basisMinor: 0n, arithmetic: '5' },
    ]);
    expect(decision.explanation).toEqual({
      rule: 'base',
      reason: 'PER_AMOUNT',
      inputs: { amountMinor: '1299', currency: 'EUR' },
    });
    expect(books.balance('ann').lots).toEqual(new Map([['280401', 17n]]));
  });

  it('that no rule matches earns nothing and says so', () => {
    const decision = new Books(programWith({ rules: [aRule()] })).book(
      anEvent({ type: 'app.opened' }),
    );
    expect(decision.movements).toEqual([]);
    expect(decision.explanation.reason).toBe('NO_RULE_MATCHES');
  });

  it.each([
    // The last moment of March in London, which is on summer time by then.
    ['2026-03-31T22:59:59.999Z', '280401'],
    ['2026-03-31T23:00:00Z', '280501'],
    ['2026-03-31T23:30:00+01:00', '280401'],
    ['2025-12-31T23:59:59Z', '280101'],
    ['2024-02-29T12:00:00Z', '260301'],
    ['2026-10-31T23:59:59Z', '281101'],
  ])('of %s expires with the lot %s', (occurredAt, lot) => {
    const books = new Books(sampleProgram());
    const [award] = books.book(anEvent({ occurredAt: at(occurredAt) })).awards;
    expect(award?.lot).toBe(lot);
  });

  it('is judged the same each time', () => {
    const books = new Books(programWith({ rules: [aRule()] }));
    expect(books.judge(anEvent())).toEqual(books.judge(anEvent()));
  });

  it('of a member whom a closed program does not know is refused', () => {
    const members = { enrolment: 'closed' };
    const books = new Books(programWith({ rules: [aRule()] }, { members }));
    expect(books.judge(anEvent())).toEqual({ code: 'UNKNOWN_MEMBER', field: 'member' });
    const input = {
      ...{ compiled: books.compiled, event: anEvent(), subject: {}, now, hash: 'h' },
      ...{ budgets: new Map(), rates: noRates, snapshots: () => new Map() },
    };
    const value = { kind: 'person', enrolledAt: 0 };
    const record = { kind: 'profile' as const, id: '0', version: 1, value };
    const member = { ...books.snapshot('ann'), records: new Map([['profile#0', record]]) };
    expect(judgeEvent({ ...input, member }).ok).toBe(true);
  });

  it('without a field that a wallet asks for earns nothing into it', () => {
    const wallets = { business: { units: ['PTS'], owner: 'member', requires: ['data.vat'] } };
    const books = new Books(programWith({ rules: [aRule()] }, { members: { wallets } }));
    const { awards, explanation } = books.book(anEvent());
    expect(awards).toEqual([]);
    expect(explanation).toMatchObject({
      reason: 'WALLET_REQUIRES',
      inputs: { base: 'WALLET_REQUIRES data.vat' },
    });
    const told = books.book(anEvent({ id: 'A-2', data: { vat: 'DE1' } }));
    expect(pointsIn(told)).toBe(100n);
  });
});

describe('refusals', () => {
  const program = programWith({ rules: [aRule()] }, { lateDays: 30 });

  it.each([
    [{ type: 'order.paid' }, { code: 'UNKNOWN_EVENT_TYPE', field: 'type' }],
    [{ currency: 'JPY' }, { code: 'CURRENCY_NOT_IN_PROGRAM', field: 'currency' }],
    [{ occurredAt: addMs(now, dayMs + 1) }, { code: 'EVENT_IN_FUTURE', field: 'occurredAt' }],
    [{ occurredAt: at('1999-12-31T23:59:59Z') }, { code: 'DATE_OUT_OF_RANGE' }],
  ])('%j is %j', (parts, refusal) => {
    const event = anEvent({ occurredAt: now, ...parts });
    expect(refuseEvent(program, event, now)).toMatchObject(refusal);
  });

  it('are of a currency from the day on that it is replaced, in the zone of the program', () => {
    const timeZone = 'Europe/Zagreb';
    const croatian = programWith({ rules: [aRule()] }, { currencies: ['EUR', 'HRK'], timeZone });
    const kuna = (text: string) => anEvent({ currency: 'HRK', occurredAt: at(text) });
    expect(refuseEvent(croatian, kuna('2022-12-31T22:59:59Z'), now)).toBeUndefined();
    const refusal = { code: 'CURRENCY_RETIRED', field: 'currency' };
    expect(refuseEvent(croatian, kuna('2022-12-31T23:00:00Z'), now)).toEqual(refusal);
  });

  it('leave what is a day ahead, and what is as late as it may be', () => {
    expect(refuseEvent(program, anEvent({ occurredAt: addMs(now, dayMs) }), now)).toBeUndefined();
    const late = (ms: number) => refuseLate(program, anEvent({ occurredAt: addMs(now, ms) }), now);
    expect(late(-30 * dayMs)).toBeUndefined();
    expect(late(-30 * dayMs - 1)).toEqual({ code: 'EVENT_TOO_LATE', field: 'occurredAt' });
  });

  it('leave no event that has no lot, however long points live and wherever', () => {
    const years = fc.integer({ min: 1, max: 20 });
    const zone = fc.constantFrom('Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/London');
    const time = fc.integer({ min: Date.UTC(1999, 11, 30), max: Date.UTC(2080, 0, 3) });
    const edge = fc.constantFrom(Date.UTC(2000, 0, 1), Date.UTC(2078, 11, 30), Date.UTC(2079, 11));
    const property = fc.property(years, zone, fc.oneof(time, edge), (life, timeZone, epochMs) => {
      const expiry = [{ unit: 'PTS', kind: 'endOfYear', years: life }];
      const bent = sampleProgram({ expiry, timeZone });
      const placed = anEvent({ occurredAt: instantOf(epochMs) });
      const farAhead = instantOf(Date.UTC(2090, 0, 1));
      if (refuseEvent(bent, placed, farAhead) !== undefined) return;
      expect(new Books(bent).book(placed).awards).toHaveLength(1);
    });
    fc.assert(property, { seed: 7, numRuns: 60 });
  });
});
