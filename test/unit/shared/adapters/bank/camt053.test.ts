import { describe, expect, it } from 'vitest';
import { readCamt053 } from '../../../../../shared/adapters/bank/camt053.ts';
import {
  type BankStatement,
  statementKey,
} from '../../../../../shared/domain/payout/bank-statement.ts';
import { statementOf } from '../../../../support/statement-text.ts';

function read(text: string): readonly BankStatement[] {
  const statements = readCamt053(text);
  if (!statements.ok) throw new Error(JSON.stringify(statements.failure));
  return statements.value;
}

function fault(text: string): unknown {
  const statements = readCamt053(text);
  return statements.ok ? undefined : statements.failure;
}

const paid = {
  amount: '12.50',
  direction: 'DBIT',
  details: `<TxDtls><Refs><AcctSvcrRef>B1</AcctSvcrRef><InstrId>0042</InstrId>
    <EndToEndId>0042</EndToEndId></Refs><Amt Ccy="EUR">12.50</Amt>
    <RltdPties><Cdtr><Pty><Nm>O&apos;Brien</Nm></Pty></Cdtr>
    <CdtrAcct><Id><IBAN>IE29AIBK93115212345678</IBAN></Id></CdtrAcct></RltdPties>
    <RltdAgts><CdtrAgt><FinInstnId><BICFI>AIBKIE2D</BICFI></FinInstnId></CdtrAgt></RltdAgts>
    <RmtInf><Ustrd>one</Ustrd><Ustrd>two</Ustrd></RmtInf></TxDtls>`,
} as const;
const back = {
  amount: '12.50',
  direction: 'CRDT',
  details: `<TxDtls><Refs><EndToEndId>0042</EndToEndId></Refs><Amt Ccy="EUR">12.50</Amt>
    <RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf></RtrInf></TxDtls>`,
} as const;
const text = statementOf({ opening: '100.00', closing: '100.00', entries: [paid, back] });

