import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { playBank } from '../../../../../../infra/cli/payout/files/play-bank.ts';
import { bankAnswerReader } from '../../../../../../shared/adapters/bank/bank-answers.ts';
import { writePain001 } from '../../../../../../shared/domain/payout/pain001.ts';
import { euroFile, transferOf } from '../../../../../support/bank-files.ts';

function stateWithFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'guerdon-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['outgoing', 'incoming', 'read']) {
    mkdirSync(join(folder, 'files/bank', name), { recursive: true });
  }
  const written = writePain001({
    ...euroFile([transferOf(1, 500n), transferOf(2, 250n)]),
    messageId: 'main-eur-20260413-000001',
  });
  if (!written.ok) throw new Error(written.failure.code);
  writeFileSync(join(folder, 'files/bank/outgoing/a.xml'), written.value);
  return folder;
}

/** Every answer is one that can be read. */
const answers = (paths: readonly string[]) =>
  paths.map((path) => {
    const read = bankAnswerReader.read(readFileSync(path, 'utf8'));
    if (!read.ok) throw new Error(read.failure.code);
    return read.value;
  });

const entries = (answer: unknown) =>
  (answer as { statements: { entries: unknown[] }[] }).statements.flatMap((it) => it.entries);

it.each([
  ['accept', 2],
  ['reject', 1],
  ['return', 3],
] as const)('answers the newest file: %s', async (part, count) => {
  const [report, statement] = answers(await playBank(stateWithFile(), part));
  expect(report).toMatchObject({ kind: 'report' });
  expect(statement).toMatchObject({ kind: 'statements' });
  expect(entries(statement)).toHaveLength(count);
});

it('returns later what was booked before', async () => {
  const state = stateWithFile();
  for (const path of await playBank(state, 'accept')) {
    renameSync(path, join(state, 'files/bank/read', basename(path)));
  }
  const [statement, ...others] = answers(await playBank(state, 'return'));
  expect(others).toEqual([]);
  expect(entries(statement)).toHaveLength(1);
});

it('answers the file that is named', async () => {
  const state = stateWithFile();
  const outgoing = join(state, 'files/bank/outgoing');
  writeFileSync(join(outgoing, 'b.xml'), 'the newest');
  const [report] = answers(await playBank(state, 'accept', 'a.xml'));
  expect(report).toMatchObject({ kind: 'report' });
  await expect(playBank(state, 'accept', 'c.xml')).rejects.toThrow('has no c.xml');
});

it('needs a file', async () => {
  await expect(playBank(join(tmpdir(), 'nowhere'), 'accept')).rejects.toThrow('no file');
});
