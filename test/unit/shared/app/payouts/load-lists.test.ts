import { describe, expect, it } from 'vitest';
import { hourly, office } from '../../../../support/bank-office.ts';

describe('lists of names', () => {
  it('are loaded under the names of their files, whole or not at all', async () => {
    const at = await office();
    at.files.drop('sanctions/incoming', 'eu-list.txt', 'Ann Example\nBen Beispiel\n');
    at.files.drop('sanctions/incoming', 'Other.txt', 'Ann\n');
    at.files.drop('sanctions/incoming', 'un.txt', 'Ann\n???\n');
    const { lists, refused } = await at.exchange();
    expect(lists).toEqual([{ list: 'eu-list', names: 2 }]);
    expect(refused).toMatchObject([
      { folder: 'sanctions/incoming', file: 'Other.txt', code: 'LIST_NAME' },
      { folder: 'sanctions/incoming', file: 'un.txt', code: 'NAME_WITHOUT_LETTERS', line: 2 },
    ]);
    expect(at.kept).toEqual([
      { list: 'eu-list', names: ['Ann Example', 'Ben Beispiel'], loadedAt: at.clock.now() },
    ]);
    expect(at.files.names('sanctions/read')).toEqual(['eu-list.txt']);
  });

  it('are read once more where another call has loaded a newer one meanwhile', async () => {
    const at = await office();
    at.files.drop('sanctions/incoming', 'eu.txt', 'Ann Example\n');
    const { files } = at.dependencies;
    let isFirst = true;
    const overtaken: typeof files = {
      ...files,
      async read(...given) {
        const found = await files.read(...given);
        if (!isFirst) return found;
        isFirst = false;
        at.files.drop('sanctions/incoming', 'eu.txt', 'Ben Beispiel\n');
        expect((await at.exchange()).lists).toEqual([{ list: 'eu', names: 1 }]);
        at.files.drop('sanctions/incoming', 'eu.txt', 'Cat Exemple\n');
        return found;
      },
    };
    const { lists, refused } = await at.exchange(hourly, { files: overtaken });
    expect([lists, refused]).toEqual([[{ list: 'eu', names: 1 }], []]);
    expect(at.kept.map(({ names }) => names)).toEqual([['Ben Beispiel'], ['Cat Exemple']]);
    expect(at.files.names('sanctions/incoming')).toEqual([]);
  });

  it('are never put over a newer one that has gone from where it came', async () => {
    const at = await office();
    at.files.drop('sanctions/incoming', 'eu.txt', 'Ann Example\n');
    const { files } = at.dependencies;
    const overtaken: typeof files = {
      ...files,
      async read(...given) {
        const found = await files.read(...given);
        if (at.kept.length > 0) return found;
        at.files.drop('sanctions/incoming', 'eu.txt', 'Ben Beispiel\n');
        await at.exchange();
        return found;
      },
    };
    const { lists, refused } = await at.exchange(hourly, { files: overtaken });
    expect([lists, refused]).toEqual([[], []]);
    expect(at.kept.map(({ names }) => names)).toEqual([['Ben Beispiel']]);
  });
});
