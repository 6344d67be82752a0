import {
  ConditionalCheckFailedException,
  InternalServerError,
  ThrottlingException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { type Image, toImage } from '../../shared/adapters/dynamodb/attributes.ts';
import { createMeteredClient } from '../../shared/adapters/dynamodb/meter.ts';
import type { TableClient } from '../../shared/adapters/dynamodb/table-client.ts';
import { InvariantError } from '../../shared/domain/result.ts';

const TableName = 'table';
const key = { pk: 'p', sk: 's' };
const fault = { $metadata: {}, message: 'injected' };

function sized(bytes: number, more: Record<string, bigint> = {}): Image {
  const rest = 'pk'.length + 'p'.length + 'sk'.length + 's'.length + 'b'.length;
  return toImage({ ...key, b: 'x'.repeat(bytes - rest), ...more });
}

/** A client whose calls all answer as told. */
function clientThat(answers: Partial<TableClient>): TableClient {
  const none = async () => ({});
  return {
    ...{ get: none, batchGet: none, query: none, scan: none, put: none, batchWrite: none },
    transact: async () => undefined,
    ...answers,
  };
}

/** The meter around such a client. */
function metered(answers: Partial<TableClient>) {
  let units = 0;
  const bill = {
    add(more: number) {
      units += more;
    },
  };
  const client = createMeteredClient(clientThat(answers));
  const billed = async (work: (client: TableClient) => Promise<unknown>): Promise<number> => {
    units = 0;
    await work(client).catch(() => undefined);
    return units;
  };
  return { bill, billed };
}

const put = (bytes: number) => ({ TableName, Item: sized(bytes) });

describe('the meter counts', () => {
  it('a put by the larger of the item before and after', async () => {
    const { bill, billed } = metered({});
    expect(await billed((client) => client.put(put(1024), bill))).toBe(1);
    expect(await billed((client) => client.put(put(1025), bill))).toBe(2);
    const over = metered({ put: async () => ({ Attributes: sized(3000) }) });
    expect(await over.billed((client) => client.put(put(10), over.bill))).toBe(3);
  });

  it('a failed condition by the item that stands there', async () => {
    for (const [existing, units] of [
      [undefined, 1],
      [sized(2049), 3],
    ] as const) {
      const refusal = { ...fault, ...(existing && { Item: existing }) };
      const { bill, billed } = metered({
        put: () => Promise.reject(new ConditionalCheckFailedException(refusal)),
      });
      expect(await billed((client) => client.put(put(10), bill))).toBe(units);
    }
  });

  it('nothing for a throttled call, and a lost answer as applied', async () => {
    const throttled = metered({ put: () => Promise.reject(new ThrottlingException(fault)) });
    expect(await throttled.billed((client) => client.put(put(10), throttled.bill))).toBe(0);
    const lost = metered({ put: () => Promise.reject(new InternalServerError(fault)) });
    expect(await lost.billed((client) => client.put(put(1025), lost.bill))).toBe(2);
  });

  it('each part of a transaction twice, and once where it is cancelled', async () => {
    const TransactItems = [
      { Put: put(1025) },
      {
        ConditionCheck: { TableName, Key: toImage({ pk: 'q', sk: 's' }), ConditionExpression: 'c' },
      },
    ];
    const { bill, billed } = metered({});
    expect(await billed((client) => client.transact({ TransactItems }, bill))).toBe(6);
    const cancelled = metered({
      transact: () => Promise.reject(new TransactionCanceledException(fault)),
    });
    const cost = cancelled.billed((client) => client.transact({ TransactItems }, cancelled.bill));
    expect(await cost).toBe(3);
  });

  it('a transaction whose answer was lost only once, by its token', async () => {
    let calls = 0;
    const { bill, billed } = metered({
      async transact() {
        calls += 1;
        if (calls === 1) throw new InternalServerError(fault);
      },
    });
    const input = { TransactItems: [{ Put: put(10) }], ClientRequestToken: 'token' };
    expect(await billed((client) => client.transact(input, bill))).toBe(2);
    expect(await billed((client) => client.transact(input, bill))).toBe(0);
    expect(await billed((client) => client.transact(input, bill))).toBe(2);
  });

  const updating = (UpdateExpression: string) => ({
    TableName,
    Key: toImage(key),
    UpdateExpression,
    ExpressionAttributeNames: { '#x270101': 'x270101', '#d': 'd', '#b': 'b', '#t': 't' },
    ExpressionAttributeValues: toImage({ ':add_x270101': 5n, ':add_d': 1n, ':set_t': 'gold' }),
  });

  it('an update by the last image seen, before it and after it', async () => {
    const Update = updating('ADD #x270101 :add_x270101, #d :add_d');
    const add = { TransactItems: [{ Update }] };
    for (const [bytes, units] of [
      [1012, 2],
      [1013, 4],
    ] as const) {
      const { bill, billed } = metered({ get: async () => ({ Item: sized(bytes) }) });
      expect(await billed((client) => client.transact(add, bill))).toBe(2);
      await billed((client) => client.get({ TableName, Key: toImage(key) }));
      expect(await billed((client) => client.transact(add, bill))).toBe(units);
    }
  });

  it('what an update adds, sets and removes, from the next call on', async () => {
    const { bill, billed } = metered({ get: async () => ({ Item: sized(1200) }) });
    await billed((client) => client.get({ TableName, Key: toImage(key) }));
    const Update = updating('ADD #d :add_d SET #t = :set_t REMOVE #b');
    const shrink = { TransactItems: [{ Update }] };
    expect(await billed((client) => client.transact(shrink, bill))).toBe(4);
    expect(await billed((client) => client.transact(shrink, bill))).toBe(2);
  });

  it('no update of a form that it does not know', async () => {
    const { bill } = metered({});
    for (const expression of ['ADD x270101 :add_x270101', 'SET #t = #d', 'DELETE #t :set_t']) {
      const TransactItems = [{ Update: updating(expression) }];
      const client = createMeteredClient(clientThat({}));
      await expect(client.transact({ TransactItems }, bill)).rejects.toThrow(InvariantError);
    }
  });

  it('what a batch did, and not what it left', async () => {
    const requests = [10, 1500].map((bytes, index) => {
      return { PutRequest: { Item: { ...sized(bytes), sk: { S: `${index}` } } } };
    });
    const { bill, billed } = metered({
      batchWrite: async () => ({ UnprocessedItems: { [TableName]: requests.slice(0, 1) } }),
    });
    const RequestItems = { [TableName]: requests };
    expect(await billed((client) => client.batchWrite({ RequestItems }, bill))).toBe(2);
  });
});
