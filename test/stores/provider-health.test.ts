import { describe, expect, it } from 'vitest';
import { createProviderHealthStore } from '../../shared/adapters/dynamodb/provider-health.ts';
import { createWebhookMemory } from '../../shared/adapters/dynamodb/webhook-memory.ts';
import { MemoryTable } from '../../shared/adapters/memory/memory-table.ts';
import { createMemoryProviderHealthStore } from '../../shared/adapters/memory/provider-health.ts';
import { createMemoryWebhookMemory } from '../../shared/adapters/memory/webhook-memory.ts';
import { instantOf, type LocalDate } from '../../shared/domain/time.ts';
import type {
  Breaker,
  Float,
  ProviderHealthStore,
  WebhookMemory,
} from '../../shared/ports/provider-health.ts';
import { createFaultyClient } from '../faults/faulty-client.ts';
import { useDynamoDbLocal } from '../support/dynamodb-local.ts';
import { type MeteredCall, openDynamoTable } from './backends.ts';

const dynamodb = useDynamoDbLocal();
const seed = 20_261_122;
const at = instantOf(1_000_000);

interface Stores {
  readonly health: ProviderHealthStore;
  readonly webhooks: WebhookMemory;
}

const breaker: Breaker = { state: 'open', failures: 5, openUntil: instantOf(5), version: 1 };
const float: Float = {
  balances: [
    { currency: 'EUR', amountMinor: 12_345_678_901_234_567n },
    { currency: 'JPY', amountMinor: -5n },
  ],
  readAt: at,
  used: [{ day: '2026-06-15' as LocalDate, amount: { currency: 'EUR', amountMinor: 7n } }],
  version: 1,
};

function suite(open: () => Promise<Stores>): void {
  it('gives each turn once, in their order, however many ask at a time', async () => {
    const { health } = await open();
    const lease = { provider: 'tango', at, spacingMs: 100, wanted: 3 };
    const firsts = await Promise.all(Array.from({ length: 6 }, () => health.lease(lease)));
    const expected = Array.from({ length: 6 }, (_, index) => at + 300 * index);
    expect(firsts.toSorted((one, other) => one - other)).toEqual(expected);
  });

  it('gives no turn of the past, and none before a pause is over', async () => {
    const { health } = await open();
    const turns = { provider: 'tango', spacingMs: 100 };
    expect(await health.lease({ ...turns, at, wanted: 1 })).toBe(at);
    const later = instantOf(at + 5000);
    expect(await health.lease({ ...turns, at: later, wanted: 0 })).toBe(later);
    expect(await health.lease({ ...turns, at, wanted: 1 })).toBe(later);
    expect(await health.lease({ ...turns, at, provider: 'runa', wanted: 1 })).toBe(at);
  });

  it('keeps a breaker and a float as they were written, by their versions', async () => {
    const { health } = await open();
    expect(await health.readBreaker('runa')).toBeUndefined();
    expect(await health.readFloat('runa')).toBeUndefined();
    expect(await health.writeBreaker('runa', breaker)).toBe('done');
    expect(await health.writeFloat('runa', float)).toBe('done');
    expect(await health.readBreaker('runa')).toEqual(breaker);
    expect(await health.readFloat('runa')).toEqual(float);
    expect(await health.writeBreaker('runa', { ...breaker, failures: 9 })).toBe('lost');
    const out: Float = { ...float, outOfFundsSince: at, version: 2 };
    expect(await health.writeFloat('runa', out)).toBe('done');
    expect(await health.readFloat('runa')).toEqual(out);
    expect(await health.readBreaker('tango')).toBeUndefined();
  });

  it('keeps until when books were looked through, by its versions', async () => {
    const { health } = await open();
    const look = { until: at, version: 1 };
    expect(await health.readLook('paypal-payouts')).toBeUndefined();
    expect(await health.writeLook('paypal-payouts', look)).toBe('done');
    expect(await health.writeLook('paypal-payouts', look)).toBe('lost');
    const next = { until: instantOf(at + 1), version: 2 };
    expect(await health.writeLook('paypal-payouts', next)).toBe('done');
    expect(await health.readLook('paypal-payouts')).toEqual(next);
    expect(await health.readLook('wise')).toBeUndefined();
  });

  it('lets one of many change a breaker', async () => {
    const { health } = await open();
    const writes = Array.from({ length: 6 }, () => health.writeBreaker('runa', breaker));
    const outcomes = await Promise.all(writes);
    expect(outcomes.toSorted()).toEqual(['done', ...Array(5).fill('lost')]);
  });

  it('remembers webhooks by provider and id', async () => {
    const { webhooks } = await open();
    const webhook = { provider: 'runa', webhookId: 'a#b%c' };
    expect(await webhooks.knows(webhook)).toBe(false);
    await webhooks.remember({ ...webhook, at });
    await webhooks.remember({ ...webhook, at });
    expect(await webhooks.knows(webhook)).toBe(true);
    expect(await webhooks.knows({ ...webhook, provider: 'tango' })).toBe(false);
    expect(await webhooks.knows({ ...webhook, webhookId: 'a' })).toBe(false);
  });
}

describe('memory', () => {
  suite(async () => {
    const table = new MemoryTable();
    return {
      health: createMemoryProviderHealthStore(table),
      webhooks: createMemoryWebhookMemory(table),
    };
  });
});

type Wrap = NonNullable<Parameters<typeof openDynamoTable>[1]['wrap']>;

async function openStores(wrap: Wrap, meter: MeteredCall[] = []): Promise<Stores> {
  const table = await openDynamoTable(dynamodb(), { seed, wrap, meter });
  return { health: createProviderHealthStore(table), webhooks: createWebhookMemory(table) };
}

describe('DynamoDB Local', { timeout: 30_000 }, () => {
  suite(() => openStores((client) => client));

  it('costs one unit a lease, a change and a webhook', async () => {
    const meter: MeteredCall[] = [];
    const { health, webhooks } = await openStores((client) => client, meter);
    await health.lease({ provider: 'runa', at, spacingMs: 10, wanted: 200 });
    await health.writeBreaker('runa', breaker);
    await webhooks.remember({ provider: 'runa', webhookId: 'w', at });
    expect(meter).toEqual(Array(3).fill({ operation: 'health', units: 1, count: 1 }));
  });
});

describe('DynamoDB Local with faults', { timeout: 60_000 }, () => {
  suite(() => openStores((client) => createFaultyClient(client, seed)));
});
