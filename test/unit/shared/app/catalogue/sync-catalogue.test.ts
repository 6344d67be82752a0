import { describe, expect, test } from 'vitest';
import { createMemoryCatalogue } from '../../../../../shared/adapters/memory/catalogue-store.ts';
import { MemoryTable } from '../../../../../shared/adapters/memory/memory-table.ts';
import { createMemoryProgramStore } from '../../../../../shared/adapters/memory/program-store.ts';
import { syncCatalogue } from '../../../../../shared/app/catalogue/sync-catalogue.ts';
import { syncProduct } from '../../../../../shared/app/catalogue/sync-product.ts';
import type { CatalogueProduct } from '../../../../../shared/domain/catalogue/product.ts';
import { sinceEver } from '../../../../../shared/domain/program/version.ts';
import { addMs, type Instant, instantOf } from '../../../../../shared/domain/time.ts';
import type { QuoteStore } from '../../../../../shared/ports/offers.ts';
import type { RewardProvider } from '../../../../../shared/ports/provider.ts';
import { ProviderUnavailableError } from '../../../../../shared/ports/provider-unavailable.ts';
import type { PublishedEvent } from '../../../../../shared/ports/runtime.ts';
import { productOf } from '../../../../support/products.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';

const start = instantOf(Date.UTC(2026, 3, 1));
const hourMs = 3_600_000;

const card = productOf({ product: 'GIFT-CARD-GBP', provider: 'tremendous' });
const others = Array.from({ length: 9 }, (_, number) =>
  productOf({ product: `OTHER-${number}`, provider: 'tremendous', brand: `Brand ${number}` }),
);

/** A provider that sells what it is told to, and a program with a listed reward of it. */
async function stage(parts: Record<string, unknown> = {}) {
  let now: Instant = start;
  let sold: readonly CatalogueProduct[] = [card, ...others];
  let breaksAfter: number | undefined;
  let readings = 0;
  const events: PublishedEvent[] = [];
  const logged: string[] = [];
  const log = (code: string) => void logged.push(code);
  const programs = createMemoryProgramStore(new MemoryTable());
  await programs.publish({ from: sinceEver, program: sampleProgram(parts) });
  const quotes: Pick<QuoteStore, 'interested'> = {
    async *interested(_, rewardId) {
      if (rewardId === 'brand-0-gbp') yield { member: 'eve', kind: 'saved' };
      if (rewardId !== 'gift-card-gbp') return;
      yield { member: 'ann', kind: 'quote' };
      yield { member: 'ann', kind: 'saved' };
      yield { member: 'bob', kind: 'saved' };
    },
  };
  const catalogue = createMemoryCatalogue();
  const dependencies = {
    clock: { now: () => now },
    logger: { info: log, warn: log, error: log },
    ...{ catalogue, programs, quotes: quotes as QuoteStore },
    publisher: { publish: async (told: readonly PublishedEvent[]) => void events.push(...told) },
  };
  const provider = {
    name: 'tremendous',
    capabilities: { catalogueEveryMinutes: 360 },
    async *catalogue() {
      readings += 1;
      for (const [index, product] of sold.entries()) {
        if (index === breaksAfter) throw new ProviderUnavailableError('tremendous');
        yield product;
      }
    },
    product: async (id: string) => sold.find(({ product }) => product === id),
  } as unknown as RewardProvider;
  return {
    ...{ dependencies, provider, catalogue, events, logged, readings: () => readings },
    sync: (always = false) => syncCatalogue(dependencies, provider, { always }),
    sell: (next: readonly CatalogueProduct[]) => {
      sold = next;
    },
    breakAfter: (count: number | undefined) => {
      breaksAfter = count;
    },
    pass: (hours: number) => {
      now = addMs(now, hours * hourMs);
    },
    kept: async () => (await catalogue.products('tremendous', 'GBP')).map(({ product }) => product),
  };
}

const typesOf = (events: readonly PublishedEvent[]) =>
  events.map(({ type, detail }) => `${type} ${detail.change} ${detail.member ?? ''}`.trim());

