import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type BankAct,
  camt053Of,
  pain002Of,
  takenIn,
} from '../../../../test/providers/fake/bank-simulator.ts';
import { UsageError } from '../../exit.ts';
import { filePath } from './folder.ts';

/** What the bank makes of a file: all is well, or not so with its first transfer. */
export const bankParts = ['accept', 'reject', 'return'] as const;
export type BankPart = (typeof bankParts)[number];

/** Reasons of ISO 20022: the account is closed, or blocked. */
const firstAct: Readonly<Record<BankPart, BankAct>> = {
  accept: { kind: 'paid' },
  reject: { kind: 'rejected', reason: 'AC04' },
  return: { kind: 'returned', reason: 'AC06' },
};

/**
 * Plays the bank, which has no stand-in of its own: puts its status report and statement for the
 * file of that name among what comes in, or else for the newest that was handed out. A transfer
 * that was booked before is returned by itself, as weeks later. Returns the paths. Throws a
 * UsageError where no file is.
 */
export async function playBank(
  directory: string,
  part: BankPart,
  name?: string,
): Promise<readonly string[]> {
  const file = takenIn(await readFile(await fileToAnswer(directory, name), 'utf8'));
  const { messageId, payments } = file;
  const [first] = payments;
  if (first === undefined) throw new UsageError(`${messageId} has no transfers.`);
  const statement = (of: BankPart) => `${messageId}-${of}-statement.xml`;
  const isBooked = existsSync(filePath(directory, 'bank/read', statement('accept')));
  const isLater = part === 'return' && isBooked;
  const act = isLater ? { ...firstAct.return, isLater } : firstAct[part];
  const acts = new Map([[first.endToEndId, act as BankAct]]);
  const style = { version: '08', id: `${messageId}-${part}` } as const;
  const told = isLater ? { ...file, payments: [first] } : file;
  return putAll(directory, [
    ...(isLater ? [] : [[`${messageId}-${part}-report.xml`, pain002Of(file, acts)] as const]),
    [statement(part), camt053Of(told, acts, style)],
  ]);
}

async function fileToAnswer(directory: string, wanted: string | undefined): Promise<string> {
  const folder = filePath(directory, 'bank/outgoing', '');
  const names = existsSync(folder) ? await readdir(folder) : [];
  const paths = names
    .filter((name) => name.endsWith('.xml') && !name.startsWith('.'))
    .filter((name) => wanted === undefined || name === wanted)
    .map((name) => filePath(directory, 'bank/outgoing', name));
  const found = await Promise.all(
    paths.map(async (path) => ({ path, writtenMs: (await stat(path)).mtimeMs })),
  );
  const newest = found.sort((one, other) => other.writtenMs - one.writtenMs)[0];
  if (newest !== undefined) return newest.path;
  const what = wanted === undefined ? 'no file that a bank could answer' : `no ${wanted}`;
  throw new UsageError(`${folder} has ${what}: write one with --write.`);
}

async function putAll(
  directory: string,
  files: readonly (readonly [name: string, text: string])[],
): Promise<readonly string[]> {
  const put: string[] = [];
  for (const [name, text] of files) {
    const path = filePath(directory, 'bank/incoming', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { mode: 0o600 });
    put.push(path);
  }
  return put;
}
