import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { processMark } from '../../infra/local/processes/process-mark.ts';
import { readStateFile, writeStateFile } from '../../infra/local/state-file.ts';
import { lockState, StateInUseError } from '../../infra/local/state-lock.ts';
import { temporaryFolder } from './temporary-folder.ts';

const holderScript = fileURLToPath(new URL('../fixtures/local/hold-state.ts', import.meta.url));

/** Another process that takes the state and keeps it until it is killed. */
async function holderOf(folder: string) {
  const child = spawn(process.execPath, [holderScript, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

async function refusal(folder: string): Promise<StateInUseError> {
  const error: unknown = await lockState(folder).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StateInUseError);
  return error as StateInUseError;
}

describe('the lock of a state', () => {
  it('names the process that has it', async () => {
    const folder = temporaryFolder();
    const child = await holderOf(folder);
    const { message, code, holder } = await refusal(folder);
    expect(code).toBe('STATE_IN_USE');
    expect(holder).toMatchObject({ pid: child.pid });
    expect(holder?.command).toContain('hold-state.ts');
    expect(message).toContain(`process ${child.pid}, started 20`);
  });

  it('ends with its process, however that ends', async () => {
    const folder = temporaryFolder();
    const child = await holderOf(folder);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = await lockState(folder);
    lock.release();
  });

  it('waits for what the last holder left running, not for a later one with its id', async () => {
    const folder = temporaryFolder();
    const left = spawn('sleep', ['600']);
    onTestFinished(() => void left.kill('SIGKILL'));
    const holder = { pid: 1, startedAt: '2026-01-01T00:00:00Z', command: 'x' };
    const pid = left.pid ?? 0;
    const write = (mark: string | undefined) =>
      writeFileSync(
        join(folder, 'holder.json'),
        JSON.stringify({ ...holder, children: [{ pid, mark }] }),
      );
    write('another start');
    (await lockState(folder)).release();

    write(processMark(pid));
    let taken = false;
    const taking = lockState(folder).then((lock) => {
      taken = true;
      lock.release();
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(taken).toBe(false);
    left.kill('SIGKILL');
    await taking;
  });

  it('is shared within a process until the last part releases it', async () => {
    const folder = temporaryFolder();
    const [first, second] = await Promise.all([lockState(folder), lockState(folder)]);
    first.release();
    first.release();
    const child = spawn(process.execPath, [holderScript, folder], { stdio: 'ignore' });
    expect(await once(child, 'exit')).toEqual([2, null]);
    second.release();
    (await lockState(folder)).release();
  });
});

describe('the file of a state', () => {
  it('keeps program and date', () => {
    const folder = temporaryFolder();
    expect(readStateFile(folder)).toBeUndefined();
    const state = { program: 'online-retail', asOf: '2011-12-10T00:00:00.000Z' };
    writeStateFile(folder, state);
    expect(readStateFile(folder)).toEqual(state);
  });

  it.each(['{', '{"program":"p"}', '{"program":"p","asOf":"yesterday"}'])('refuses %s', (text) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'state.json'), text);
    expect(() => readStateFile(folder)).toThrow('is not the state of a run');
  });
});
