import { join } from 'node:path';
import { Activity } from './activity.ts';
import { clientEnvironment } from './client-environment.ts';
import { holdState, startDatabase } from './database.ts';
import { type DeadLetters, deadLetterReader } from './dead-letters.ts';
import { drain, nextDelayMs, nextWorkDelayMs, rest } from './drain.ts';
import { Checkpoints } from './event-sources/checkpoints.ts';
import { EventSources } from './event-sources/event-sources.ts';
import { type FunctionLogListener, FunctionLogs } from './functions/function-logs.ts';
import { FunctionSet } from './functions/function-set.ts';
import { variablesOf } from './functions/variables.ts';
import { startServices } from './services.ts';
import type { BusEvent, BusListener } from './stand-ins/event-bus.ts';
import { createTables } from './tables.ts';
import { Teardown } from './teardown.ts';

export type { BusEvent };

export interface LocalStackOptions {
  /** Folder of the cloud assembly of the local stage, as `synthesizeLocal` gives it. */
  readonly assemblyDirectory: string;
  /** Where everything is kept for the next run; in memory where it is left out. */
  readonly stateDirectory?: string;
  /** Added to the machine's clock in every function. */
  readonly clockOffsetMs: number;
  /** Values of secrets, by name or by the start of the logical id. */
  readonly secrets: Readonly<Record<string, unknown>>;
  /** Overrides variables of every function. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Gets diagnostics, one line each. */
  readonly log: (line: string) => void;
}

export interface LocalStack {
  /** Origins without a slash at the end. */
  readonly urls: { readonly api: string; readonly mail: string; readonly dynamodb: string };
  /** Environment in which SDK clients of any process find the stack. */
  readonly clientEnvironment: Readonly<Record<string, string>>;
  /** Of the template, resolved. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Tells of every event that the bus accepts; returns how to stop listening. */
  onBusEvent(listener: BusListener): () => void;
  /** Tells of every JSON object that a function prints. */
  onFunctionLog(listener: FunctionLogListener): () => void;
  /** Resolves when nothing is due or under way; see drain.ts. */
  drain(): Promise<void>;
  /** Resolves when nothing is ready or under way; what is delayed stays. */
  rest(): Promise<void>;
  /** Until the next delayed message comes; `undefined` where none is delayed. */
  nextDelayMs(): number | undefined;
  /** The same of work alone: appointments, such as checks, are left out. */
  nextWorkDelayMs(): number | undefined;
  /** Delayed messages come so much sooner, as where the clock is moved and they are to see it. */
  skipDelays(durationMs: number): void;
  /** Fires every schedule once, now, and waits for the invocations. */
  runSchedules(names?: RegExp): Promise<void>;
  /** Calls the one function whose name fits, by hand; throws where it fails. JSON both ways. */
  invoke(name: RegExp, event: unknown): Promise<unknown>;
  /** Moves the clock of the functions; what is under way still sees the one before. */
  moveClock(offsetMs: number): void;
  /** Messages in all queues where failures end. */
  deadLetterCount(): Promise<number>;
  /** Those queues that hold any, with who failed. */
  deadLetters(): readonly DeadLetters[];
  /** Ends everything that was started. */
  stop(): Promise<void>;
}

/**
 * Runs a synthesized stack on this machine. Throws a LocalRuntimeError, with nothing left running,
 * where Java is missing, the state is in use, or the template asks for something unknown.
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const teardown = new Teardown();
  try {
    return await start(options, teardown);
  } catch (error) {
    await teardown.run().catch(() => undefined);
    throw error;
  }
}

async function start(options: LocalStackOptions, teardown: Teardown): Promise<LocalStack> {
  const { stateDirectory, log, environment = {} } = options;
  let { clockOffsetMs } = options;
  const activity = new Activity();
  const debug = process.env.GUERDON_DEBUG === '1';
  const logs = new FunctionLogs(debug ? log : undefined);
  let functions: FunctionSet | undefined;
  const lock = await holdState(stateDirectory, teardown);
  const [database, services] = await bothStarted(
    startDatabase({ stateDirectory, teardown, log }, lock),
    startServices({
      ...{ options, activity, teardown },
      functionOf: (functionId) => running(functions).get(functionId),
    }),
  );
  const { plan, queues } = services;
  const deadLetters = deadLetterReader({ plan, queues, logs });
  await createTables(database.endpoint, plan.tables);
  const overrides = { ...services.overrides, ...environment };
  const clients = clientEnvironment({
    region: plan.place.region,
    dynamodb: database.endpoint,
    ...services.endpoints,
  });
  functions = new FunctionSet({
    plans: plan.functions,
    variablesOf: (it) => variablesOf(it, { clientEnvironment: clients, clockOffsetMs, overrides }),
    activity,
    logs,
    clockOffsetMs: () => clockOffsetMs,
  });
  const checkpoints = new Checkpoints(stateDirectory && join(stateDirectory, 'streams.json'));
  teardown.add(() => checkpoints.close());
  teardown.add(() => running(functions).stop());
  const sources = new EventSources({
    ...{ plan, functions, queues, checkpoints, activity, log },
    dynamodbEndpoint: database.endpoint,
  });
  teardown.add(() => sources.stop());
  await sources.start();
  // What comes in great numbers, and its readers; everything else is loaded when it is called.
  const gathering = plan.queueMappings.filter(({ windowMs }) => windowMs > 0);
  const first = [...gathering, ...plan.streamMappings].map(({ functionId }) => functionId);
  void functions.prewarm(first, () => teardown.started);
  return {
    urls: { ...services.urls, dynamodb: database.endpoint },
    clientEnvironment: clients,
    outputs: plan.outputs,
    onBusEvent: (listener) => services.bus.listen(listener),
    onFunctionLog: (listener) => logs.listen(listener),
    drain: () => drain({ ...sources, activity }),
    rest: () => rest({ ...sources, activity }),
    nextDelayMs: () => nextDelayMs(sources.consumedQueues),
    nextWorkDelayMs: () => nextWorkDelayMs({ ...sources, activity }),
    skipDelays: (durationMs) => {
      for (const queue of sources.consumedQueues) queue.skipDelays(durationMs);
    },
    runSchedules: (names) => sources.runSchedules(names),
    invoke: (name, event) => running(functions).invoke(name, event),
    moveClock: (offsetMs) => {
      clockOffsetMs = offsetMs;
    },
    deadLetterCount: async () => deadLetters().reduce((sum, { count }) => sum + count, 0),
    deadLetters,
    stop: () => teardown.run(),
  };
}

/** Waits for both also where one fails, so that whatever has started is there to be stopped. */
async function bothStarted<First, Second>(
  first: Promise<First>,
  second: Promise<Second>,
): Promise<[First, Second]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}

function running(functions: FunctionSet | undefined): FunctionSet {
  if (functions === undefined) throw new Error('The stack is still starting.');
  return functions;
}