describe('a statement of a bank', () => {
  it('is read to the cent', () => {
    const [statement, second] = read(text);
    expect(second).toBeUndefined();
    expect(statement).toEqual({
      ...{ messageId: 'MSG-1', id: 'STMT-1', sequenceNumber: '0104', unbooked: 0 },
      ...{ account: 'DE89370400440532013000', currency: 'EUR' },
      ...{ openingMinor: 10_000n, closingMinor: 10_000n },
      entries: [
        {
          ...{ amountMinor: -1250n, isReversal: false },
          ...{ bookedOn: '2026-04-14', valuedOn: '2026-04-14' },
          transactions: [
            {
              ...{ instructionId: '0042', endToEndId: '0042', servicerReference: 'B1' },
              amount: { amountMinor: -1250n, currency: 'EUR' },
              debtor: {},
              creditor: { name: "O'Brien", iban: 'IE29AIBK93115212345678', bic: 'AIBKIE2D' },
              remittance: ['one', 'two'],
            },
          ],
        },
        {
          ...{ amountMinor: 1250n, isReversal: false },
          ...{ bookedOn: '2026-04-14', valuedOn: '2026-04-14' },
          transactions: [
            {
              ...{ endToEndId: '0042', debtor: {}, creditor: {}, remittance: [] },
              amount: { amountMinor: 1250n, currency: 'EUR' },
              returned: { reason: 'AC04', information: ['closed'] },
            },
          ],
        },
      ],
    });
  });

  it.each(['02', '04', '06', '08', '13'])('is read of version %s', (version) => {
    expect(read(text.replace('053.001.08', `053.001.${version}`))).toEqual(read(text));
  });

  it('is read with the names that version 2 had', () => {
    const old = text
      .replace('053.001.08', '053.001.02')
      .replaceAll(/<Sts><Cd>(\w+)<\/Cd><\/Sts>/g, '<Sts>$1</Sts>')
      .replaceAll(/<\/?Pty>/g, '')
      .replaceAll('BICFI', 'BIC')
      .replaceAll(/<Amt Ccy="EUR">12.50<\/Amt>(?=\s*<R)/g, '<AmtDtls><TxAmt>$&</TxAmt></AmtDtls>');
    expect(old).toContain('<TxAmt>');
    expect(read(old)).toEqual(read(text));
  });

  it('counts booked entries only', () => {
    const entries = [
      paid,
      { ...paid, amount: '7.00', status: 'PDNG' },
      { ...paid, amount: '9.00', status: 'INFO' },
    ];
    const [statement] = read(statementOf({ opening: '100.00', closing: '87.50', entries }));
    expect(statement?.entries).toHaveLength(1);
    expect(statement?.unbooked).toBe(2);
    const counted = statementOf({ opening: '100.00', closing: '80.50', entries });
    expect(fault(counted)).toMatchObject({ code: 'BALANCE', path: expect.stringMatching(/Bal$/) });
  });

  it('does not turn a reversal round', () => {
    const reversal = { ...paid, direction: 'CRDT', extra: '<RvslInd>true</RvslInd>' } as const;
    const one = statementOf({ opening: '0.00', closing: '12.50', entries: [reversal] });
    expect(read(one)[0]?.entries[0]).toMatchObject({ isReversal: true, amountMinor: 1250n });
  });

  it('may be of an overdrawn account', () => {
    const below = { opening: '0.00', closing: '12.50', closingDirection: 'DBIT' } as const;
    const [statement] = read(statementOf({ ...below, entries: [paid] }));
    expect(statement?.closingMinor).toBe(-1250n);
  });

  it('takes the closing of the day before, and interim balances of pages', () => {
    expect(read(text.replace('OPBD', 'PRCD'))[0]?.openingMinor).toBe(10_000n);
    expect(read(text.replace('OPBD', 'ITBD'))[0]?.openingMinor).toBe(10_000n);
    expect(read(text.replace('OPBD', 'ITBD').replace('CLBD', 'ITBD'))).toHaveLength(1);
    const missing = { code: 'BALANCE_MISSING' };
    expect(fault(text.replace('CLBD', 'CLAV'))).toMatchObject(missing);
    expect(fault(text.replace('OPBD', 'OPAV'))).toMatchObject(missing);
  });

  it('may tell no more of a batch than its sum', () => {
    const details = '<Btch><PmtInfId>RUN-7</PmtInfId><NbOfTxs>3</NbOfTxs></Btch>';
    const entries = [{ ...paid, details }];
    const [statement] = read(statementOf({ opening: '12.50', closing: '0.00', entries }));
    expect(statement?.entries[0]).toMatchObject({
      batch: { paymentInformationId: 'RUN-7', transactions: 3 },
      transactions: [],
    });
  });

  it('may tell nothing of an entry, and leave elements empty', () => {
    for (const details of ['', '<TxDtls/>', '<TxDtls><Refs/><RmtInf/><RltdPties/></TxDtls>']) {
      const entries = [{ ...paid, details }];
      expect(read(statementOf({ opening: '12.50', closing: '0.00', entries }))).toHaveLength(1);
    }
  });

  it('takes no id for one that is not provided', () => {
    const [statement] = read(text.replaceAll('>0042<', '>NOTPROVIDED<'));
    const [transaction] = statement?.entries[0]?.transactions ?? [];
    expect(transaction).not.toHaveProperty('endToEndId');
    expect(transaction).not.toHaveProperty('instructionId');
  });

  it('leaves out amounts beside, of money that is not known here', () => {
    const beside =
      '<TxDtls><AmtDtls><InstdAmt><Amt Ccy="XAU">1</Amt></InstdAmt></AmtDtls></TxDtls>';
    const entries = [{ ...paid, details: beside }];
    const [statement] = read(statementOf({ opening: '12.50', closing: '0.00', entries }));
    expect(statement?.entries[0]?.transactions[0]).not.toHaveProperty('amount');
  });

  it('is known by account, id, sequence and page', () => {
    const [one] = read(text);
    const page = '<MsgPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></MsgPgntn></GrpHdr>';
    const [other] = read(text.replace('</GrpHdr>', page));
    expect(one && statementKey(one)).toBe('["DE89370400440532013000","STMT-1","0104",null]');
    expect(other && statementKey(other)).toBe('["DE89370400440532013000","STMT-1","0104","2"]');
  });
});