describe('a catalogue', () => {
  test('is read when it is due, and not before', async () => {
    const { sync, pass, readings } = await stage();
    expect(await sync()).toBe('kept');
    pass(5);
    expect(await sync()).toBe('early');
    pass(1);
    expect(await sync()).toBe('kept');
    expect(readings()).toBe(2);
    expect(await sync(true)).toBe('kept');
  });

  test('tells nobody of its first reading', async () => {
    const { sync, events } = await stage();
    await sync();
    expect(events).toEqual([]);
  });

  test('tells each member who counts on a reward once that it is gone', async () => {
    const { sync, sell, pass, events } = await stage();
    await sync();
    sell(others);
    pass(6);
    expect(await sync()).toBe('changed');
    expect(typesOf(events)).toEqual([
      'reward.changed.v1 delisted',
      'reward.touched.v1 delisted ann',
      'reward.touched.v1 delisted bob',
    ]);
    const names = events.map(({ detail }) => detail.name);
    expect(names).toEqual([undefined, 'Gift card (GBP)', 'Gift card (GBP)']);
  });

  const changes: readonly (readonly [string, Partial<CatalogueProduct>])[] = [
    ['amountsChanged', { bands: [{ minimumMinor: 2_000n, maximumMinor: 10_000n }] }],
    ['unavailable', { orderable: false }],
    ['countriesChanged', { countries: ['IE'] }],
  ];
  test.each(changes)('tells of %s', async (change, changed) => {
    const { sync, sell, pass, events } = await stage();
    await sync();
    sell([{ ...card, ...changed }, ...others]);
    pass(6);
    await sync();
    expect(typesOf(events)[0]).toBe(`reward.changed.v1 ${change}`);
  });

  test('tells nobody of another name, text or price', async () => {
    const { sync, sell, pass, events } = await stage();
    await sync();
    sell([{ ...card, name: 'A card', disclosure: 'New terms', costBasisPoints: 1 }, ...others]);
    pass(6);
    expect(await sync()).toBe('kept');
    expect(events).toEqual([]);
  });

  test('is told again where somebody died before it was kept', async () => {
    const { dependencies, catalogue, sync, sell, pass, events } = await stage();
    await sync();
    sell(others);
    pass(6);
    const { replace } = catalogue;
    dependencies.catalogue.replace = () => Promise.reject(new Error('killed'));
    await expect(sync()).rejects.toThrow('killed');
    dependencies.catalogue.replace = replace;
    expect(await sync()).toBe('changed');
    expect(events.filter(({ type }) => type === 'reward.changed.v1')).toHaveLength(2);
  });

  test('stays as it was where it breaks off half way', async () => {
    const { sync, sell, pass, breakAfter, kept, logged, events } = await stage();
    await sync();
    sell([card]);
    breakAfter(0);
    pass(6);
    expect(await sync()).toBe('unreadable');
    expect(logged.at(-1)).toBe('CATALOGUE_UNREADABLE');
    expect(await kept()).toHaveLength(10);
    expect(events).toEqual([]);
  });

  test('that has lost most products counts when read so twice, an empty one never', async () => {
    const { sync, sell, pass, kept, readings, logged } = await stage();
    await sync();
    sell([card]);
    pass(6);
    expect(await sync()).toBe('changed');
    expect(readings()).toBe(3);
    expect(await kept()).toEqual(['GIFT-CARD-GBP']);
    sell([]);
    pass(6);
    expect(await sync()).toBe('unreadable');
    expect(logged.at(-1)).toBe('CATALOGUE_DOUBTFUL');
    expect(await kept()).toEqual(['GIFT-CARD-GBP']);
  });

  test('that a program sells whole tells of its own rewards too', async () => {
    const worth = { currency: 'GBP', amountMinor: 1, points: 1 };
    const { sync, sell, pass, events } = await stage({
      catalogue: { unit: 'PTS', marginBasisPoints: 0 },
      redemption: { policies: [{ unit: 'PTS', worth }] },
    });
    await sync();
    sell([card, ...others.slice(1)]);
    pass(6);
    await sync();
    expect(events.map(({ detail }) => detail.rewardId)).toEqual(['brand-0-gbp', 'brand-0-gbp']);
    expect(events[1]?.detail).toMatchObject({ member: 'eve', name: 'Amazon' });
  });
});

describe('one product', () => {
  test('is read again, and the rest stays', async () => {
    const { dependencies, provider, sync, sell, kept, events } = await stage();
    await sync();
    sell([]);
    expect(await syncProduct(dependencies, provider, 'GIFT-CARD-GBP')).toBe('changed');
    expect(await kept()).toHaveLength(9);
    expect(typesOf(events)[0]).toBe('reward.changed.v1 delisted');
    expect(await syncProduct(dependencies, provider, 'NEVER-SEEN')).toBe('kept');
  });

  test('that cannot be read now is left to the schedule', async () => {
    const { dependencies, provider, sync, kept, logged } = await stage();
    await sync();
    const deaf = {
      ...provider,
      product: async () => {
        throw new ProviderUnavailableError('tremendous');
      },
    };
    expect(await syncProduct(dependencies, deaf, 'GIFT-CARD-GBP')).toBe('unread');
    expect(await kept()).toHaveLength(10);
    expect(logged).toContain('CATALOGUE_UNREADABLE');
  });

  test('of a catalogue that was never read is left to the schedule', async () => {
    const { dependencies, provider, kept } = await stage();
    expect(await syncProduct(dependencies, provider, 'GIFT-CARD-GBP')).toBe('kept');
    expect(await kept()).toEqual([]);
  });
});
