import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { expect, it, onTestFinished } from 'vitest';
import { startTableOnly } from '../../infra/local/table-only.ts';
import { fixtureResources, writeAssembly } from './fixture-assembly.ts';
import { temporaryFolder } from './temporary-folder.ts';

type Line = Record<string, unknown> | 'drained';

const script = fileURLToPath(new URL('../fixtures/local/run-stack.ts', import.meta.url));
const item = { k: { S: 'ENTRY' } };

interface Run {
  readonly child: ChildProcess;
  readonly lines: Line[];
  /** The first line, with the addresses. */
  readonly started: { outputs: Record<string, string>; clientEnvironment: Record<string, string> };
  until(found: (line: Line) => boolean): Promise<void>;
}

/** A process of its own that runs the stack on `state`. */
async function run(assembly: string, state: string): Promise<Run> {
  const child = spawn(process.execPath, [script, assembly, state], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: Line[] = [];
  let wake = (): void => undefined;
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (text) => {
    lines.push(JSON.parse(text));
    wake();
  });
  const until = async (found: (line: Line) => boolean): Promise<void> => {
    while (!lines.some(found)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  await until((line) => line !== 'drained' && 'urls' in line);
  return { child, lines, started: lines[0] as unknown as Run['started'], until };
}

async function put({ started }: Run, details: object[]): Promise<void> {
  const { clientEnvironment, outputs } = started;
  const bus = new EventBridgeClient({
    region: 'eu-west-1',
    endpoint: clientEnvironment.AWS_ENDPOINT_URL_EVENTBRIDGE ?? '',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const Entries = details.map((detail) => ({
    EventBusName: outputs.BusName,
    ...{ Source: 'test', DetailType: 'work', Detail: JSON.stringify(detail) },
  }));
  await bus.send(new PutEventsCommand({ Entries }));
}

/** Processes that have `text` among their arguments. */
function processesWith(text: string): string[] {
  const all = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return all.filter((line) => line.includes(text) && !line.includes('ps -eo'));
}

/** The second run gets everything in one batch, and a busy machine may take its time. */
const patient = {
  Worker: {
    ...fixtureResources.Worker,
    Properties: { ...(fixtureResources.Worker?.Properties as object), Timeout: 20 },
  },
};

const read = (line: Line, id: string) => line !== 'drained' && line.read === id;

it('a killed stack leaves no process, loses nothing, and goes on where it was', async () => {
  const folder = temporaryFolder();
  const state = join(folder, 'state');
  const assembly = writeAssembly(join(folder, 'assembly'), patient);
  const first = await run(assembly, state);
  expect(processesWith(join(state, 'dynamodb'))).not.toEqual([]);
  await put(first, [{ id: 'a', action: 'write', item }]);
  await first.until((line) => read(line, 'a'));
  // The kill finds one message in the middle of its work and two that nobody has received.
  await put(first, [{ id: 'b', action: 'write', item, delayMs: 1500 }]);
  await first.until((line) => line !== 'drained' && line.worked === 'b');
  await put(first, [
    { id: 'c', action: 'write', item },
    { id: 'd', action: 'write', item },
  ]);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const second = await run(assembly, state);
  await second.until((line) => line === 'drained');
  const printed = [...first.lines, ...second.lines];
  const lost = ['b', 'c', 'd'].filter((id) => !printed.some((line) => read(line, id)));
  expect(lost, JSON.stringify(printed)).toEqual([]);
  await put(second, [{ id: 'e', action: 'write', item }]);
  await second.until((line) => read(line, 'e'));
  second.child.kill('SIGINT');
  await once(second.child, 'exit');
  await expect.poll(() => processesWith(state), { timeout: 30_000, interval: 200 }).toEqual([]);

  const table = await startTableOnly({ stateDirectory: state });
  expect(table.tableName).toBe('fixture-Table');
  await table.stop();
  expect(processesWith(state)).toEqual([]);
}, 120_000);

it('two stacks live side by side, and one that is stopped has handed everything on', async () => {
  const folder = temporaryFolder();
  const state = join(folder, 'state');
  const assembly = writeAssembly(join(folder, 'assembly'));
  const [first, other] = await Promise.all([
    run(assembly, state),
    run(assembly, join(folder, 'other')),
  ]);
  await other.until((line) => line === 'drained');
  await put(first, [{ id: 'a', action: 'write', item }]);
  await first.until((line) => read(line, 'a'));
  first.child.kill('SIGTERM');
  expect(await once(first.child, 'exit')).toEqual([0, null]);
  expect(processesWith(state)).toEqual([]);

  expect(other.lines).toHaveLength(2);
  const second = await run(assembly, state);
  await second.until((line) => line === 'drained');
  expect(second.lines.filter((line) => line !== 'drained' && 'read' in line)).toEqual([]);
}, 120_000);
