import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryTable } from '../../../../../shared/adapters/memory/memory-table.ts';
import { createMemoryRateStore } from '../../../../../shared/adapters/memory/rate-store.ts';
import { keepHistory } from '../../../../../shared/app/booking/keep-history.ts';
import type { RawSnapshot } from '../../../../../shared/domain/rates/admission.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import type { RateStore } from '../../../../../shared/ports/rates.ts';
import { collected } from '../../../../stores/auditor.ts';
import { ratesOf } from '../../../../support/rates.ts';

const machineNow = instantOf(Date.UTC(2026, 3, 14, 15));
const days: [RawSnapshot, ...RawSnapshot[]] = [
  ratesOf('2026-04-13', { USD: '1.4', JPY: '186.75' }),
  ratesOf('2026-04-10', { USD: '1.17' }),
  ratesOf('2025-12-31', { USD: '1.16', BGN: '1.9558' }),
];

let rates: RateStore;
beforeEach(() => {
  rates = createMemoryRateStore(new MemoryTable());
});
const keep = (kept: readonly RawSnapshot[], store = rates, keepsKnown = false) =>
  keepHistory(store, 'ecb', kept, { machineNow, keepsKnown });
const keptDays = async () =>
  (await collected(rates.months('ecb'))).flatMap(({ snapshots }) => [...snapshots.keys()].sort());

describe('a history', () => {
  it('is kept whole, with its jumps', async () => {
    const jump = { currency: 'USD', before: '1.17', beforeDate: '2026-04-10', after: '1.4' };
    expect(await keep(days)).toEqual({
      ...{ kind: 'kept', kept: 3, known: 0, left: [] },
      jumps: [{ kind: 'jump', date: '2026-04-13', ...jump }],
    });
    expect(await keptDays()).toEqual(['2026-04-10', '2026-04-13', '2025-12-31']);
  });

  it('is known the second time, and written for new days only', async () => {
    await keep(days);
    expect(await keep(days)).toEqual({ kind: 'kept', kept: 0, known: 3, left: [], jumps: [] });
    const more = [...days, ratesOf('2026-04-14', { USD: '1.2' })];
    expect(await keep(more)).toMatchObject({ kept: 1, known: 3, jumps: [{ before: '1.4' }] });
    const versions = (await collected(rates.months('ecb'))).map(({ version }) => version);
    expect(versions).toEqual([2, 1]);
  });

  it('compares a new day with the one that was kept before it', async () => {
    await keep(days.slice(1));
    const kept = await keep([ratesOf('2026-01-02', { USD: '1.3' })]);
    expect(kept).toMatchObject({ jumps: [{ beforeDate: '2025-12-31' }] });
  });

  it('is refused whole for a day with other rates than are kept, or in the future', async () => {
    await keep(days.slice(0, 1));
    const wrong = [
      ratesOf('2026-04-13', { USD: '1.4' }),
      ratesOf('2026-04-15', { USD: '1.4' }),
      ...days.slice(1),
    ];
    expect(await keep(wrong)).toEqual({
      kind: 'refused',
      faults: [
        { kind: 'conflict', date: '2026-04-13' },
        { kind: 'future', date: '2026-04-15' },
      ],
      standing: [],
    });
    expect(await keptDays()).toEqual(['2026-04-13']);
  });

  it('leaves days as they are that differ, where that is asked for', async () => {
    await keep([ratesOf('2026-04-10', { USD: '1.17', JPY: '186' }), ...days.slice(2)]);
    const history = [
      ...days.slice(0, 1),
      ratesOf('2026-04-10', { USD: '1.18', GBP: '0.87' }),
      ...days.slice(2),
    ];
    expect(await keep(history)).toMatchObject({ faults: [{ date: '2026-04-10' }] });
    const differing = { date: '2026-04-10', currencies: ['GBP', 'JPY', 'USD'] };
    const outcome = { kind: 'kept', kept: 1, known: 1, left: [differing] };
    expect(await keep(history, rates, true)).toMatchObject(outcome);
    expect(await keep(history, rates, true)).toMatchObject({ kept: 0, known: 2, jumps: [] });
    const [april] = await collected(rates.months('ecb'));
    expect(april?.snapshots.get(history[1]?.date ?? days[0].date)?.rates.get('USD')).toBe('1.17');
    const future = [...history, ratesOf('2026-04-15', { USD: '1.2' })];
    expect(await keep(future, rates, true)).toMatchObject({ faults: [{ kind: 'future' }] });
  });

  it('tells which days stand where it is refused after it lost a race', async () => {
    const other = ratesOf('2025-12-31', { USD: '2' });
    const busy: RateStore = {
      ...rates,
      // As of months in two hundreds: the newest are written, of another one somebody is faster.
      async writeMonths(months) {
        await keep([other]);
        await rates.writeMonths(months.filter(({ month }) => month.startsWith('2026')));
        return 'stale';
      },
    };
    expect(await keep(days, busy)).toEqual({
      kind: 'refused',
      faults: [{ kind: 'conflict', date: '2025-12-31' }],
      standing: ['2026-04-13', '2026-04-10'],
    });
    const kept = { kind: 'kept', kept: 0, known: 2, left: [{ date: '2025-12-31' }] };
    expect(await keep(days, rates, true)).toMatchObject(kept);
  });

  it('overtakes what waited of its days', async () => {
    const since = machineNow;
    for (const date of ['2026-04-10', '2026-04-09']) {
      const snapshot = ratesOf(date, { USD: '9' });
      await rates.quarantine({ source: 'ecb', snapshot, findings: [], since });
    }
    await keep(days);
    const waiting = await collected(rates.quarantined('ecb'));
    expect(waiting.map(({ snapshot }) => snapshot.date)).toEqual(['2026-04-09']);
  });

  it('starts again where somebody else has written meanwhile', async () => {
    let isFirst = true;
    const busy: RateStore = {
      ...rates,
      async writeMonths(months) {
        if (isFirst) {
          isFirst = false;
          await keep(days.slice(1, 2));
        }
        return rates.writeMonths(months);
      },
    };
    expect(await keep(days, busy)).toMatchObject({ kind: 'kept', kept: 3 });
    expect(await keptDays()).toEqual(['2026-04-10', '2026-04-13', '2025-12-31']);
  });
});
