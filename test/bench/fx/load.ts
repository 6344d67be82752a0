// Loading a whole history of rates into a local stack that is up, against merely parsing the same
// text and writing as many items of the same size in full batches.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BatchWriteItemCommand,
  DynamoDBClient,
  QueryCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../../infra/cli/client-settings.ts';
import { loadRates } from '../../../infra/cli/fx/load.ts';
import { readProgramFile } from '../../../infra/cli/program-file.ts';
import { openSession, type Session } from '../../../infra/cli/run/session.ts';
import { readRateFile } from '../../../shared/adapters/rates/rate-file.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import type { RateStore } from '../../../shared/ports/rates.ts';
import { sharedData } from '../../support/shared-data.ts';
import { historyText } from './history.ts';

export interface LoadFigures {
  readonly days: number;
  readonly items: number;
  /** Medians of the rounds: loading; the same reader and plain batches; cells only and batches. */
  readonly loadMs: number;
  readonly plainMs: number;
  readonly bareMs: number;
  /** Medians of the rounds' own ratios of loading to the other two. */
  readonly ratio: number;
  readonly bareRatio: number;
}

const rounds = 7;
/** BatchWriteItem takes no more. */
const batchSize = 25;
const programPath = join(import.meta.dirname, '../../../shared/programs/online-retail.json');
const clock = { now: () => instantOf(Date.now()) };

/** Brings a local stack up, measures both in turn, and takes it down. */
export async function measureLoading(): Promise<LoadFigures> {
  const path = sharedData('eurofxref-hist.csv');
  const text = path === undefined ? historyText() : await readFile(path, 'utf8');
  const program = await readProgramFile(programPath);
  const session = await openSession({ program, asOf: clock.now(), log: () => undefined });
  try {
    return await measureIn(session, text);
  } finally {
    await session.close();
  }
}

async function measureIn({ stack, table }: Session, text: string): Promise<LoadFigures> {
  const client = new DynamoDBClient(clientSettings(stack.clientEnvironment, 'DYNAMODB'));
  const raw: RawTable = { client, tableName: stack.outputs.TableName ?? '' };
  const measured: Round[] = [];
  let [days, items] = [0, 0];
  for (let round = 0; round <= rounds; round += 1) {
    const loading = await timed(() => load(table.rates, text));
    days = loading.result;
    const sizes = await sizesOf(table.rates);
    items = sizes.length;
    const plain = await timed(() => parseAndWrite(raw, () => readRateFile(text), sizes));
    const bare = await timed(() => parseAndWrite(raw, () => cellsOf(text), sizes));
    await removeRates(raw);
    // The first round warms all of them up.
    if (round === 0) continue;
    const { elapsedMs: loadMs } = loading;
    measured.push({ loadMs, plainMs: plain.elapsedMs, bareMs: bare.elapsedMs });
  }
  client.destroy();
  const of = (figure: (round: Round) => number) => median(measured.map(figure));
  return {
    ...{ days, items, loadMs: of(({ loadMs }) => loadMs) },
    ...{ plainMs: of(({ plainMs }) => plainMs), bareMs: of(({ bareMs }) => bareMs) },
    ratio: of(({ loadMs, plainMs }) => loadMs / plainMs),
    bareRatio: of(({ loadMs, bareMs }) => loadMs / bareMs),
  };
}

type Round = Pick<LoadFigures, 'loadMs' | 'plainMs' | 'bareMs'>;

/** As `guerdon fx load` does it. Days that are kept. */
async function load(rates: RateStore, text: string): Promise<number> {
  const read = readRateFile(text);
  if (!read.ok) throw new Error(read.failure.message);
  const loading = await loadRates({ rates, clock, path: 'history' }, read.value);
  if (loading.kind === 'refused') throw new Error('The history was refused.');
  if (loading.report.kept !== read.value.days.length) throw new Error('Not all days are new.');
  return loading.report.kept;
}

async function sizesOf(rates: RateStore): Promise<number[]> {
  const sizes: number[] = [];
  for await (const { snapshots } of rates.months('ecb')) {
    const days = [...snapshots.values()];
    const codes = days.flatMap((day) => [...day.rates.values()]);
    sizes.push(codes.reduce((sum, rate) => sum + rate.length + 1, 0) + days.length * 3);
  }
  return sizes;
}

interface RawTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

function cellsOf(text: string): string[][] {
  return text.split('\n').map((line) => line.split(','));
}

/** No checks against what is kept, no conditions: only a reading, and items of those sizes. */
async function parseAndWrite(raw: RawTable, parse: () => unknown, sizes: readonly number[]) {
  if (parse() === undefined) throw new Error('Nothing was read.');
  const items = sizes.map((size, index) => ({
    PutRequest: {
      Item: { pk: { S: 'RAW' }, sk: { S: index.toString() }, r: { S: '7'.repeat(size) } },
    },
  }));
  await writeAll(raw, items);
}

async function writeAll({ client, tableName }: RawTable, requests: readonly WriteRequest[]) {
  for (let from = 0; from < requests.length; from += batchSize) {
    const batch = { [tableName]: requests.slice(from, from + batchSize) };
    const { UnprocessedItems } = await client.send(
      new BatchWriteItemCommand({ RequestItems: batch }),
    );
    if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error('A batch stayed undone.');
  }
}

/** So that the next round finds the table without rates again. */
async function removeRates(raw: RawTable): Promise<void> {
  for (const pk of ['FX#ecb', 'RAW']) {
    for (;;) {
      const page = await raw.client.send(
        new QueryCommand({
          TableName: raw.tableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: pk } },
          ProjectionExpression: 'pk, sk',
        }),
      );
      const keys = (page.Items ?? []).map((Key) => ({ DeleteRequest: { Key } }));
      if (keys.length === 0) break;
      await writeAll(raw, keys);
    }
  }
}

async function timed<Result>(work: () => Promise<Result>) {
  const startMs = performance.now();
  const result = await work();
  return { result, elapsedMs: performance.now() - startMs };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
