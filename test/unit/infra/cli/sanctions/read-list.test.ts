import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readNames } from '../../../../../infra/cli/sanctions/read-list.ts';

const folder = mkdtempSync(join(tmpdir(), 'guerdon-names-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: string | Buffer): string {
  const path = join(folder, 'names.txt');
  writeFileSync(path, content);
  return path;
}

describe('a list of names', () => {
  it('has one a line, whatever the editor made of the file', async () => {
    const path = fileOf('\uFEFFJane Doe\r\n\r\n  Iván Ó Briain \nИван\n王伟');
    expect(await readNames(path)).toEqual(['Jane Doe', 'Iván Ó Briain', 'Иван', '王伟']);
  });

  it.each([
    ['a line that could match nobody', 'Jane Doe\n--\n', ':2 has no letter and no digit'],
    ['a line beyond all names', `Jane\n${'x'.repeat(1001)}\n`, ':2 is longer than 1000 bytes'],
    ['another encoding', Buffer.from('Jane\nJos\xe9\n', 'latin1'), ':2 is not UTF-8'],
    ['no names', '\n\n', ' has no names'],
  ])('is refused whole for %s', async (_why, content, sentence) => {
    await expect(readNames(fileOf(content))).rejects.toThrow(sentence);
  });
});
