import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { MeteredOperation, Metrics, Randomness, Sleeper } from '../../ports/runtime.ts';
import { createMeteredClient } from './meter.ts';
import { type Bill, createTableClient, type TableClient } from './table-client.ts';

/** What every store needs. */
export interface Table {
  readonly client: TableClient;
  readonly tableName: string;
  readonly metrics: Metrics;
  readonly randomness: Randomness;
  readonly sleeper: Sleeper;
}

/** The table behind an SDK client, with its writes metered. */
export function openTable(settings: {
  readonly dynamodb: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  readonly metrics: Metrics;
  readonly randomness: Randomness;
  readonly sleeper: Sleeper;
}): Table {
  const { dynamodb, ...rest } = settings;
  return { ...rest, client: createMeteredClient(createTableClient(dynamodb)) };
}

/** What a store call has cost so far, and what it turned out to be. */
export interface OpenBill extends Bill {
  readonly units: number;
  operation: MeteredOperation;
  /** Operations that share the units; a call that changed nothing counts none. */
  count: number;
}

/**
 * Runs a store call and reports what it wrote, retries and refused attempts included. `work` may
 * change the operation and count once it knows the outcome; a call that throws counts no
 * operation.
 */
export async function metered<Outcome>(
  table: Table,
  call: {
    readonly operation: MeteredOperation;
    readonly count: number;
    readonly subject?: string;
  },
  work: (bill: OpenBill) => Promise<Outcome>,
): Promise<Outcome> {
  let units = 0;
  const bill: OpenBill = {
    operation: call.operation,
    count: call.count,
    get units() {
      return units;
    },
    add(more) {
      units += more;
    },
  };
  const report = (count: number): void => {
    if (units === 0 && count === 0) return;
    const subject = call.subject === undefined ? {} : { subject: call.subject };
    table.metrics.writeUnits({ operation: bill.operation, units, count, ...subject });
  };
  try {
    const outcome = await work(bill);
    report(bill.count);
    return outcome;
  } catch (error) {
    report(0);
    throw error;
  }
}
