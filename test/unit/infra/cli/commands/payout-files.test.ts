import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesCommand } from '../../../../../infra/cli/commands/payout-files.ts';

const nowhere = ['--state', join(tmpdir(), 'guerdon-nowhere')];

test.each([
  [['--execution-date', '2026-03-06'], '--execution-date goes with --write'],
  [['--write', 'main-eur', '--execution-date', 'soon'], 'takes a day'],
  [['--write', 'main-eur', '--play-bank', 'accept'], 'no --write'],
  [[], 'holds no state'],
])('%j is refused before anything runs', async (args, sentence) => {
  const ran = filesCommand().parseAsync([...args, ...nowhere], { from: 'user' });
  await expect(ran).rejects.toThrow(sentence);
});
