import { parentPort, workerData } from 'node:worker_threads';
import type { EnvironmentReply, EnvironmentSettings, Invocation } from './messages.ts';

/**
 * Runs in a worker thread of its own: one function environment, which loads the bundle once and
 * then handles one invocation at a time, as Lambda does.
 */

type Handler = (event: unknown, context: object) => unknown;

const settings = workerData as EnvironmentSettings;

let printed = '';

/** What was printed goes ahead of a result, so that no result overtakes it. */
function reply(message: EnvironmentReply): void {
  flush();
  parentPort?.postMessage(message);
}

function flush(): void {
  if (printed === '') return;
  parentPort?.postMessage({ kind: 'printed', text: printed } satisfies EnvironmentReply);
  printed = '';
}

/** Gathers what is printed in one turn of the event loop: a message a line would cost more. */
function capture(stream: NodeJS.WriteStream): void {
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    if (printed === '') setImmediate(flush);
    printed += typeof chunk === 'string' ? chunk : String(chunk);
    const done = rest.find((argument) => typeof argument === 'function');
    done?.();
    return true;
  };
}

function contextOf({ requestId, deadlineMs }: Invocation): object {
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: false,
    functionName: settings.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: settings.arn,
    logGroupName: `/aws/lambda/${settings.name}`,
    logStreamName: 'local',
    memoryLimitInMB: String(settings.memoryMb),
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

function failed(error: unknown): EnvironmentReply {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'failed', errorType: name, errorMessage: message };
}

async function handle(handler: Handler, invocation: Invocation): Promise<EnvironmentReply> {
  process.env.CLOCK_OFFSET_MS = String(invocation.clockOffsetMs);
  try {
    const result = await handler(JSON.parse(invocation.event), contextOf(invocation));
    return { kind: 'result', result: JSON.stringify(result) };
  } catch (error) {
    return failed(error);
  }
}

capture(process.stdout);
capture(process.stderr);
const loaded = await import(settings.module);
const handler: unknown = loaded[settings.exportName];
if (typeof handler !== 'function') throw new Error(`${settings.name} has no handler.`);
parentPort?.on('message', async (invocation: Invocation) => {
  reply(await handle(handler as Handler, invocation));
});
reply({ kind: 'ready' });
