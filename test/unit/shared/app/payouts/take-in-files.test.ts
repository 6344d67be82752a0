import { describe, expect, it } from 'vitest';
import type { FileExchange } from '../../../../../shared/ports/file-exchange.ts';
import { camt053Of, pain002Of } from '../../../../providers/fake/bank-simulator.ts';
import { acting, hourly, rejected, returned, sent, v8 } from '../../../../support/bank-office.ts';

describe('answers of banks', () => {
  it('are read once, in the order of their names, and put away', async () => {
    const at = await sent();
    const { file, files } = at;
    files.drop('bank/incoming', '1.xml', pain002Of(file, acting(file, rejected)));
    files.drop('bank/incoming', '2.xml', camt053Of(file, acting(file, rejected, returned), v8));
    const none = { accepted: 0, rejected: 0, booked: 0, returned: 0, unmatched: 0, unbooked: 0 };
    const [report, statements] = (await at.exchange()).read;
    const ofReport = { ...none, file: '1.xml', kind: 'report', rejected: 1 };
    expect(report).toEqual({ ...ofReport, conflicts: [] });
    const ofStatements = { ...none, file: '2.xml', kind: 'statements', booked: 2, returned: 1 };
    expect(statements).toEqual({ ...ofStatements, conflicts: [] });
    expect(await at.standings()).toEqual(['rejected', 'returned', 'booked']);
    expect(files.names('bank/incoming')).toEqual([]);
    expect(files.names('bank/read')).toEqual(['1.xml', '2.xml']);
    files.drop('bank/incoming', 'again.xml', files.text('bank/read', '2.xml') ?? '');
    expect((await at.exchange()).read).toEqual([
      { ...none, file: 'again.xml', kind: 'statements', again: true, conflicts: [] },
    ]);
  });

  it('that count only after others wait for them', async () => {
    const at = await sent();
    const { file, files } = at;
    const batch = { version: '08', batch: 'untold' } as const;
    files.drop('bank/incoming', 'a.xml', camt053Of(file, acting(file, rejected), batch));
    expect((await at.exchange()).refused).toMatchObject([{ file: 'a.xml', code: 'BATCH_TOTAL' }]);
    files.drop('bank/incoming', 'a.xml', files.text('bank/refused', 'a.xml') ?? '');
    files.drop('bank/incoming', 'b.xml', pain002Of(file, acting(file, rejected)));
    const { read, refused } = await at.exchange();
    expect(refused).toEqual([]);
    expect(read.map((each) => each.file)).toEqual(['b.xml', 'a.xml']);
    expect(await at.standings()).toEqual(['rejected', 'booked', 'booked']);
  });

  it('that cannot be read lie beside their reason, stop no other, and name nobody', async () => {
    const at = await sent();
    const { file, files } = at;
    const good = camt053Of(file, acting(file), v8);
    const bad: Readonly<Record<string, string | Uint8Array>> = {
      'balance.xml': good.replace(/<Amt Ccy="EUR">\d+\.\d\d<\/Amt>/, '<Amt Ccy="EUR">1.00</Amt>'),
      'broken.xml': good.slice(0, 900),
      'count.xml': pain002Of({ ...file, count: '7' }, acting(file)),
      'latin.xml': new Uint8Array([...new TextEncoder().encode('<a>'), 0xe4]),
      'other account.xml': good.replaceAll('DE89370400440532013000', 'DE75512108001245126199'),
      'other file.xml': pain002Of({ ...file, messageId: 'UNKNOWN' }, acting(file)),
    };
    for (const [name, text] of Object.entries(bad)) files.drop('bank/incoming', name, text);
    files.drop('bank/incoming', 'right.xml', good);
    const { read, refused } = await at.exchange();
    expect(refused.map((each) => [each.file, each.code])).toEqual([
      ['balance.xml', 'BALANCE'],
      ['broken.xml', 'MALFORMED'],
      ['count.xml', 'COUNT'],
      ['latin.xml', 'NOT_UTF8'],
      ['other account.xml', 'OTHER_ACCOUNT'],
      ['other file.xml', 'OTHER_FILE'],
    ]);
    expect(read.map((each) => each.file)).toEqual(['right.xml']);
    expect(files.names('bank/incoming')).toEqual([]);
    for (const name of Object.keys(bad)) {
      const before = bad[name] ?? '';
      const bytes = typeof before === 'string' ? new TextEncoder().encode(before) : before;
      expect(files.found('bank/refused', name)?.bytes).toEqual(bytes);
    }
    expect(files.text('bank/refused', 'balance.xml.reason.txt')).toMatch(
      /^code: BALANCE\nelement: Document\/.*Bal\nline: \d+\nwhat to do: .+\.\n$/,
    );
    for (const each of refused) expect(each.advice).toMatch(/\.$/);
    expect(at.logged.join('\n')).not.toMatch(/DE89|DE75|\.xml|Northwind/);
  });

  it('that use an id again for other content are told from those that came again', async () => {
    const at = await sent();
    const { file, files } = at;
    const report = pain002Of(file, acting(file));
    const statement = camt053Of(file, acting(file), v8);
    const names = { '1.xml': report, '2.xml': statement };
    for (const [name, text] of Object.entries(names)) files.drop('bank/incoming', name, text);
    expect((await at.exchange()).read).toHaveLength(2);
    const changed = {
      '1.xml': pain002Of(file, acting(file, rejected)),
      '2.xml': camt053Of(file, acting(file, returned), v8),
      '3.xml': statement.replace(/<MsgId>[^<]*</, '<MsgId>SENT-AGAIN<'),
    };
    for (const [name, text] of Object.entries(changed)) files.drop('bank/incoming', name, text);
    const { read, refused } = await at.exchange();
    expect(read).toMatchObject([{ file: '3.xml', again: true }]);
    expect(refused).toMatchObject([
      { file: '1.xml', code: 'ANSWER_CHANGED', path: 'Document/CstmrPmtStsRpt/GrpHdr/MsgId' },
      { file: '2.xml', code: 'ANSWER_CHANGED', path: 'Document/BkToCstmrStmt/Stmt[1]/Id' },
    ]);
    expect(files.text('bank/read', '2.xml')).toBe(statement);
    expect(at.logged.filter((line) => line.startsWith('FILE_REFUSED'))).toHaveLength(2);
    expect(await at.standings()).toEqual(['booked', 'booked', 'booked']);
  });

  it('of no name or of no size are left where they are, and told each time', async () => {
    const at = await sent();
    at.files.drop('bank/incoming', '../odd.xml', 'x');
    at.files.drop('bank/incoming', 'long.xml', 'x'.repeat(100_001));
    for (const _ of [1, 2]) {
      expect((await at.exchange()).refused).toMatchObject([
        { file: '../odd.xml', code: 'FILE_NAME', stays: true },
        { file: 'long.xml', code: 'TOO_LARGE', stays: true },
      ]);
    }
    expect(at.files.names('bank/incoming')).toHaveLength(2);
    expect(at.files.names('bank/refused')).toEqual(['long.xml.reason.txt']);
  });

  it('that come under a name while another is read under it are read next', async () => {
    const at = await sent();
    const { file, files } = at;
    files.drop('bank/incoming', 'day.xml', pain002Of(file, acting(file)));
    const next = camt053Of(file, acting(file), v8);
    const exchange: FileExchange = {
      ...at.dependencies.files,
      async put(...given) {
        files.drop('bank/incoming', 'day.xml', next);
        await at.dependencies.files.put(...given);
      },
    };
    expect((await at.exchange(hourly, { files: exchange })).read).toMatchObject([
      { kind: 'report' },
    ]);
    expect((await at.exchange()).read).toMatchObject([{ kind: 'statements', booked: 3 }]);
    expect(files.names('bank/incoming')).toEqual([]);
  });

  it('with lines of nobody are told, for a person', async () => {
    const at = await sent();
    const strange = camt053Of(at.file, acting(at.file), v8).replaceAll(/<Refs>.*?<\/Refs>/g, '');
    at.files.drop('bank/incoming', 'day.xml', strange);
    expect((await at.exchange()).read).toMatchObject([{ booked: 0, unmatched: 3 }]);
    expect(at.logged).toContain('BANK_LINES_UNMATCHED {"count":3}');
  });
});
