import { expect, it } from 'vitest';
import { cacheRates } from '../../../../functions/_runtime/rate-cache.ts';
import { MemoryTable } from '../../../../shared/adapters/memory/memory-table.ts';
import { createMemoryRateStore } from '../../../../shared/adapters/memory/rate-store.ts';
import type { Month } from '../../../../shared/domain/rates/snapshot.ts';
import type { LocalDate } from '../../../../shared/domain/time.ts';
import { TestClock } from '../../../support/world.ts';

const minuteMs = 60_000;
const april = '2026-04' as Month;
const march = '2026-03' as Month;

function start() {
  const clock = new TestClock('2026-04-13T12:00:00Z');
  const store = createMemoryRateStore(new MemoryTable());
  const asked: string[] = [];
  const rates = cacheRates(
    {
      ...store,
      readMonths: (source, months) => {
        asked.push(months.join(' '));
        return store.readMonths(source, months);
      },
    },
    clock,
  );
  const add = async (month: Month, day: string) => {
    const date = `${month}-${day}` as LocalDate;
    const kept = (await store.readMonths('ecb', [month])).get(month);
    const snapshots = new Map([
      ...(kept?.snapshots ?? []),
      [date, { date, rates: new Map([['USD', '1.1684']]) }] as const,
    ]);
    await store.writeMonths([{ source: 'ecb', month, version: kept?.version ?? 0, snapshots }]);
  };
  const days = async (...months: Month[]) => {
    const read = await rates.readMonths('ecb', months);
    return [...read.values()].flatMap(({ snapshots }) => [...snapshots.keys()]);
  };
  return { clock, asked, add, days };
}

it('asks again for the month under way after five minutes, for others after an hour', async () => {
  const { clock, asked, add, days } = start();
  await add(march, '31');
  await add(april, '10');
  expect(await days(march, april)).toEqual(['2026-03-31', '2026-04-10']);
  await add(march, '30');
  await add(april, '13');
  clock.advance(5 * minuteMs - 1);
  expect(await days(march, april)).toEqual(['2026-03-31', '2026-04-10']);
  expect(asked).toEqual(['2026-03 2026-04']);
  clock.advance(1);
  expect(await days(march, april)).toEqual(['2026-03-31', '2026-04-10', '2026-04-13']);
  clock.advance(55 * minuteMs);
  expect(await days(march)).toEqual(['2026-03-31', '2026-03-30']);
  expect(asked).toEqual(['2026-03 2026-04', '2026-04', '2026-03']);
});

it('asks each time for a month that there is none of', async () => {
  const { asked, add, days } = start();
  expect(await days(april)).toEqual([]);
  await add(april, '10');
  expect(await days(april)).toEqual(['2026-04-10']);
  expect(asked).toHaveLength(2);
});

it('keeps nothing for later when the clock goes back', async () => {
  const { clock, asked, add, days } = start();
  await add(april, '10');
  await days(april);
  clock.advance(-minuteMs);
  await days(april);
  expect(asked).toHaveLength(2);
});

it('knows a month that begins in the zone of its source as the one under way', async () => {
  const { clock, add, days } = start();
  clock.reach(Date.parse('2026-04-30T22:30:00Z') as ReturnType<typeof clock.now>);
  await add(april, '29');
  await add('2026-05' as Month, '01');
  await days(april, '2026-05' as Month);
  await add(april, '30');
  await add('2026-05' as Month, '04');
  clock.advance(5 * minuteMs);
  expect(await days(april, '2026-05' as Month)).toEqual(['2026-04-29', '2026-05-01', '2026-05-04']);
});
