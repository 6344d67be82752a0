import { describe, expect, it } from 'vitest';
import { leftOutInWords } from '../../../../../infra/cli/fx/left-out.ts';
import { positionReport } from '../../../../../infra/cli/fx/position.ts';
import { positionText } from '../../../../../infra/cli/fx/position-text.ts';
import { keepGivenRates, ratesOfScenario } from '../../../../../infra/cli/replay/given-rates.ts';
import { endOfDay } from '../../../../../infra/cli/run/as-of.ts';
import { MemoryTable } from '../../../../../shared/adapters/memory/memory-table.ts';
import { createMemoryRateStore } from '../../../../../shared/adapters/memory/rate-store.ts';
import type { Entry, ExchangeRecord, Leg } from '../../../../../shared/domain/ledger/entry.ts';
import {
  type Instant,
  type LocalDate,
  parseInstant,
  startOfDay,
} from '../../../../../shared/domain/time.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';

const program = sampleProgram();
const days = {
  '2026-03-02': { USD: '1.25', ISK: '150' },
  '2026-03-03': { USD: '1.6' },
  '2026-03-20': { USD: '2' },
};
const day = (text: string) => startOfDay(text as LocalDate, program.timeZone);

/** 10.01 dollars judged, 8.008 euros kept as 8.01. */
const cashback: ExchangeRecord = {
  ...{ from: 'USD', fromMinor: 1001n, to: 'EUR', toMinor: 801n, wholeMinor: 800n },
  ...{ rate: { numerator: 4n, denominator: 5n }, rounding: 'halfUp', source: 'ecb' },
  asOf: '2026-03-02' as LocalDate,
};
/** 3.00 euros kept as 450 crowns. */
const crowns: ExchangeRecord = {
  ...{ from: 'EUR', fromMinor: 300n, to: 'ISK', toMinor: 450n, wholeMinor: 450n },
  ...{ rate: { numerator: 150n, denominator: 1n }, rounding: 'halfUp', source: 'ecb' },
  asOf: '2026-03-02' as LocalDate,
};

function entryOf(postedOn: string, exchange: ExchangeRecord, more: Leg[] = []): Entry {
  const { from, fromMinor, to, toMinor, wholeMinor } = exchange;
  const at = day(postedOn);
  return {
    key: { at: 'event', program: 'p', hash: postedOn, part: '0' },
    ...{ kind: 'accrual', program: 'p', member: 'ann', occurredAt: at, postedAt: at },
    ...{ bodyHash: '', explanation: { reason: 'EARNED' }, exchanges: [exchange] },
    legs: [
      { account: { kind: 'fxPosition' }, unit: from, amount: fromMinor },
      { account: { kind: 'fxPosition' }, unit: to, amount: -wholeMinor },
      { account: { kind: 'rounding' }, unit: to, amount: wholeMinor - toMinor },
      ...more,
    ],
  };
}

async function reportOf(
  entries: readonly Entry[],
  asOf: string,
  more: { readonly into?: string; readonly present?: Instant } = {},
) {
  const rates = createMemoryRateStore(new MemoryTable());
  await keepGivenRates(rates, ratesOfScenario({ source: 'ecb', days }));
  const scan = {
    async *items() {
      for (const entry of entries) yield { entry };
    },
    async *balances() {},
  };
  const at = parseInstant(asOf) ?? endOfDay(asOf as LocalDate, program.timeZone);
  return positionReport({ ...{ scan, rates, program, asOf: at }, ...more });
}

