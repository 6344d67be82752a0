import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { createQuoteStore } from '../../shared/adapters/dynamodb/quote-store.ts';
import { createMemoryQuoteStore } from '../../shared/adapters/memory/quote-store.ts';
import { createFaultyClient } from '../faults/faulty-client.ts';
import { useDynamoDbLocal } from '../support/dynamodb-local.ts';
import { dynamoStores, type MeteredCall, openDynamoTable } from './backends.ts';
import { deliver, owner } from './ledger-actor.ts';
import { aQuote, quoteSuite } from './quote-suite.ts';
import { planHold, redemption } from './redemption-actor.ts';

const dynamodb = useDynamoDbLocal();
const seed = 20_261_122;

describe('memory', () => {
  quoteSuite(async () => createMemoryQuoteStore());
});

describe('DynamoDB Local', { timeout: 30_000 }, () => {
  quoteSuite(async () => createQuoteStore(await openDynamoTable(dynamodb(), { seed })));

  it('forgets a quote a week after it expired', async () => {
    const table = await openDynamoTable(dynamodb(), { seed });
    await createQuoteStore(table).put(aQuote());
    const { Items = [] } = await dynamodb().send(new ScanCommand({ TableName: table.tableName }));
    const week = 7 * 86_400;
    const expected = Math.floor(aQuote().expiresAt / 1000) + week;
    expect(Items.map(({ ttl }) => Number(ttl?.N))).toEqual([expected, expected]);
    // The readers of the stream look for entries by their kind.
    expect(Items.some((item) => 'k' in item)).toBe(false);
  });
});

it('costs a hold two write units more to take a quote', { timeout: 30_000 }, async () => {
  const meter: MeteredCall[] = [];
  const { ledger, redemptions } = dynamoStores(await openDynamoTable(dynamodb(), { seed, meter }));
  await deliver(ledger, { hash: 'e1', kind: 'accrual', points: 50n }, 'd1');
  const plan = planHold(await ledger.readBalance(owner), redemption(1), 10n);
  if (plan === undefined) throw new Error('The points reach.');
  const hold = { ...plan.hold, terms: { ...plan.hold.terms, quote: redemption(2) } };
  meter.length = 0;
  expect(await redemptions.hold(hold, plan.change)).toEqual({ kind: 'held' });
  expect(meter).toEqual([{ operation: 'redeem', units: 6, count: 1, subject: redemption(1) }]);
});

describe('DynamoDB Local with faults', { timeout: 30_000 }, () => {
  quoteSuite(async () => {
    const wrap = (client: Parameters<typeof createFaultyClient>[0]) =>
      createFaultyClient(client, seed);
    return createQuoteStore(await openDynamoTable(dynamodb(), { seed, wrap }));
  });
});
