import { describe, expect, it } from 'vitest';
import { createChoiceStore } from '../../shared/adapters/dynamodb/choice-store.ts';
import { createDeliveryStore } from '../../shared/adapters/dynamodb/contact-delivery-store.ts';
import { createContactStore } from '../../shared/adapters/dynamodb/contact-store.ts';
import { createSentStore } from '../../shared/adapters/dynamodb/sent-store.ts';
import { createMemoryChoiceStore } from '../../shared/adapters/memory/choice-store.ts';
import {
  ContactRows,
  createMemoryContactStore,
  createMemoryDeliveryStore,
  createMemorySentStore,
} from '../../shared/adapters/memory/contact-store.ts';
import type { Choice } from '../../shared/domain/choice/choice.ts';
import { instantOf } from '../../shared/domain/time.ts';
import type { ChoiceStore } from '../../shared/ports/choices.ts';
import type {
  Contact,
  ContactStore,
  DeliveryStore,
  SentStore,
} from '../../shared/ports/contacts.ts';
import { createFaultyClient } from '../faults/faulty-client.ts';
import { useDynamoDbLocal } from '../support/dynamodb-local.ts';
import { openDynamoTable } from './backends.ts';

interface Stores {
  readonly contacts: ContactStore;
  readonly deliveries: DeliveryStore;
  readonly sent: SentStore;
  readonly choices: ChoiceStore;
}

const dynamodb = useDynamoDbLocal();
const seed = 20_261_122;
const at = instantOf(Date.parse('2026-06-15T12:00:00Z'));
/** Characters that keys are made of. */
const owner = { program: 'shop', member: 'a#P#b%' };

async function openDynamo(hasFaults: boolean): Promise<Stores> {
  const wrap = (client: Parameters<typeof createFaultyClient>[0]) =>
    hasFaults ? createFaultyClient(client, seed) : client;
  const table = await openDynamoTable(dynamodb(), { seed, wrap });
  return {
    contacts: createContactStore(table),
    deliveries: createDeliveryStore(table),
    sent: createSentStore(table),
    choices: createChoiceStore(table),
  };
}

async function openMemory(): Promise<Stores> {
  const rows = new ContactRows();
  return {
    contacts: createMemoryContactStore(rows),
    deliveries: createMemoryDeliveryStore(rows),
    sent: createMemorySentStore(rows),
    choices: createMemoryChoiceStore(),
  };
}

const backends: readonly (readonly [string, () => Promise<Stores>])[] = [
  ['memory', openMemory],
  ['DynamoDB Local', () => openDynamo(false)],
  ['DynamoDB Local with faults', () => openDynamo(true)],
];

for (const [name, open] of backends) {
  describe(name, { timeout: 30_000 }, () => {
    contactSuite(open);
    sentSuite(open);
    choiceSuite(open);
  });
}

function contactSuite(open: () => Promise<Stores>): void {
  it('keeps contacts, and lets one of two writers win', async () => {
    const { contacts } = await open();
    expect(await contacts.read(owner)).toBeUndefined();
    const contact: Contact = {
      ...{ ...owner, sealed: 'sealed', language: 'pl', off: ['tierChanged'], version: 1 },
      ...{ quietHours: { from: '21:00', to: '08:00' }, consents: { terms: at } },
      ...{ saved: ['card'], bouncedAt: at },
    };
    expect(await contacts.put(contact)).toBe('done');
    expect(await contacts.read(owner)).toEqual(contact);
    expect(await contacts.put(contact)).toBe('lost');
    const plain = { ...owner, off: [], consents: {}, saved: [], version: 2 };
    const both = await Promise.all([contacts.put(plain), contacts.put(plain)]);
    expect(both.sort()).toEqual(['done', 'lost']);
    expect(await contacts.read(owner)).toEqual(plain);
    expect(await contacts.read({ ...owner, member: 'a' })).toBeUndefined();
  });

  it('keeps deliveries', async () => {
    const { deliveries } = await open();
    const key = { ...owner, redemption: 'r1' };
    expect(await deliveries.read(key)).toBeUndefined();
    const whole = { ...key, sealedEmail: 's', resends: 2, resentAt: at, bouncedAt: at, version: 1 };
    expect(await deliveries.put(whole)).toBe('done');
    expect(await deliveries.read(key)).toEqual(whole);
    expect(await deliveries.put({ ...key, resends: 0, version: 1 })).toBe('lost');
    expect(await deliveries.put({ ...key, resends: 0, version: 2 })).toBe('done');
    expect(await deliveries.read(key)).toEqual({ ...key, resends: 0, version: 2 });
  });
}

function sentSuite(open: () => Promise<Stores>): void {
  it('remembers what was sent, and whether it is known to be out', async () => {
    const { sent } = await open();
    const message = { ...owner, message: 'rewardReady#r1', at };
    expect(await sent.remember({ ...message, day: '2026-06-15' })).toBe('new');
    expect(await sent.remember({ ...message, day: '2026-06-15' })).toBe('unsure');
    await sent.confirm(message);
    expect(await sent.remember({ ...message, day: '2026-06-16' })).toBe('sent');
  });

  it('counts by day up to the cap, nothing twice', async () => {
    const { sent } = await open();
    const remember = (name: string, day = '2026-06-15') =>
      sent.remember({ ...owner, message: name, at, day, maximumPerDay: 2 });
    const first = await Promise.all(['a', 'b', 'c'].map((name) => remember(name)));
    expect(first.sort()).toEqual(['full', 'new', 'new']);
    expect(await remember('d')).toBe('full');
    expect(await remember('d', '2026-06-16')).toBe('new');
    expect(await remember('d', '2026-06-16')).toBe('unsure');
    expect(await remember('e', '2026-06-16')).toBe('new');
    expect(await remember('f', '2026-06-16')).toBe('full');
  });
}

function choiceSuite(open: () => Promise<Stores>): void {
  it('keeps choices', async () => {
    const { choices } = await open();
    const key = { ...owner, id: 'c1' };
    expect(await choices.read(key)).toBeUndefined();
    const choice: Choice = {
      ...{ ...key, sender: 'Bo', actor: 'staff', country: 'GB', language: 'en', version: 1 },
      offers: [
        { rewardId: 'card', value: { amountMinor: 10n ** 20n, currency: 'GBP' }, name: 'Card' },
        {
          ...{ rewardId: 'x', value: { amountMinor: 0n, currency: 'EUR' }, name: 'X' },
          disclosure: 'Terms',
        },
      ],
      ...{ sealedEmail: 'sealed', offeredAt: at, expiresAt: at },
    };
    expect(await choices.put(choice)).toBe('done');
    expect(await choices.read(key)).toEqual(choice);
    const chosen = { ...choice, chosen: { offer: 1, at, redemption: 'r1' }, version: 2 };
    expect(await choices.put(chosen)).toBe('done');
    expect(await choices.put(chosen)).toBe('lost');
    expect(await choices.read(key)).toEqual(chosen);
    const undelivered = [{ redemption: 'r1', isTold: true }, { redemption: 'r2' }] as const;
    const again: Choice = { ...choice, undelivered, version: 3 };
    expect(await choices.put(again)).toBe('done');
    expect(await choices.read(key)).toEqual(again);
  });
}
