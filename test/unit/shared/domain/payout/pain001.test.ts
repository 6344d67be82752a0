import { describe, expect, it } from 'vitest';
import {
  endToEndId,
  payoutIdOf,
  type TransferFile,
} from '../../../../../shared/domain/payout/credit-transfer.ts';
import { writePain001 } from '../../../../../shared/domain/payout/pain001.ts';
import { instantOf, type LocalDate } from '../../../../../shared/domain/time.ts';
import { creditorIn, euroFile, transferOf } from '../../../../support/bank-files.ts';

function written(file: TransferFile): string {
  const xml = writePain001(file);
  if (!xml.ok) throw new Error(JSON.stringify(xml.failure));
  return xml.value;
}

function fault(file: TransferFile): unknown {
  const xml = writePain001(file);
  return xml.ok ? undefined : xml.failure;
}

const one = euroFile([transferOf(1, 1250n)]);

describe('a pain.001 in euro', () => {
  it('has the elements of the scheme in the order of the schema', () => {
    const id = endToEndId(transferOf(1, 1n).payoutId);
    const debtor = '<Nm>Northwind Gutscheine</Nm>';
    const controls = '<NbOfTxs>1</NbOfTxs><CtrlSum>12.50</CtrlSum>';
    const parts = [
      '<?xml version="1.0" encoding="UTF-8"?>\n',
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>',
      '<GrpHdr><MsgId>RUN-7/EUR</MsgId><CreDtTm>2026-04-13T08:00:00.000Z</CreDtTm>',
      `${controls}<InitgPty>${debtor}</InitgPty></GrpHdr>`,
      '<PmtInf><PmtInfId>RUN-7/EUR</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg>',
      `${controls}<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>`,
      '<ReqdExctnDt><Dt>2026-04-14</Dt></ReqdExctnDt>',
      `<Dbtr>${debtor}<PstlAdr><TwnNm>Koln</TwnNm><Ctry>DE</Ctry></PstlAdr></Dbtr>`,
      '<DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct>',
      '<DbtrAgt><FinInstnId><BICFI>COBADEFFXXX</BICFI></FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>',
      `<CdtTrfTxInf><PmtId><InstrId>${id}</InstrId><EndToEndId>${id}</EndToEndId></PmtId>`,
      '<Amt><InstdAmt Ccy="EUR">12.50</InstdAmt></Amt>',
      '<Cdtr><Nm>O&apos;Brien + Sons</Nm></Cdtr>',
      '<CdtrAcct><Id><IBAN>IE29AIBK93115212345678</IBAN></Id></CdtrAcct>',
      '<RmtInf><Ustrd>Cashback April</Ustrd></RmtInf></CdtTrfTxInf>',
      '</PmtInf></CstmrCdtTrfInitn></Document>\n',
    ];
    const creditor = { ...creditorIn('IE29AIBK93115212345678'), name: 'O’Brien & Sons' };
    const transfer = { ...transferOf(1, 1250n), creditor, remittance: 'Cashback April' };
    expect(written({ ...euroFile([transfer]), batchBooking: true })).toBe(parts.join(''));
  });

  it('names no bank that it does not know', () => {
    const account = { kind: 'iban', iban: 'DE89370400440532013000' } as const;
    const xml = written({ ...one, debtor: { ...one.debtor, account } });
    const unnamed = '<FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId>';
    expect(xml).toContain(`<DbtrAgt>${unnamed}</DbtrAgt>`);
    expect(xml).not.toContain('CdtrAgt');
  });

  it('names the bank of the payee when it is known, in capitals', () => {
    const account = { kind: 'iban', iban: 'ie29 aibk 9311 5212 3456 78', bic: 'aibkie2d' } as const;
    const creditor = { ...creditorIn(''), account };
    const xml = written(euroFile([{ ...transferOf(1, 1n), creditor }]));
    expect(xml).toContain('<CdtrAgt><FinInstnId><BICFI>AIBKIE2D</BICFI></FinInstnId></CdtrAgt>');
    expect(xml).toContain('<IBAN>IE29AIBK93115212345678</IBAN>');
  });

  it('sums exactly where floats do not', () => {
    const xml = written(euroFile([transferOf(1, 10n), transferOf(2, 20n), transferOf(3, 3n)]));
    expect(xml.match(/<CtrlSum>[^<]+/g)).toEqual(['<CtrlSum>0.33', '<CtrlSum>0.33']);
    expect(xml.match(/<NbOfTxs>[^<]+/g)).toEqual(['<NbOfTxs>3', '<NbOfTxs>3']);
  });
});

