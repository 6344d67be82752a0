import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { bankFileName } from '../../../shared/domain/payout/transfer-credit.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import { addMs, type Instant } from '../../../shared/domain/time.ts';
import type { FaultRates } from '../../../test/providers/fake/tremendous.ts';
import { type LocalStack, startLocalStack } from '../../local/stack.ts';
import { synthesizeLocal } from '../../local/synthesize.ts';
import { Teardown } from '../../local/teardown.ts';
import { publishForRun } from '../program/publish.ts';
import { holdStateDirectory, readRemembered, requireProgram } from '../state.ts';
import { openStateTable, type StateTable } from '../state-table.ts';
import { bankSecret } from './bank-accounts.ts';
import { SessionClock } from './session-clock.ts';
import { type StandIn, startStandIns } from './stand-ins.ts';

export interface SessionOptions {
  readonly program: Program;
  readonly asOf: Instant;
  /** Where the clock begins, when history is played; otherwise at `asOf`. */
  readonly startAt?: Instant;
  /** Kept when given; otherwise the state lives in memory and a temporary folder. */
  readonly stateDirectory?: string;
  readonly faults?: FaultRates;
  readonly seed?: number;
  /** Of the vendors' real rate limits; without it the stand-ins have practically none. */
  readonly rateLimitFactor?: number;
  /** How long the stand-ins think about an order that is pending. */
  readonly pendingMs?: number | 'never';
  readonly log: (line: string) => void;
}

/** A running local stack with stand-ins of the providers and the program published. */
export interface Session {
  readonly stack: LocalStack;
  readonly standIns: readonly StandIn[];
  readonly table: StateTable;
  /** Resolves when neither the pipeline nor a provider has anything under way. */
  drain(): Promise<void>;
  /** Resolves when nothing goes on before time has passed. */
  rest(): Promise<void>;
  /** Of the functions' clock. */
  now(): Instant;
  /** Forward only. */
  moveClock(to: Instant): void;
  /** Lets so much time pass at once: on the clock, and for messages that are delayed. */
  passTime(durationMs: number): void;
  close(): Promise<void>;
}

/** Short here, so that a slow provider is found out soon; regions name their own. */
const providerTimeoutMs = 2000;

/**
 * Throws a UsageError or LocalRuntimeError, with nothing left running, where the state is another
 * program's, in use, or the stack cannot start.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const teardown = new Teardown();
  try {
    return await open(options, teardown);
  } catch (error) {
    await teardown.run().catch(() => undefined);
    throw error;
  }
}

async function open(options: SessionOptions, teardown: Teardown): Promise<Session> {
  const { program, asOf, stateDirectory, log } = options;
  const { folder, clock } = await openFolder(options, teardown);
  const bank = await bankSecret(stateDirectory);
  const assembling = synthesizeLocal();
  const standIns = await startStandIns({
    ...{ folder, seed: options.seed ?? 1 },
    nowMs: () => Date.now() + clock.offsetMs,
    ...(options.faults && { faults: options.faults }),
    ...(options.rateLimitFactor && { rateLimitFactor: options.rateLimitFactor }),
    ...(options.pendingMs !== undefined && { pendingMs: options.pendingMs }),
  });
  for (const standIn of standIns) teardown.add(() => standIn.close());
  const stack = await startLocalStack({
    assemblyDirectory: await assembling,
    ...(stateDirectory !== undefined && { stateDirectory }),
    clockOffsetMs: clock.offsetMs,
    secrets: Object.fromEntries(
      [...standIns, { name: bankFileName, secret: bank }].map(({ name, secret }) => {
        return [`guerdon/local/${name}`, secret];
      }),
    ),
    environment: { PROVIDER_TIMEOUT_MS: String(providerTimeoutMs) },
    log,
  });
  teardown.add(() => stack.stop());
  for (const { name, setWebhookUrl } of standIns) {
    setWebhookUrl(new URL(`/webhooks/${name}`, stack.urls.api).href);
  }
  const table = openStateTable(stack.clientEnvironment, stack.outputs.TableName ?? '');
  teardown.add(() => table.close());
  await publishForRun(table.programs, program, stateDirectory);
  if (stateDirectory !== undefined) {
    teardown.add(clock.keepIn(stateDirectory, { program: program.program, asOf }));
  }
  const rest = () => untilIdle(standIns, () => stack.rest());
  const moveClock = (to: Instant) => {
    clock.moveTo(to);
    stack.moveClock(clock.offsetMs);
  };
  const passTime = (durationMs: number) => {
    moveClock(addMs(clock.latest(), durationMs));
    stack.skipDelays(durationMs);
  };
  const drain = () => untilDone({ stack, rest, passTime });
  const close = () => teardown.run();
  const now = () => clock.latest();
  return { stack, standIns, table, drain, rest, now, moveClock, passTime, close };
}

/** The session's files, held before anything in them is opened, and the clock that goes with it. */
async function openFolder(
  { program, asOf, startAt = asOf, stateDirectory }: SessionOptions,
  teardown: Teardown,
): Promise<{ readonly folder: string; readonly clock: SessionClock }> {
  if (stateDirectory === undefined) {
    const folder = await mkdtemp(join(tmpdir(), 'guerdon-'));
    teardown.add(() => rm(folder, { recursive: true, force: true }));
    return { folder, clock: new SessionClock(startAt) };
  }
  const lock = await holdStateDirectory(stateDirectory);
  teardown.add(() => lock.release());
  const remembered = readRemembered(stateDirectory);
  requireProgram(stateDirectory, remembered, program.program);
  return { folder: stateDirectory, clock: new SessionClock(startAt, remembered?.clock) };
}

/** What takes longer is left pending: an account that stays without funds, say. */
const longestWaitMs = 24 * 3_600_000;

/**
 * Resolves when neither the pipeline nor a provider has anything under way. What waits for its
 * time, after a fault or a limit, gets it at once: the clock moves on with it.
 */
async function untilDone({
  stack,
  rest,
  passTime,
}: Pick<Session, 'stack' | 'rest' | 'passTime'>): Promise<void> {
  let passedMs = 0;
  for (;;) {
    await rest();
    const delayMs = stack.nextWorkDelayMs();
    if (delayMs === undefined || passedMs > longestWaitMs) return;
    // What is due within a second comes together.
    const stepMs = Math.max(delayMs, 1000);
    passTime(stepMs);
    passedMs += stepMs;
  }
}

const lookEveryMs = 20;

async function untilIdle(standIns: readonly StandIn[], quiet: () => Promise<void>): Promise<void> {
  await quiet();
  while (standIns.some((standIn) => !standIn.isIdle())) {
    await wait(lookEveryMs);
    await quiet();
  }
}
