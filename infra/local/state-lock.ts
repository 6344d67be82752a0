import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { LocalRuntimeError } from './failure.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { processMark } from './processes/process-mark.ts';

const holderSchema = z.object({
  pid: z.int(),
  /** ISO 8601. */
  startedAt: z.string(),
  command: z.string(),
  /** Processes that work on the state for the holder, and may outlive it by a moment. */
  children: z.array(z.object({ pid: z.int(), mark: z.string() })),
});

export type StateHolder = z.infer<typeof holderSchema>;

/** Another run works on the state directory. */
export class StateInUseError extends LocalRuntimeError {
  override readonly name = 'StateInUseError';
  /** Undefined in the moment between its start and its signing in. */
  readonly holder: StateHolder | undefined;

  constructor(directory: string, holder: StateHolder | undefined) {
    const who = holder
      ? `process ${holder.pid}, started ${holder.startedAt}: ${holder.command}`
      : 'another process';
    super('STATE_IN_USE', `The state in ${directory} is in use by ${who}.`);
    this.holder = holder;
  }
}

export interface StateLock {
  /** Names a process that has to be gone before the next run may begin. */
  addChild(pid: number): void;
  release(): void;
}

const childrenMayTakeMs = 10_000;

/** Locks that this process has, by folder, and how many of its parts share each. */
const held = new Map<string, { readonly lock: Promise<ProcessLock>; sharers: number }>();

interface ProcessLock extends Pick<StateLock, 'addChild'> {
  release(): void;
}

/**
 * Takes a state directory for this process, creating it where needed; parts of one process share
 * it, and the last to release it gives it back. The lock is one of the operating system's on a
 * file (through SQLite), so it ends with the process however that ends: none is ever stale, and no
 * reused process id can look like a holder.
 * Throws a StateInUseError where another process has it.
 */
export async function lockState(directory: string): Promise<StateLock> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const folder = realpathSync(directory);
  const shared = held.get(folder) ?? { lock: lockForProcess(folder), sharers: 0 };
  held.set(folder, shared);
  shared.sharers += 1;
  let released = false;
  const leave = (lock?: ProcessLock): void => {
    if (released) return;
    released = true;
    shared.sharers -= 1;
    if (shared.sharers > 0) return;
    held.delete(folder);
    lock?.release();
  };
  try {
    const lock = await shared.lock;
    return { addChild: lock.addChild, release: () => leave(lock) };
  } catch (error) {
    leave();
    throw error;
  }
}

async function lockForProcess(directory: string): Promise<ProcessLock> {
  const holderPath = join(directory, 'holder.json');
  const lock = takeLock(directory, holderPath);
  try {
    await untilGone(directory, readHolder(holderPath));
  } catch (error) {
    lock.close();
    throw error;
  }
  const holder: StateHolder = {
    pid: process.pid,
    startedAt: new Date(Date.now() - process.uptime() * 1000).toISOString(),
    command: process.argv.slice(1).join(' '),
    children: [],
  };
  writeJsonFile(holderPath, holder);
  return {
    addChild: (pid) => {
      const mark = processMark(pid);
      if (mark === undefined) return;
      holder.children.push({ pid, mark });
      writeJsonFile(holderPath, holder);
    },
    release: () => {
      rmSync(holderPath, { force: true });
      lock.close();
    },
  };
}

function takeLock(directory: string, holderPath: string): DatabaseSync {
  const lock = new DatabaseSync(join(directory, 'lock.db'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (!(error instanceof Error) || !/locked/.test(error.message)) throw error;
    throw new StateInUseError(directory, readHolder(holderPath));
  }
}

/** The database of a run that was killed closes a moment after it. */
async function untilGone(directory: string, last: StateHolder | undefined): Promise<void> {
  const lives = () => last?.children.some(({ pid, mark }) => processMark(pid) === mark) === true;
  const giveUpAt = Date.now() + childrenMayTakeMs;
  while (lives()) {
    if (Date.now() > giveUpAt) throw new StateInUseError(directory, last);
    await sleep(50);
  }
}

function readHolder(path: string): StateHolder | undefined {
  try {
    return holderSchema.safeParse(readJsonFile(path)).data;
  } catch {
    return undefined;
  }
}