describe('open positions', () => {
  it('are valued, and the difference to their cost explained by currency and day', async () => {
    const found = await reportOf([entryOf('2026-03-03', cashback)], '2026-03-20');
    expect(found.positions).toMatchObject([
      {
        ...{ currency: 'EUR', positionMinor: '-800', valueMinor: '-800', costMinor: '-801' },
        ...{ differenceMinor: '1', rateChangeMinor: '0', bookingMinor: '0', roundingMinor: '1' },
      },
      {
        ...{ currency: 'USD', positionMinor: '1001', valueMinor: '501', costMinor: '801' },
        ...{ differenceMinor: '-300', rateChangeMinor: '-125', bookingMinor: '-175' },
        ...{ roundingMinor: '0', rate: { rate: '1/2', asOf: '2026-03-20' } },
      },
    ]);
    expect(found.days).toEqual([
      {
        ...{ day: '2026-03-03', currency: 'EUR', openingMinor: '0', flowMinor: '-800' },
        ...{ rateBefore: null, rateAfter: '1/1', rateChangeMinor: '0', bookingMinor: '0' },
        roundingMinor: '1',
      },
      {
        ...{ day: '2026-03-03', currency: 'USD', openingMinor: '0', flowMinor: '1001' },
        // It was converted at the rate of the day before.
        ...{ rateBefore: null, rateAfter: '5/8', rateChangeMinor: '0', bookingMinor: '-175' },
        roundingMinor: '0',
      },
      {
        ...{ day: '2026-03-20', currency: 'USD', openingMinor: '1001', flowMinor: '0' },
        ...{ rateBefore: '5/8', rateAfter: '1/2', rateChangeMinor: '-125', bookingMinor: '0' },
        roundingMinor: '0',
      },
    ]);
    expect(found.roundingAccounts).toEqual([
      { currency: 'EUR', balanceMinor: '-1', valueMinor: '-1' },
    ]);
    const sums = {
      ...{ valueMinor: '-299', costMinor: '0', differenceMinor: '-299', leftOut: [] },
      ...{ roundingAccountsMinor: '-1', resultMinor: '-300' },
    };
    expect(found.totals).toMatchObject(sums);
  });

  it('count what was posted by then', async () => {
    const entries = [entryOf('2026-03-02', crowns), entryOf('2026-03-03', cashback)];
    const found = await reportOf(entries, '2026-03-02');
    expect(found.positions.map(({ currency }) => currency)).toEqual(['EUR', 'ISK']);
    expect(found.totals).toMatchObject({ valueMinor: '0', costMinor: '0' });
  });

  it('have no value where the rate is older than a week, and the totals say so', async () => {
    const entries = [entryOf('2026-03-02', crowns), entryOf('2026-03-03', cashback)];
    const found = await reportOf(entries, '2026-03-20');
    const [, isk] = found.positions;
    expect(isk).toEqual({ currency: 'ISK', positionMinor: '-450', refused: 'RATE_STALE' });
    expect(found.totals).toMatchObject({ leftOut: ['ISK'], valueMinor: '1' });
    expect(positionText(found, true)).toContain('The total is without ISK.');
    expect(leftOutInWords(found)).toEqual([
      'RATE_STALE: The totals are without ISK: ' +
        'ecb has no rate into EUR that is at most 7 days old on 2026-03-20.',
    ]);
  });

  it('have no value in a currency that no rate leads to', async () => {
    const found = await reportOf([entryOf('2026-03-03', cashback)], '2026-03-20', { into: 'KWD' });
    expect(found.positions).toEqual([
      { currency: 'EUR', positionMinor: '-800', refused: 'RATE_MISSING' },
      { currency: 'USD', positionMinor: '1001', refused: 'RATE_MISSING' },
    ]);
    expect(leftOutInWords(found)).toEqual([
      'RATE_MISSING: The totals are without EUR, USD: ecb has no rate into KWD by 2026-03-20.',
    ]);
  });

  it('never use a rate that is newer than the present of the state', async () => {
    const present = day('2026-03-04');
    const found = await reportOf([entryOf('2026-03-03', cashback)], '2026-03-09', { present });
    expect(found).toMatchObject({ day: '2026-03-09', ratesUntil: '2026-03-04' });
    expect(found.positions).toMatchObject([{}, { rate: { rate: '5/8', asOf: '2026-03-03' } }]);
    expect(positionText(found, false)).toContain('The state is at 2026-03-04; rates after that');
    const late = await reportOf([entryOf('2026-03-03', cashback)], '2026-03-20', { present });
    expect(late.positions).toMatchObject([{}, { currency: 'USD', refused: 'RATE_STALE' }]);
    expect(leftOutInWords(late).join()).toMatch(/^RATE_STALE: .*USD: .* The state is at /);
  });

  it('are of a whole day where one is named', async () => {
    const entries = [entryOf('2026-03-03', cashback)];
    const wholeDay = positionText(await reportOf(entries, '2026-03-03'), false);
    expect(wholeDay).toContain(`Open positions at the end of 2026-03-03 (${program.timeZone}),`);
    const noon = positionText(await reportOf(entries, '2026-03-03T12:00:00Z'), false);
    expect(noon).toContain('Open positions at 2026-03-03T12:00:00.000Z,');
  });

  it('are valued in another currency where that is asked for', async () => {
    const found = await reportOf([entryOf('2026-03-03', cashback)], '2026-03-03', { into: 'USD' });
    expect(found.positions).toMatchObject([
      // The cents of 10.01 dollars then; 8.00 euros are 12.80 dollars now.
      { currency: 'EUR', valueMinor: '-1280', costMinor: '-1001' },
      { currency: 'USD', valueMinor: '1001', costMinor: '1001', differenceMinor: '0' },
    ]);
  });

  it('are left out where legs and exchanges disagree', async () => {
    const odd: Leg = { account: { kind: 'fxPosition' }, unit: 'EUR', amount: -1n };
    const found = await reportOf([entryOf('2026-03-03', cashback, [odd])], '2026-03-20');
    const eur = { currency: 'EUR', positionMinor: '-801', refused: 'LEGS_DISAGREE' };
    expect(leftOutInWords(found).join()).toMatch(/^LEGS_DISAGREE: .*EUR/);
    expect(found.positions[0]).toEqual(eur);
    expect(found.totals.leftOut).toEqual(['EUR']);
  });

  it('are shown in major units', async () => {
    const found = await reportOf([entryOf('2026-03-03', cashback)], '2026-03-20');
    const text = positionText(found, true);
    expect(text).toMatch(/USD +10\.01 +0\.5 +2026-03-20 +5\.01 +8\.01 +-3\.00/);
    expect(text).toMatch(/2026-03-20 +USD +10\.01 +0\.00 +0\.625 +0\.5 +-1\.25/);
    expect(text).toContain('Rates: EUR for one of the other');
    expect(text).toContain('Result: difference -2.99 and rounding accounts -0.01 are -3.00');
    expect(positionText(found, false)).not.toContain('By currency and day');
  });
});
