import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { createSurveyStore } from '../../shared/adapters/dynamodb/survey-store.ts';
import { MemoryTable } from '../../shared/adapters/memory/memory-table.ts';
import { createMemorySurveyStore } from '../../shared/adapters/memory/survey-store.ts';
import type { SurveyStore } from '../../shared/ports/surveys.ts';
import { createFaultyClient } from '../faults/faulty-client.ts';
import { useDynamoDbLocal } from '../support/dynamodb-local.ts';
import { day } from '../support/points.ts';
import { openDynamoTable } from './backends.ts';
import { surveySuite } from './survey-suite.ts';

const dynamodb = useDynamoDbLocal();
const seed = 20_261_122;

describe('memory', () => {
  surveySuite(async () => createMemorySurveyStore(new MemoryTable()));

  it('holds no item with both a member and anything of an answer', async () => {
    const { surveys } = new MemoryTable();
    await takePart(createMemorySurveyStore({ surveys }));
    expectApart([...surveys].map((item) => JSON.stringify(item)));
  });
});

describe('DynamoDB Local', { timeout: 30_000 }, () => {
  surveySuite(async () => createSurveyStore(await openDynamoTable(dynamodb(), { seed })));

  it('holds no item with both a member and anything of an answer', async () => {
    const table = await openDynamoTable(dynamodb(), { seed });
    await takePart(createSurveyStore(table));
    const { Items = [] } = await dynamodb().send(new ScanCommand({ TableName: table.tableName }));
    const texts = Items.map((item) => JSON.stringify(item));
    expectApart(texts);
    // Nor when: of an answer the day is known, of anything else nothing.
    for (const text of texts) expect(text).not.toMatch(/\d{2}:\d{2}|\d{13}/);
  });
});

describe('DynamoDB Local with faults', { timeout: 30_000 }, () => {
  surveySuite(async () => {
    const wrap = (client: Parameters<typeof createFaultyClient>[0]) =>
      createFaultyClient(client, seed);
    return createSurveyStore(await openDynamoTable(dynamodb(), { seed, wrap }));
  });
});

const survey = { program: 'shop', survey: 'yearly' };
const words = ['ticket', 'receipt', 'answer', 'name'] as const;

/** Two members go all the way, one has only a ticket. */
async function takePart(store: SurveyStore): Promise<void> {
  for (const member of ['member-1', 'member-2', 'member-3']) {
    const number = member.at(-1) ?? '';
    const [ticketHash, receiptHash, answers, id] = words.map((word) => `${word}-${number}`);
    if (!ticketHash || !receiptHash || !answers || !id) continue;
    await store.issue({ ...survey, member, ticketHash });
    if (number === '3') continue;
    const answer = { id, day: day('2026-06-15'), answers };
    await store.handIn({ ...survey, ticketHash, receiptHash, answer });
    await store.claim({ ...survey, member, receiptHash, claimHash: `claim-${number}` });
  }
}

function expectApart(items: readonly string[]): void {
  expect(items).toHaveLength(8);
  const kinds = ['member-', 'ticket-', 'receipt-', 'answer-'];
  for (const item of items) {
    expect(kinds.filter((kind) => item.includes(kind))).toHaveLength(1);
  }
}
