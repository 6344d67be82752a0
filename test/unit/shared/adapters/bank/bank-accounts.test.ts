import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isUnset, readBankAccounts } from '../../../../../shared/adapters/bank/bank-accounts.ts';
import { debtorIn } from '../../../../support/bank-days.ts';

const euro = {
  ...debtorIn('EUR', { scheme: { kind: 'sepa' }, remittance: 'Cashback' }),
  writesAt: { hour: 9, timeZone: 'Europe/Berlin' },
};
const pound = debtorIn('GBP');

/** Through JSON, as a secret is. */
const secretOf = (...accounts: readonly object[]): unknown =>
  JSON.parse(JSON.stringify({ accounts }));

describe('the secret of the accounts that files are paid from', () => {
  it('has an account for each currency', () => {
    expect(readBankAccounts(secretOf(euro, pound))).toEqual([euro, pound]);
  });

  it('is as docs/providers.md shows it', () => {
    const [, example = ''] =
      /```json\n(.*?)```/s.exec(readFileSync('docs/providers.md', 'utf8')) ?? [];
    expect(readBankAccounts(JSON.parse(example))).toHaveLength(1);
  });

  it.each([
    ['no object', 'text', /not of the right form: \./],
    ['no accounts', {}, /right form: accounts/],
    ['an empty list', secretOf(), /needs an account/],
    ['a field too many', secretOf({ ...euro, pin: '1234' }), /right form: accounts\.0/],
    ['an hour there is none of', at({ hour: 24 }), /accounts\.0\.writesAt\.hour/],
    ['a zone there is none of', at({ timeZone: 'Mars/Base' }), /accounts\.0\.writesAt\.timeZone/],
    ['two for a currency', secretOf(euro, { ...euro, id: 'other' }), /pay in one currency/],
    ['two of a name', secretOf(euro, { ...pound, id: euro.id }), /have one id/],
    ['a wrong account number', secretOf(withIban('DE88370400440532013000')), /cannot be written/],
    ['more than a file holds', secretOf({ ...euro, maximumTransfers: 20_001 }), /maximumTransfers/],
  ])('is refused with %s, which is not quoted', (_, secret, message) => {
    const read = () => readBankAccounts(secret);
    expect(read).toThrow(message);
    expect(read).not.toThrow(/1234|Mars|DE88|Northwind/);
  });

  it('is unset as it is made, and as nothing else', () => {
    expect(isUnset({ unset: 'x'.repeat(64) })).toBe(true);
    expect(isUnset({ unset: 'x', accounts: [] })).toBe(false);
    expect(isUnset(secretOf(euro))).toBe(false);
    expect(isUnset(undefined)).toBe(false);
  });
});

function at(change: object): unknown {
  return secretOf({ ...euro, writesAt: { ...euro.writesAt, ...change } });
}

function withIban(iban: string): object {
  return { ...euro, party: { ...euro.party, account: { kind: 'iban', iban } } };
}
