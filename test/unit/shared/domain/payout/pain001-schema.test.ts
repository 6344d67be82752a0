import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TransferFile } from '../../../../../shared/domain/payout/credit-transfer.ts';
import { writePain001 } from '../../../../../shared/domain/payout/pain001.ts';
import { takenIn } from '../../../../providers/fake/bank-simulator.ts';
import { euroFile, transferOf } from '../../../../support/bank-files.ts';
import { schemaFaults } from '../../../../support/xmllint.ts';

const seed = 20_022;

function written(file: TransferFile): string {
  const xml = writePain001(file);
  if (!xml.ok) throw new Error(JSON.stringify(xml.failure));
  return xml.value;
}

const anyName = fc
  .string({ unit: fc.constantFrom(...'abcÄöüßéŁΩжЩ  &\'"<>-.,()/+'), minLength: 1, maxLength: 23 })
  .map((name) => `X${name.replaceAll(/[<>]/g, '')}`);
const ibans = ['IE29AIBK93115212345678', 'NL91ABNA0417164300', 'MT84MALT011000012345MTLCAST001S'];
const anyAccount = fc.oneof(
  fc.record({ kind: fc.constant('iban' as const), iban: fc.constantFrom(...ibans) }),
  fc.constant({ kind: 'iban' as const, iban: ibans[1] ?? '', bic: 'ABNANL2A' }),
);
const domestic = fc.constantFrom(
  { kind: 'sortCode' as const, sortCode: '60-16-13', accountNumber: '31926819' },
  {
    ...{ kind: 'routingNumber' as const, routingNumber: '021000021', accountNumber: '12345678' },
    accountType: 'checking' as const,
  },
);

const anyTransfers = (accounts: typeof anyAccount | typeof domestic, currency: string) =>
  fc
    .array(
      fc.record(
        {
          name: anyName,
          town: fc.constantFrom('Köln', "L'Aquila", 'Łódź'),
          remittance: anyName,
          account: accounts,
          amountMinor: fc.bigInt({ min: 1n, max: 99_999_999_999n }),
        },
        { requiredKeys: ['name', 'account', 'amountMinor'] },
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((transfers) =>
      transfers.map(({ amountMinor, remittance, ...party }, at) => ({
        ...transferOf(at + 1, 1n),
        amount: { amountMinor, currency },
        creditor: { country: 'NL', ...party },
        ...(remittance === undefined ? {} : { remittance }),
      })),
    );

const anySepa = anyTransfers(anyAccount, 'EUR').map(euroFile);
const anyGeneric = fc
  .constantFrom('GBP', 'USD', 'JPY', 'KWD')
  .chain((currency) =>
    fc.record({
      currency: fc.constant(currency),
      transfers: anyTransfers(domestic, currency),
      scheme: fc.record({
        kind: fc.constant('generic' as const),
        chargeBearer: fc.constantFrom('DEBT' as const, 'CRED' as const, 'SHAR' as const),
      }),
      batchBooking: fc.boolean(),
    }),
  )
  .map((generic): TransferFile => ({ ...euroFile([]), ...generic }));

describe('the schema of pain.001.001.09', () => {
  it(`takes every file that is written (seed ${seed})`, () => {
    const property = fc.property(fc.oneof(anySepa, anyGeneric), (file) => {
      const xml = written(file);
      expect(schemaFaults(xml)).toBe('');
      const taken = takenIn(xml);
      const sum = taken.payments.reduce((all, it) => all + BigInt(it.amount.replace('.', '')), 0n);
      expect(taken.count).toBe(String(file.transfers.length));
      expect(BigInt(taken.sum.replace('.', ''))).toBe(sum);
      expect(sum).toBe(file.transfers.reduce((all, it) => all + it.amount.amountMinor, 0n));
      expect(taken.payments).toHaveLength(file.transfers.length);
    });
    fc.assert(property, { seed, numRuns: 60 });
  });

  const xml = written(euroFile([transferOf(1, 1250n)]));
  const moved = (element: string, behind: string) => {
    const found = new RegExp(`<${element}>.*?</${element}>`).exec(xml)?.[0] ?? '';
    return xml.replace(found, '').replace(new RegExp(`</${behind}>`), `$&${found}`);
  };

  it.each([
    ['the control sum before the count', moved('NbOfTxs', 'CtrlSum')],
    ['the day behind the debtor', moved('ReqdExctnDt', 'Dbtr')],
    ["the payee's account before the payee", moved('Cdtr', 'CdtrAcct')],
    ['charges before the bank', moved('DbtrAgt', 'ChrgBr')],
    ['the country before the town', moved('TwnNm', 'Ctry')],
    ['a bare day, as version 3 had it', xml.replace(/<Dt>(.*?)<\/Dt>/, '$1')],
    ['the old name of the bank code', xml.replaceAll('BICFI', 'BIC')],
    ['the namespace of version 3', xml.replace('001.001.09', '001.001.03')],
    ['no currency', xml.replace(' Ccy="EUR"', '')],
    ['an exponent', xml.replace('>12.50</InstdAmt>', '>1.25E1</InstdAmt>')],
    ['a thousands mark', xml.replace('>12.50</InstdAmt>', '>1,012.50</InstdAmt>')],
    ['an id of 36 characters', xml.replace('RUN-7/EUR', 'x'.repeat(36))],
    ['no transfers', xml.replace(/<CdtTrfTxInf>.*<\/CdtTrfTxInf>/, '')],
    ['an unknown element', xml.replace('<ChrgBr>', '<Fee>1</Fee><ChrgBr>')],
  ])('refuses %s', (_, broken) => {
    expect(broken).not.toBe(xml);
    expect(schemaFaults(broken)).toMatch(/Schemas validity error/);
  });
});
