import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Program } from '../../../shared/domain/program/schema.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import {
  type FakeTremendous,
  type FaultRates,
  startFakeTremendous,
} from '../../../test/providers/fake/tremendous.ts';
import { type LocalStack, startLocalStack } from '../../local/stack.ts';
import { synthesizeLocal } from '../../local/synthesize.ts';
import { remember } from '../state.ts';
import { openStateTable, type StateTable } from '../state-table.ts';

export interface SessionOptions {
  readonly program: Program;
  readonly asOf: Instant;
  /** Kept when given; otherwise the state lives in memory and a temporary folder. */
  readonly stateDirectory?: string;
  readonly faults?: FaultRates;
  readonly seed?: number;
  readonly log: (line: string) => void;
}

/** A running local stack with the stand-in of the provider and the program published. */
export interface Session {
  readonly stack: LocalStack;
  readonly provider: FakeTremendous;
  readonly table: StateTable;
  /** Resolves when neither the pipeline nor the provider has anything under way. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** Short here, so that a slow provider is found out soon; regions name their own. */
const providerTimeoutMs = 2000;

export async function openSession(options: SessionOptions): Promise<Session> {
  const { program, asOf, stateDirectory, log } = options;
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const apiKey = `TEST_${randomBytes(16).toString('hex')}`;
    const webhookKey = randomBytes(16).toString('hex');
    const folder = stateDirectory ?? (await mkdtemp(join(tmpdir(), 'guerdon-')));
    if (stateDirectory === undefined) {
      closers.push(() => rm(folder, { recursive: true, force: true }));
    }
    await mkdir(folder, { recursive: true });
    const assembling = synthesizeLocal();
    const provider = await startFakeTremendous({
      ...{ seed: options.seed ?? 1, apiKey, webhookKey },
      stateFile: join(folder, 'provider-orders.jsonl'),
      ...(options.faults && { faults: options.faults }),
    });
    closers.push(() => provider.close());
    const stack = await startLocalStack({
      assemblyDirectory: await assembling,
      ...(stateDirectory !== undefined && { stateDirectory }),
      clockOffsetMs: Math.round(asOf - Date.now()),
      secrets: { 'guerdon/local/tremendous': { baseUrl: provider.baseUrl, apiKey, webhookKey } },
      environment: { PROVIDER_TIMEOUT_MS: String(providerTimeoutMs) },
      log,
    });
    closers.push(() => stack.stop());
    provider.setWebhookUrl(new URL('/webhooks/tremendous', stack.urls.api).href);
    const table = openStateTable(stack.clientEnvironment, stack.outputs.TableName ?? '');
    closers.push(async () => table.close());
    await table.programs.publish(program);
    if (stateDirectory !== undefined) remember(stateDirectory, { program: program.program, asOf });
    return { stack, provider, table, drain: () => drainAll(stack, provider), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const lookEveryMs = 20;

async function drainAll(stack: LocalStack, provider: FakeTremendous): Promise<void> {
  await stack.drain();
  while (!provider.isIdle()) {
    await wait(lookEveryMs);
    await stack.drain();
  }
}
