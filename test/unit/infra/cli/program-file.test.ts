import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkProgramFile, readProgramFile } from '../../../../infra/cli/program-file.ts';
import { programPath, temporaryFolder } from '../../../support/guerdon.ts';
import { sampleProgramJson } from '../../../support/sample-program.ts';

async function write(path: string, content: unknown): Promise<string> {
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return path;
}

async function placesIn(path: string): Promise<string[]> {
  const checked = await checkProgramFile(path);
  if ('program' in checked) return [];
  return checked.findings.map(({ line, pointer, message }) => `${line} ${pointer}: ${message}`);
}

it('reads the sample program', async () => {
  expect((await readProgramFile(programPath)).program).toBe('online-retail');
});

it('refuses a reward whose provider is not enabled, naming it', async () => {
  const path = join(await temporaryFolder(), 'program.json');
  const text = await readFile(programPath, 'utf8');
  await writeFile(path, text.replace('"provider": "tremendous"', '"provider": "nobody"'));
  await expect(readProgramFile(path)).rejects.toThrow('/rewards/0/provider: no provider nobody');
});

it('names every wrong place of a program at once, in the order of its lines', async () => {
  const path = join(await temporaryFolder(), 'program.json');
  const text = await readFile(programPath, 'utf8');
  const wrong = text
    .replace('"timeZone": "Europe/London"', '"timeZone": "Europe/London", "timeZone": "Nowhere"')
    .replace('"GBP", "EUR"', '"XXX", "EUR"')
    .replace('"earning"', '"earnin"');
  await writeFile(path, wrong);
  const lineWith = (part: string) => wrong.split('\n').findIndex((it) => it.includes(part)) + 1;
  expect(await placesIn(path)).toEqual([
    '1 /earning: is missing',
    `${lineWith('Nowhere')} /timeZone: the key \`timeZone\` stands here again; ` +
      `the first is on line ${lineWith('Nowhere')}`,
    `${lineWith('Nowhere')} /timeZone: must be an IANA time zone`,
    `${lineWith('XXX')} /currencies/0: must be an ISO 4217 code`,
    `${lineWith('"earnin"')} /earnin: unknown key \`earnin\`; did you mean \`earning\`?`,
  ]);
  await expect(readProgramFile(path)).rejects.toThrow(
    `  line ${lineWith('XXX')}, /currencies/0: must be an ISO 4217 code`,
  );
});

it('names the line where a text stops being JSON', async () => {
  const path = await write(join(await temporaryFolder(), 'program.json'), '{\n"program": }');
  expect(await placesIn(path)).toEqual(['2 : not valid JSON: value expected']);
  await expect(readProgramFile(path)).rejects.toThrow('line 2: not valid JSON');
});

describe('a product list in a file of its own', () => {
  const list = { list: 'books', version: '2026-01', products: { 'B/1': { points: 5 }, B2: {} } };

  async function folderWith(file: unknown, lists: unknown = list): Promise<string> {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'lists'));
    await write(join(folder, 'lists', 'books.json'), lists);
    const program = { ...sampleProgramJson(), productLists: { books: file } };
    return write(join(folder, 'program.json'), program);
  }
  const reference = { file: 'lists/books.json' };

  it('stands in the program as if it had been written there', async () => {
    const { productLists } = await readProgramFile(await folderWith(reference));
    const { version, products } = list;
    expect(productLists).toEqual({ books: { version, products } });
    expect((await readProgramFile(await folderWith({ version, products }))).productLists).toEqual(
      productLists,
    );
  });

  it('is found wrong where the program refers to it, with its file and line', async () => {
    const found = async (lists: unknown) => {
      const [first = '', ...others] = await placesIn(await folderWith(reference, lists));
      expect(others).toEqual([]);
      return first.replace(/^\d+ /, '');
    };
    const at = '/productLists/books: lists/books.json';
    expect(await found({ ...list, list: 'films' })).toBe(`${at} holds the list films, not books`);
    expect(await found({ ...list, products: { 'B/1': { point: 5 } } })).toBe(
      `${at}, line 6, /products/B~11/point: unknown key \`point\`; did you mean \`points\`?`,
    );
    expect(await found({ ...list, products: { B2: { points: 2_000_000_000 } } })).toBe(
      `${at}, line 6, /products/B2/points: must be at most 1000000000`,
    );
    expect(await found('{\n"list": "books"')).toMatch(`${at}, line 2: not valid JSON`);
    expect(await found('{"list": "books", "version": "1", "version": "2", "products": {}}')).toBe(
      `${at}, line 1, /version: the key \`version\` stands here again; the first is on line 1`,
    );
  });

  it('stays in the folder of the program', async () => {
    const outside = await temporaryFolder();
    await write(join(outside, 'books.json'), list);
    const path = await folderWith({ file: 'lists/away.json' });
    await symlink(join(outside, 'books.json'), join(path, '..', 'lists', 'away.json'));
    const leaves = "lies outside the program file's folder";
    expect(await placesIn(path)).toEqual([expect.stringContaining(`lists/away.json ${leaves}`)]);
    for (const file of ['../books.json', join(outside, 'books.json'), 'lists/../../x.json', '..']) {
      expect(await placesIn(await folderWith({ file }))).toEqual([
        expect.stringContaining(`/productLists/books: ${file} ${leaves}`),
      ]);
    }
    expect(await placesIn(await folderWith({ file: 'lists/none.json' }))).toEqual([
      expect.stringContaining('/productLists/books: lists/none.json cannot be read'),
    ]);
  });

  it('is read by its name in the program, and by nothing else', async () => {
    expect(await placesIn(await folderWith({ file: 'lists/books.json', also: 1 }))).not.toEqual([]);
    expect(await placesIn(await folderWith({ file: 5 }))).not.toEqual([]);
    expect(await placesIn(await folderWith(7))).not.toEqual([]);
  });
});
