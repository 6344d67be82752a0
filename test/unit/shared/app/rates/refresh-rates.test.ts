import { describe, expect, it } from 'vitest';
import { MemoryTable } from '../../../../../shared/adapters/memory/memory-table.ts';
import { createMemoryRateStore } from '../../../../../shared/adapters/memory/rate-store.ts';
import { createLogger } from '../../../../../shared/adapters/telemetry/logger.ts';
import { refreshRates } from '../../../../../shared/app/rates/refresh-rates.ts';
import type { RawSnapshot } from '../../../../../shared/domain/rates/admission.ts';
import { monthOf } from '../../../../../shared/domain/rates/snapshot.ts';
import type { LocalDate } from '../../../../../shared/domain/time.ts';
import type { FeedReply } from '../../../../../shared/ports/rates.ts';
import { TestClock } from '../../../../support/world.ts';

function dayWith(date: string, rates: Record<string, string>, zeros: string[] = []): FeedReply {
  const raw = { date: date as LocalDate, rates: new Map(Object.entries(rates)), zeros };
  return { kind: 'snapshot', raw: raw satisfies RawSnapshot };
}

function start() {
  const clock = new TestClock('2026-04-13T14:30:00Z');
  const machineClock = new TestClock('2026-04-13T14:30:00Z');
  const rates = createMemoryRateStore(new MemoryTable());
  const lines: Record<string, unknown>[] = [];
  const figures: unknown[] = [];
  const write = (line: string) => lines.push(JSON.parse(line));
  const refreshFrom = (latest: () => Promise<FeedReply>) =>
    refreshRates({
      ...{ clock, machineClock, rates },
      feed: { source: 'ecb', latest },
      logger: createLogger({ write, onLeak: 'throw' }),
      metrics: { rates: (told) => figures.push(told) },
    });
  const refresh = async (reply: FeedReply) => {
    const refreshed = await refreshFrom(async () => reply);
    const told = lines.at(-1) ?? {};
    return [refreshed.ok ? refreshed.value : refreshed.failure, told.level, told.code];
  };
  const kept = async (date: string) => {
    const month = monthOf(date as LocalDate);
    const read = (await rates.readMonths('ecb', [month])).get(month);
    return read?.snapshots.get(date as LocalDate)?.rates.get('USD');
  };
  return { clock, machineClock, lines, figures, refresh, refreshFrom, kept };
}

const monday = dayWith('2026-04-13', { USD: '1.1684', HUF: '366.9' });

describe('a refresh of the rates', () => {
  it('keeps the day, once', async () => {
    const { lines, figures, refresh, kept } = start();
    expect(await refresh(monday)).toEqual(['kept', 'info', 'RATES_KEPT']);
    expect(await refresh(monday)).toEqual(['known', 'info', 'RATES_KNOWN']);
    expect(await kept('2026-04-13')).toBe('1.1684');
    expect(lines[0]).toMatchObject({ source: 'ecb', day: '2026-04-13', count: 0 });
    expect(figures).toEqual(Array(2).fill({ source: 'ecb', ageDays: 0, quarantined: 0 }));
  });

  it('leaves what is kept as it is, where the source says something else of that day', async () => {
    const { refresh, kept } = start();
    await refresh(monday);
    const other = dayWith('2026-04-13', { USD: '1.1685', HUF: '366.9' });
    expect(await refresh(other)).toEqual(['conflict', 'error', 'RATES_CONFLICT']);
    expect(await kept('2026-04-13')).toBe('1.1684');
  });

  it.each([
    ['a currency that is missing', dayWith('2026-04-14', { USD: '1.17' })],
    ['a zero', dayWith('2026-04-14', { USD: '1.17' }, ['HUF'])],
    ['a jump', dayWith('2026-04-14', { USD: '1.17', HUF: '412' })],
  ])('lets %s wait, and measures that until somebody looks', async (_, reply) => {
    const { clock, machineClock, figures, refresh, kept } = start();
    await refresh(monday);
    for (const moved of [clock, machineClock]) moved.advance(86_400_000);
    expect(await refresh(reply)).toEqual(['quarantined', 'warn', 'RATES_QUARANTINED']);
    expect(await kept('2026-04-14')).toBeUndefined();
    expect(figures.at(-1)).toEqual({ source: 'ecb', ageDays: 1, quarantined: 1 });
    await refresh({ kind: 'unpublished' });
    expect(figures.at(-1)).toEqual({ source: 'ecb', ageDays: 1, quarantined: 1 });
  });

  it('keeps nothing of a day that has not begun, by the clock of the machine', async () => {
    const { clock, machineClock, refresh, kept } = start();
    const tuesday = dayWith('2026-04-14', { USD: '1.17', HUF: '366' });
    expect(await refresh(tuesday)).toEqual(['future', 'error', 'RATES_IN_FUTURE']);
    clock.advance(-10 * 86_400_000);
    machineClock.advance(86_400_000);
    expect(await refresh(tuesday)).toEqual(['kept', 'info', 'RATES_KEPT']);
    expect(await kept('2026-04-14')).toBe('1.17');
  });

  it('measures also where it fails for no reason that was foreseen', async () => {
    const { figures, refreshFrom } = start();
    const broken = refreshFrom(() => Promise.reject(new TypeError('broken')));
    await expect(broken).rejects.toThrow('broken');
    expect(figures).toEqual([{ source: 'ecb', quarantined: 0 }]);
  });

  it('measures how old the rates are whatever the source says', async () => {
    const { clock, lines, figures, refresh } = start();
    const nothing = { kind: 'unpublished' } as const;
    expect(await refresh(nothing)).toEqual(['unpublished', 'info', 'RATES_UNPUBLISHED']);
    expect(figures.at(-1)).toEqual({ source: 'ecb', quarantined: 0 });
    await refresh(monday);
    // Seven hours and a half later it is the next day in Frankfurt.
    clock.advance(7.5 * 3_600_000);
    const failed = { kind: 'failed', reason: 'STATUS', status: 503 } as const;
    expect(await refresh(failed)).toEqual(['unreachable', 'error', 'RATES_UNREACHABLE']);
    expect(lines.at(-1)).toMatchObject({ source: 'ecb', reason: 'STATUS', status: 503 });
    const unreadable = { kind: 'unreadable', line: 9, field: 'USD' } as const;
    expect(await refresh(unreadable)).toEqual(['unreadable', 'error', 'RATES_UNREADABLE']);
    expect(lines.at(-1)).toMatchObject({ line: 9, field: 'USD' });
    expect(figures.slice(-2)).toEqual(Array(2).fill({ source: 'ecb', ageDays: 1, quarantined: 0 }));
  });
});
