import { beforeEach, expect, it } from 'vitest';
import {
  type Month,
  monthOf,
  type RateMonth,
  type RateSnapshot,
} from '../../shared/domain/rates/snapshot.ts';
import { addDays, instantOf, type LocalDate } from '../../shared/domain/time.ts';
import type { QuarantinedSnapshot, RateStore } from '../../shared/ports/rates.ts';
import { day } from '../support/points.ts';
import { collected } from './auditor.ts';
import type { Backend } from './backends.ts';

const source = 'ecb';
const april = '2026-04' as Month;

function snapshotOf(date: LocalDate, rates: Readonly<Record<string, string>>): RateSnapshot {
  return { date, rates: new Map(Object.entries(rates)) };
}

function monthWith(version: number, ...snapshots: readonly RateSnapshot[]): RateMonth {
  const [first] = snapshots;
  if (first === undefined) throw new Error('A month has a day.');
  const byDay = new Map(snapshots.map((snapshot) => [snapshot.date, snapshot]));
  return { source, month: monthOf(first.date), version, snapshots: byDay };
}

const ninth = snapshotOf(day('2026-04-09'), { USD: '1.1684', IDR: '20082.05', JPY: '186.75' });
const tenth = snapshotOf(day('2026-04-10'), { USD: '1.1711', TRY: '52' });
const empty = snapshotOf(day('2026-04-13'), {});

function quarantinedOf(snapshot: RateSnapshot, since: number): QuarantinedSnapshot {
  const { date } = snapshot;
  const beforeDate = addDays(date, -1);
  return {
    ...{ source, snapshot, since: instantOf(since) },
    findings: [
      { kind: 'missing', date, currency: 'JPY' },
      { kind: 'zero', date, currency: 'IDR' },
      { kind: 'jump', date, currency: 'USD', before: '1.1', beforeDate, after: '1.3' },
    ],
  };
}

export function ratesSuite(backend: Backend): void {
  let rates: RateStore;
  beforeEach(async () => {
    ({ rates } = await backend.open());
  });
  const kept = async () => (await rates.readMonths(source, [april])).get(april);

  it('reads months back as they were written', async () => {
    expect(await rates.readMonths(source, [april])).toEqual(new Map());
    const month = monthWith(0, tenth, ninth, empty);
    expect(await rates.writeMonths([month])).toBe('written');
    expect(await kept()).toEqual({ ...month, version: 1 });
    const other = { ...month, source: 'openExchangeRates' as const };
    expect(await rates.readMonths(other.source, [april])).toEqual(new Map());
    expect(await rates.writeMonths([other])).toBe('written');
    expect(await collected(rates.months(source))).toEqual([{ ...month, version: 1 }]);
  });

  it('replaces a month only over the version that was read', async () => {
    expect(await rates.writeMonths([])).toBe('written');
    await rates.writeMonths([monthWith(0, ninth)]);
    expect(await rates.writeMonths([monthWith(0, tenth)])).toBe('stale');
    expect(await rates.writeMonths([monthWith(2, tenth)])).toBe('stale');
    expect(await kept()).toEqual(monthWith(1, ninth));
    expect(await rates.writeMonths([monthWith(1, ninth, tenth)])).toBe('written');
    expect(await kept()).toEqual(monthWith(2, ninth, tenth));
  });

  it('writes no month of a hundred where one of them is stale', async () => {
    const may = monthWith(0, snapshotOf(day('2026-05-04'), { USD: '1.2' }));
    await rates.writeMonths([may]);
    expect(await rates.writeMonths([monthWith(0, ninth), may])).toBe('stale');
    expect(await kept()).toBeUndefined();
  });

  it('lists the months of years, newest first', async () => {
    const dates = Array.from({ length: 130 }, (_, index) => {
      const [year, month] = [2010 + Math.floor(index / 12), 1 + (index % 12)];
      return day(`${year}-${month.toString().padStart(2, '0')}-15`);
    });
    const months = dates.map((date) => monthWith(0, snapshotOf(date, { USD: '1.25' })));
    expect(await rates.writeMonths(months)).toBe('written');
    const listed = await collected(rates.months(source));
    expect(listed.map(({ month }) => month)).toEqual(dates.map(monthOf).reverse());
    const wanted = months.map(({ month }) => month);
    expect((await rates.readMonths(source, wanted)).size).toBe(130);
  });

  quarantineTests(() => rates);
}

function quarantineTests(current: () => RateStore): void {
  const read = () => collected(current().quarantined(source));

  it('keeps one snapshot for each day in quarantine: the latest', async () => {
    await current().quarantine(quarantinedOf(tenth, 2_000));
    await current().quarantine(quarantinedOf(ninth, 1_000));
    const again = { ...quarantinedOf(tenth, 3_000), findings: [] };
    await current().quarantine(again);
    expect(await read()).toEqual([quarantinedOf(ninth, 1_000), again]);
    expect(await collected(current().quarantined('openExchangeRates'))).toEqual([]);
    expect(await collected(current().months(source))).toEqual([]);
  });

  it('releases a snapshot into its month, once', async () => {
    const released = quarantinedOf(tenth, 1_000);
    await current().quarantine(released);
    expect(await current().release(released, monthWith(1, tenth))).toBe('stale');
    expect(await read()).toEqual([released]);
    expect(await current().release(released, monthWith(0, tenth))).toBe('written');
    expect(await read()).toEqual([]);
    expect(await collected(current().months(source))).toEqual([monthWith(1, tenth)]);
    expect(await current().release(released, monthWith(1, tenth))).toBe('stale');
    expect(await collected(current().months(source))).toEqual([monthWith(1, tenth)]);
  });

  it('dismisses a snapshot', async () => {
    await current().quarantine(quarantinedOf(tenth, 1_000));
    expect(await current().dismiss(quarantinedOf(ninth, 1_000))).toBe('stale');
    expect(await current().dismiss(quarantinedOf(tenth, 1_000))).toBe('dismissed');
    expect(await current().dismiss(quarantinedOf(tenth, 1_000))).toBe('stale');
    expect(await read()).toEqual([]);
  });

  it('releases and dismisses nothing but the rates that were read', async () => {
    const seen = quarantinedOf(tenth, 1_000);
    await current().quarantine(seen);
    const other = snapshotOf(tenth.date, { USD: '117.11', TRY: '52' });
    const replaced = quarantinedOf(other, 2_000);
    await current().quarantine(replaced);
    expect(await current().release(seen, monthWith(0, tenth))).toBe('stale');
    expect(await current().dismiss(seen)).toBe('stale');
    expect(await read()).toEqual([replaced]);
    expect(await collected(current().months(source))).toEqual([]);
    expect(await current().release(replaced, monthWith(0, other))).toBe('written');
  });
}
