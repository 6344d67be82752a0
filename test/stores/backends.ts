import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createCodeStore } from '../../shared/adapters/dynamodb/code-store.ts';
import { createLedgerScan } from '../../shared/adapters/dynamodb/ledger-scan.ts';
import { createLedgerStore } from '../../shared/adapters/dynamodb/ledger-store.ts';
import { createMeteredClient } from '../../shared/adapters/dynamodb/meter.ts';
import { createPayoutStore } from '../../shared/adapters/dynamodb/payout-store.ts';
import { createProgramStore } from '../../shared/adapters/dynamodb/program-store.ts';
import { createProjectionStore } from '../../shared/adapters/dynamodb/projection-store.ts';
import { createRateStore } from '../../shared/adapters/dynamodb/rate-store.ts';
import { createRedemptionStore } from '../../shared/adapters/dynamodb/redemption-store.ts';
import type { Table } from '../../shared/adapters/dynamodb/table.ts';
import {
  createTableClient,
  type TableClient,
} from '../../shared/adapters/dynamodb/table-client.ts';
import { createMemoryCodeStore } from '../../shared/adapters/memory/code-store.ts';
import { createMemoryLedgerScan } from '../../shared/adapters/memory/ledger-scan.ts';
import { createMemoryLedgerStore } from '../../shared/adapters/memory/ledger-store.ts';
import { MemoryTable } from '../../shared/adapters/memory/memory-table.ts';
import { createMemoryPayoutStore } from '../../shared/adapters/memory/payout-store.ts';
import { createMemoryProgramStore } from '../../shared/adapters/memory/program-store.ts';
import { createMemoryProjectionStore } from '../../shared/adapters/memory/projection-store.ts';
import { createMemoryRateStore } from '../../shared/adapters/memory/rate-store.ts';
import { createMemoryRedemptionStore } from '../../shared/adapters/memory/redemption-store.ts';
import { systemSleeper } from '../../shared/adapters/system.ts';
import type { LedgerStore } from '../../shared/ports/ledger.ts';
import type { PayoutStore } from '../../shared/ports/payouts.ts';
import type { RateStore } from '../../shared/ports/rates.ts';
import type { Metrics } from '../../shared/ports/runtime.ts';
import type {
  CodeStore,
  LedgerScan,
  ProgramStore,
  ProjectionStore,
  RedemptionStore,
} from '../../shared/ports/stores.ts';
import { createFaultyClient } from '../faults/faulty-client.ts';
import { losingAnswers } from '../faults/lost-answers.ts';
import { seededRandomness } from '../faults/seeded-randomness.ts';
import { createTable } from '../support/dynamodb-local.ts';

export interface Stores {
  readonly ledger: LedgerStore;
  readonly redemptions: RedemptionStore;
  readonly payouts: PayoutStore;
  readonly codes: CodeStore;
  readonly programs: ProgramStore;
  readonly rates: RateStore;
  readonly projections: ProjectionStore;
  readonly scan: LedgerScan;
}

export interface Backend {
  readonly name: string;
  /** Histories that a property runs here: the slower the backend, the fewer. */
  readonly propertyRuns: number;
  /** Stores over an empty table. */
  open(): Promise<Stores>;
}

export type MeteredCall = Parameters<Metrics['writeUnits']>[0];

export function dynamoStores(table: Table): Stores {
  return {
    ledger: createLedgerStore(table),
    redemptions: createRedemptionStore(table),
    payouts: createPayoutStore(table),
    codes: createCodeStore(table),
    programs: createProgramStore(table),
    rates: createRateStore(table),
    projections: createProjectionStore(table),
    scan: createLedgerScan(table),
  };
}

export function memoryStores(table = new MemoryTable()): Stores {
  return {
    ledger: createMemoryLedgerStore(table),
    redemptions: createMemoryRedemptionStore(table),
    payouts: createMemoryPayoutStore(table),
    codes: createMemoryCodeStore(table),
    programs: createMemoryProgramStore(table),
    rates: createMemoryRateStore(table),
    projections: createMemoryProjectionStore(table),
    scan: createMemoryLedgerScan(table),
  };
}

/** A new table behind DynamoDB Local; `wrap` stands between the meter and the SDK. */
export async function openDynamoTable(
  dynamodb: DynamoDBClient,
  settings: {
    readonly seed: number;
    readonly wrap?: (client: TableClient) => TableClient;
    readonly meter?: MeteredCall[];
  },
): Promise<Table> {
  const { seed, wrap = (client) => client, meter } = settings;
  return {
    client: createMeteredClient(wrap(createTableClient(dynamodb))),
    tableName: await createTable(dynamodb),
    metrics: { writeUnits: (call) => meter?.push(call) },
    randomness: seededRandomness(seed),
    sleeper: systemSleeper,
  };
}

/** Another one on every run; `STORE_SEED` repeats a run. */
const freshSeed = Number(process.env.STORE_SEED ?? Math.floor(Math.random() * 2 ** 31));
const faultSeeds = [1, 20_260_101, freshSeed];

export function backends(dynamodb: () => DynamoDBClient): Backend[] {
  return [
    { name: 'memory', propertyRuns: 60, open: async () => memoryStores() },
    {
      name: 'DynamoDB Local',
      propertyRuns: 4,
      open: async () => dynamoStores(await openDynamoTable(dynamodb(), { seed: freshSeed })),
    },
    ...faultSeeds.map((seed) => ({
      name: `DynamoDB Local with faults, seed ${seed}`,
      propertyRuns: 3,
      open: async () => {
        const wrap = (client: TableClient) => createFaultyClient(client, seed);
        return dynamoStores(await openDynamoTable(dynamodb(), { seed, wrap }));
      },
    })),
  ];
}

/** Stores whose callers must send again themselves: only suites that do so run on them. */
export function lossyBackends(dynamodb: () => DynamoDBClient): Backend[] {
  return backends(dynamodb)
    .filter(({ name }) => !name.includes('faults'))
    .map(({ name, open, propertyRuns }) => ({
      name: `${name}, answers lost, seed ${freshSeed}`,
      propertyRuns,
      async open() {
        const randomness = seededRandomness(freshSeed);
        const { ledger, redemptions, ...rest } = await open();
        return {
          ...rest,
          ledger: losingAnswers(ledger, randomness),
          redemptions: losingAnswers(redemptions, randomness),
        };
      },
    }));
}
