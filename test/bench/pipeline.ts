// Events a second through the whole local pipeline, drained with its stream readers, against raw
// two-item transactions on the same warm DynamoDB Local. The ratio is what counts: machines differ.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { readProgramFile } from '../../infra/cli/program-file.ts';
import { createProgress } from '../../infra/cli/run/progress.ts';
import { runPipeline } from '../../infra/cli/run/run-pipeline.ts';
import { openSession, type Session } from '../../infra/cli/run/session.ts';
import { instantOf } from '../../shared/domain/time.ts';

const goal = 0.5;
const rounds = 3;
const eventsPerRound = 3000;
const members = 1000;
const warmUpEvents = 2000;
/**
 * As many as the pipeline has under way: four environments of accrue, sixteen members each at once.
 */
const concurrency = 64;

const programPath = join(import.meta.dirname, '../../shared/programs/online-retail.json');

function eventLines(round: string, count: number): string {
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      id: `${round}-${index}`,
      source: 'bench',
      type: 'order.placed',
      member: `m-${index % members}`,
      occurredAt: '2026-03-01T10:00:00Z',
      amountMinor: 1000 + index,
      currency: 'GBP',
    }),
  );
  return `${lines.join('\n')}\n`;
}

async function pipelineRate(session: Session, folder: string, round: string, count: number) {
  const eventsPath = join(folder, `${round}.jsonl`);
  await writeFile(eventsPath, eventLines(round, count));
  const program = await readProgramFile(programPath);
  const asOf = instantOf(Date.UTC(2026, 2, 2));
  const progress = createProgress(count);
  const summary = await runPipeline(session, { program, asOf, eventsPath, progress });
  if (summary.events.accrued !== count)
    throw new Error(`${summary.events.accrued} of ${count} accrued.`);
  return summary.eventsPerSecond;
}

async function rawRate({ stack }: Session, round: string, count: number): Promise<number> {
  const client = new DynamoDBClient({
    endpoint: stack.urls.dynamodb,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const TableName = stack.outputs.TableName;
  let next = 0;
  const work = async () => {
    for (let index = next++; index < count; index = next++) {
      const entry = {
        pk: { S: `RAW#${round}#${index}` },
        sk: { S: '0' },
        body: { S: 'x'.repeat(300) },
      };
      const balance = { pk: { S: `RAW#M#${index % members}` }, sk: { S: 'BAL' } };
      await client.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName, Item: entry, ConditionExpression: 'attribute_not_exists(pk)' } },
            {
              Update: {
                TableName,
                Key: balance,
                UpdateExpression: 'ADD points :points',
                ExpressionAttributeValues: { ':points': { N: '1' } },
              },
            },
          ],
        }),
      );
    }
  };
  const startMs = performance.now();
  await Promise.all(Array.from({ length: concurrency }, work));
  const rate = count / ((performance.now() - startMs) / 1000);
  client.destroy();
  return rate;
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

const folder = await mkdtemp(join(tmpdir(), 'guerdon-bench-'));
const program = await readProgramFile(programPath);
const asOf = instantOf(Date.UTC(2026, 2, 2));
const session = await openSession({ program, asOf, log: () => undefined });
try {
  await pipelineRate(session, folder, 'warm', warmUpEvents);
  await rawRate(session, 'warm', warmUpEvents);
  const ratios: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const raw = await rawRate(session, `raw-${round}`, eventsPerRound);
    const pipeline = await pipelineRate(session, folder, `round-${round}`, eventsPerRound);
    ratios.push(pipeline / raw);
    process.stdout.write(
      `round ${round}: pipeline ${pipeline.toFixed(0)}/s, raw ${raw.toFixed(0)}/s, ` +
        `ratio ${(pipeline / raw).toFixed(2)}\n`,
    );
  }
  const ratio = median(ratios);
  process.stdout.write(`ratio ${ratio.toFixed(2)} (goal: at least ${goal})\n`);
  process.exitCode = ratio >= goal ? 0 : 1;
} finally {
  await session.close();
  await rm(folder, { recursive: true, force: true });
}