describe('a pain.001 in another currency', () => {
  const generic: TransferFile = {
    ...one,
    ...{ currency: 'GBP', scheme: { kind: 'generic', chargeBearer: 'SHAR' } },
    debtor: {
      ...one.debtor,
      account: { kind: 'sortCode', sortCode: '60-16-13', accountNumber: '31926819' },
    },
    transfers: [{ ...transferOf(1, 1n), amount: { amountMinor: 1n, currency: 'GBP' } }],
  };

  it('has no service level, the charges asked for, and sort codes', () => {
    const xml = written(generic);
    expect(xml).not.toContain('SvcLvl');
    expect(xml).toContain('<ChrgBr>SHAR</ChrgBr>');
    expect(xml).toContain('<DbtrAcct><Id><Othr><Id>31926819</Id></Othr></Id></DbtrAcct>');
    const system = '<ClrSysId><Cd>GBDSC</Cd></ClrSysId><MmbId>601613</MmbId>';
    expect(xml).toContain(`<ClrSysMmbId>${system}</ClrSysMmbId>`);
  });

  it('has the digits of its currency', () => {
    for (const [currency, amount] of [
      ['JPY', '1'],
      ['KWD', '0.001'],
    ] as const) {
      const transfer = { ...transferOf(1, 1n), amount: { amountMinor: 1n, currency } };
      const xml = written({ ...generic, currency, transfers: [transfer] });
      expect(xml).toContain(`<InstdAmt Ccy="${currency}">${amount}</InstdAmt>`);
      expect(xml).toContain(`<CtrlSum>${amount}</CtrlSum>`);
    }
  });

  it('holds sums of 18 digits and no more', () => {
    const half = 5n * 10n ** 17n;
    const amounting = (...amounts: bigint[]) => ({
      ...generic,
      transfers: amounts.map((amountMinor, at) => ({
        ...transferOf(at + 1, 1n),
        amount: { amountMinor, currency: 'GBP' },
      })),
    });
    expect(written(amounting(half, half - 1n))).toContain('<CtrlSum>9999999999999999.99</CtrlSum>');
    expect(fault(amounting(half, half))).toEqual({ code: 'SUM', path: 'transfers' });
    const amount = { code: 'AMOUNT', path: 'transfers.0.amount' };
    expect(fault(amounting(2n * half))).toEqual(amount);
  });
});

