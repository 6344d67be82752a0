import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryTable } from '../../../../../shared/adapters/memory/memory-table.ts';
import { createMemoryRateStore } from '../../../../../shared/adapters/memory/rate-store.ts';
import {
  admitDaily,
  dismissQuarantined,
  quarantinedOn,
  releaseQuarantined,
} from '../../../../../shared/app/rates/keep-rates.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import type { RateStore } from '../../../../../shared/ports/rates.ts';
import { collected } from '../../../../stores/auditor.ts';
import { day } from '../../../../support/points.ts';
import { ratesOf } from '../../../../support/rates.ts';

const source = 'ecb';
const machineNow = instantOf(Date.UTC(2026, 3, 14, 15));
const first = ratesOf('2026-04-10', { USD: '1.17', JPY: '186.43' });
const usual = ratesOf('2026-04-13', { USD: '1.16', JPY: '186.75' });
const odd = ratesOf('2026-04-13', { USD: '1.4', JPY: '0' });

let rates: RateStore;
let nowMs = 0;
const clock = { now: () => instantOf(nowMs) };
beforeEach(() => {
  rates = createMemoryRateStore(new MemoryTable());
  nowMs = machineNow;
});

const admit = (raw: typeof first) => admitDaily({ rates, clock }, source, raw, machineNow);
const release = async (date: string) => {
  const seen = await quarantinedOn(rates, source, day(date));
  return seen === undefined ? 'absent' : releaseQuarantined(rates, seen);
};
const keptDays = async () =>
  (await collected(rates.months(source))).flatMap(({ snapshots }) => [...snapshots.keys()].sort());
const waiting = async () => collected(rates.quarantined(source));

/** The store, where another writer is faster the first time. */
function overtakenBy(other: () => Promise<unknown>): RateStore {
  let isFirst = true;
  return {
    ...rates,
    async writeMonths(months) {
      if (isFirst) {
        isFirst = false;
        await other();
      }
      return rates.writeMonths(months);
    },
  };
}

describe('the rates of a day', () => {
  it('are kept once, beside those of other days', async () => {
    expect(await admit(first)).toEqual({ kind: 'kept', date: first.date, findings: [] });
    expect(await admit(usual)).toMatchObject({ kind: 'kept' });
    expect(await admit(usual)).toMatchObject({ kind: 'known' });
    expect(await keptDays()).toEqual([first.date, usual.date]);
  });

  it('stand against others of the same day', async () => {
    await admit(first);
    const other = ratesOf('2026-04-10', { USD: '1.17', JPY: '186.44' });
    expect(await admit(other)).toEqual({ kind: 'conflict', date: first.date, findings: [] });
    const [month] = await collected(rates.months(source));
    expect(month?.snapshots.get(first.date)?.rates.get('JPY')).toBe('186.43');
  });

  it('are not taken before their day has begun where the source is', async () => {
    const tomorrow = ratesOf('2026-04-15', { USD: '1.17' });
    expect(await admit(tomorrow)).toMatchObject({ kind: 'future' });
    const evening = instantOf(Date.UTC(2026, 3, 14, 22));
    const late = await admitDaily({ rates, clock }, source, tomorrow, evening);
    expect(late.kind).toBe('kept');
  });

  it('are compared with the newest day before, however far back', async () => {
    await admit(ratesOf('2021-03-01', { USD: '1.2' }));
    await admit(ratesOf('2021-05-03', { USD: '1' }));
    expect(await waiting()).toHaveLength(1);
    const far = await admit(ratesOf('2026-04-13', { USD: '1.4' }));
    expect(far.findings).toMatchObject([{ kind: 'jump', beforeDate: '2021-03-01' }]);
  });

  it('are kept beside what another writer has kept meanwhile', async () => {
    const busy = overtakenBy(() => admit(first));
    const admitted = await admitDaily({ rates: busy, clock }, source, usual, machineNow);
    expect(admitted.kind).toBe('kept');
    expect(await keptDays()).toEqual([first.date, usual.date]);
  });
});

describe('rates in quarantine', () => {
  beforeEach(async () => {
    await admit(first);
  });

  it('wait from the first time on, and are not used', async () => {
    const { kind, findings } = await admit(odd);
    expect(kind).toBe('quarantined');
    expect(findings.map((finding) => finding.kind)).toEqual(['zero', 'jump']);
    nowMs += 1_000;
    await admit(odd);
    expect(await waiting()).toEqual([
      { source, snapshot: { date: odd.date, rates: odd.rates }, findings, since: machineNow },
    ]);
    expect(await keptDays()).toEqual([first.date]);
  });

  it('are used when they are released, without their zeros', async () => {
    await admit(odd);
    expect(await release('2026-04-13')).toBe('released');
    expect(await release('2026-04-13')).toBe('absent');
    expect(await waiting()).toEqual([]);
    const [month] = await collected(rates.months(source));
    expect(month?.snapshots.get(odd.date)?.rates).toEqual(new Map([['USD', '1.4']]));
    expect(await admit(odd)).toMatchObject({ kind: 'known' });
  });

  it('are released and dismissed as they were looked at, and not what came since', async () => {
    await admit(odd);
    const [seen] = await waiting();
    if (seen === undefined) throw new Error('Nothing waits.');
    await admit(ratesOf('2026-04-13', { USD: '140', JPY: '186' }));
    expect(await releaseQuarantined(rates, seen)).toBe('replaced');
    expect(await dismissQuarantined(rates, seen)).toBe('replaced');
    expect(await keptDays()).toEqual([first.date]);
    const [newer] = await waiting();
    expect(newer?.snapshot.rates.get('USD')).toBe('140');
    if (newer === undefined) throw new Error('Nothing waits.');
    expect(await dismissQuarantined(rates, newer)).toBe('dismissed');
    expect(await dismissQuarantined(rates, newer)).toBe('absent');
    expect(await releaseQuarantined(rates, newer)).toBe('absent');
  });

  it('are not released where they are replaced at the last moment', async () => {
    await admit(odd);
    const [seen] = await waiting();
    if (seen === undefined) throw new Error('Nothing waits.');
    const busy: RateStore = {
      ...rates,
      async release(released, month) {
        await admit(ratesOf('2026-04-13', { USD: '140', JPY: '186' }));
        return rates.release(released, month);
      },
    };
    expect(await releaseQuarantined(busy, seen)).toBe('replaced');
    expect(await keptDays()).toEqual([first.date]);
  });

  it('give way to a mended snapshot of the day', async () => {
    await admit(odd);
    expect(await admit(usual)).toMatchObject({ kind: 'kept' });
    expect(await waiting()).toEqual([]);
  });

  it('never replace what is kept of the day', async () => {
    await admit(odd);
    const [found] = await waiting();
    await admit(usual);
    if (found === undefined) throw new Error('Nothing waits.');
    await rates.quarantine(found);
    expect(await release('2026-04-13')).toBe('conflict');
    await rates.quarantine({ ...found, snapshot: usual });
    expect(await release('2026-04-13')).toBe('known');
    expect(await waiting()).toEqual([]);
  });
});