describe('a statement that is refused', () => {
  const entry = 'Document/BkToCstmrStmt/Stmt/Ntry[2]';
  it.each([
    ['no statement', [/<Stmt>[\s\S]*<\/Stmt>/, ''], 'STRUCTURE', 'Document/BkToCstmrStmt/Stmt'],
    ['no account', [/<Acct>.*<\/Acct>/, ''], 'STRUCTURE', 'Acct'],
    ['no account number', [/<IBAN>DE.*?<\/IBAN>/, ''], 'STRUCTURE', 'Acct/Id'],
    ['another sum', ['>100.00', '>100.01'], 'BALANCE', 'Document/BkToCstmrStmt/Stmt/Bal'],
    ['balances in two currencies', ['EUR">100', 'USD">100'], 'CURRENCY', 'Stmt/Bal'],
    [
      'an entry in another currency',
      [/EUR(">12.50<\/Amt><CdtDbtInd>CRDT)/, 'USD$1'],
      'CURRENCY',
      `${entry}/Amt`,
    ],
    [
      'no such currency',
      [/EUR(">12.50<\/Amt><CdtDbtInd>CRDT)/, 'EUX$1'],
      'CURRENCY',
      `${entry}/Amt`,
    ],
    ['half a cent', [/12.50(<\/Amt><CdtDbtInd>CRDT)/, '12.505$1'], 'AMOUNT', `${entry}/Amt`],
    [
      'an amount below zero',
      [/12.50(<\/Amt><CdtDbtInd>CRDT)/, '-12.50$1'],
      'AMOUNT',
      `${entry}/Amt`,
    ],
    ['an exponent', [/12.50(<\/Amt><CdtDbtInd>CRDT)/, '1.25E1$1'], 'AMOUNT', `${entry}/Amt`],
    [
      'no direction',
      ['<CdtDbtInd>CRDT</CdtDbtInd><Sts>', '<Sts>'],
      'STRUCTURE',
      `${entry}/CdtDbtInd`,
    ],
    ['another direction', ['CRDT</CdtDbtInd><Sts>', 'BOTH</CdtDbtInd><Sts>'], 'STRUCTURE', entry],
    ['no status', [/<Sts>.*?<\/Sts>/, ''], 'STRUCTURE', 'Document/BkToCstmrStmt/Stmt/Ntry[1]/Sts'],
    [
      'a day that does not exist',
      ['2026-04-14</Dt></BookgDt>', '2026-02-30</Dt></BookgDt>'],
      'DATE',
      'BookgDt',
    ],
    ['a doctype', ['<Document', '<!DOCTYPE a [<!ENTITY b "c">]><Document'], 'ACTIVE_CONTENT', ''],
    ['a status report', ['camt.053', 'pain.002'], 'NAMESPACE', ''],
    ['the report of a day that is not over', ['camt.053', 'camt.052'], 'NAMESPACE', ''],
  ] as const)('has %s', (_, [from, to], code, path) => {
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    expect(fault(broken)).toMatchObject({ code, path: expect.stringContaining(path) });
  });

  it('is told with its line', () => {
    const broken = text.replace(/12.50(<\/Amt><CdtDbtInd>CRDT)/, '1,50$1');
    const line = broken.slice(0, broken.indexOf('1,50')).split('\n').length;
    expect(fault(broken)).toEqual({ code: 'AMOUNT', path: `${entry}/Amt`, line });
  });

  it('has a statement twice', () => {
    const twice = text.replace(/<Stmt>[\s\S]*<\/Stmt>/, '$&$&');
    const path = 'Document/BkToCstmrStmt/Stmt[2]/Id';
    expect(fault(twice)).toMatchObject({ code: 'DUPLICATE', path });
  });
});