describe('a file that is refused', () => {
  const text = (fault: object) => ({ code: 'TEXT', fault });
  const firstIs = (change: object) => euroFile([{ ...transferOf(1, 1n), ...change }]);
  const creditor = creditorIn('IE29AIBK93115212345678');

  it.each<[string, TransferFile, object]>([
    ['nothing in it', euroFile([]), { code: 'NO_TRANSFERS', path: 'transfers' }],
    [
      'more than the bank takes',
      { ...euroFile([transferOf(1, 1n), transferOf(2, 1n)]), maximumTransfers: 1 },
      { code: 'TOO_MANY_TRANSFERS', path: 'transfers', maximum: 1 },
    ],
    [
      'a payout twice',
      euroFile([transferOf(1, 1n), transferOf(1, 2n)]),
      { code: 'DUPLICATE_ID', path: 'transfers.1.payoutId' },
    ],
    ['nothing to pay', euroFile([transferOf(1, 0n)]), { code: 'AMOUNT' }],
    ['less than nothing', euroFile([transferOf(1, -1n)]), { code: 'AMOUNT' }],
    ['a billion euro', euroFile([transferOf(1, 100_000_000_000n)]), { code: 'AMOUNT' }],
    ['pounds by SEPA', { ...one, currency: 'GBP' }, { code: 'CURRENCY', path: 'currency' }],
    ['no such currency', { ...one, currency: 'EUX' }, { code: 'CURRENCY', path: 'currency' }],
    [
      'an amount in another currency',
      firstIs({ amount: { amountMinor: 1n, currency: 'USD' } }),
      { code: 'CURRENCY', path: 'transfers.0.amount' },
    ],
    [
      'a long message id',
      { ...one, messageId: 'x'.repeat(36) },
      text({ code: 'TOO_LONG', longest: 35 }),
    ],
    ['a message id with slashes', { ...one, messageId: 'a//b' }, text({ code: 'SLASH' })],
    ['a long payout id', firstIs({ payoutId: 'x'.repeat(36) }), { path: 'transfers.0.payoutId' }],
    [
      'an account that fails its check',
      firstIs({ creditor: creditorIn('IE28AIBK93115212345678') }),
      { code: 'IBAN', path: 'transfers.0.creditor.account', fault: 'CHECK_DIGITS' },
    ],
    [
      'a bank of elsewhere',
      firstIs({ creditor: { ...creditor, account: { ...creditor.account, bic: 'COBADEFF' } } }),
      { code: 'BIC', path: 'transfers.0.creditor.account', fault: 'OTHER_COUNTRY' },
    ],
    [
      'a sort code by SEPA',
      {
        ...one,
        debtor: {
          ...one.debtor,
          account: { kind: 'sortCode', sortCode: '601613', accountNumber: '31926819' },
        },
      },
      { code: 'ACCOUNT_KIND', path: 'debtor.account' },
    ],
    [
      'a name that cannot be written',
      firstIs({ creditor: { ...creditor, name: '王小明' } }),
      { path: 'transfers.0.creditor.name', ...text({ code: 'CHARACTER', codePoint: 'U+738B' }) },
    ],
    [
      'a name that is too long',
      firstIs({ creditor: { ...creditor, name: 'x'.repeat(71) } }),
      { path: 'transfers.0.creditor.name', ...text({ code: 'TOO_LONG', longest: 70 }) },
    ],
    [
      'a town that is too long',
      firstIs({ creditor: { ...creditor, town: 'x'.repeat(36) } }),
      { path: 'transfers.0.creditor.town', ...text({ code: 'TOO_LONG', longest: 35 }) },
    ],
    [
      'no such country',
      firstIs({ creditor: { ...creditor, country: 'UK' } }),
      { code: 'COUNTRY', path: 'transfers.0.creditor.country' },
    ],
    [
      'a long remittance',
      firstIs({ remittance: 'x'.repeat(141) }),
      { path: 'transfers.0.remittance', ...text({ code: 'TOO_LONG', longest: 140 }) },
    ],
  ])('has %s', (_, file, expected) => {
    expect(fault(file)).toMatchObject(expected);
  });
});

describe('an end-to-end id', () => {
  it('is the payout without hyphens, and leads back to it', () => {
    const { payoutId } = transferOf(77, 1n);
    expect(endToEndId(payoutId)).toHaveLength(32);
    expect(payoutIdOf(endToEndId(payoutId))).toBe(payoutId);
    expect(payoutIdOf(` ${endToEndId(payoutId).toUpperCase()} `)).toBe(payoutId);
  });

  it.each(['NOTPROVIDED', '', 'RUN-7', 'g'.repeat(32)])('is none of ours: %s', (text) => {
    expect(payoutIdOf(text)).toBeUndefined();
  });
});

it('writes the same file as the same text', () => {
  const again = {
    ...one,
    createdAt: instantOf(one.createdAt),
    executionDate: '2026-04-14' as LocalDate,
  };
  expect(written(again)).toBe(written(one));
});
