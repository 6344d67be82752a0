import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command line as a person would, in a process of its own. */
export function startGuerdon(...args: readonly string[]): {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
} {
  const child = spawn(process.execPath, [join(root, 'infra/cli/bootstrap.mjs'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
  return { child, finished };
}

export function guerdon(...args: readonly string[]): Promise<Finished> {
  return startGuerdon(...args).finished;
}

/** A command that must succeed and print JSON. */
export async function guerdonJson<Printed>(...args: readonly string[]): Promise<Printed> {
  const { status, stdout, stderr } = await guerdon(...args, '--json');
  if (status !== 0)
    throw new Error(`guerdon ${args[0]} ended with ${status}:\n${stderr}\n${stdout}`);
  return JSON.parse(stdout) as Printed;
}

/** A folder that goes with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guerdon-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export const samplePrograms = join(root, 'shared', 'programs');
export const programPath = join(samplePrograms, 'online-retail.json');
