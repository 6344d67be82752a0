import { describe, expect, it } from 'vitest';
import type { BankAccount, Payee } from '../../../../../shared/domain/payout/payee.ts';
import { checkPayee } from '../../../../../shared/domain/payout/payee-check.ts';

const limits = { currency: 'EUR', blockedCountries: ['RU'] };
const ann: BankAccount = {
  ...{ rail: 'bankAccount', holderName: 'Ann Example', country: 'DE' },
  account: { kind: 'iban', iban: 'DE02120300000000202051' },
};

function checked(payee: Payee, currency = 'EUR'): unknown {
  const result = checkPayee(payee, { ...limits, currency });
  return result.ok ? result.value : result.failure;
}

describe('a bank account', () => {
  it('comes out without spaces, in capitals, with names as banks write them', () => {
    const payee: Payee = {
      ...{ ...ann, holderName: ' Ann-Sofie  Müller ', town: 'Αθήνα' },
      account: { kind: 'iban', iban: 'de02 1203 0000 0000 2020 51', bic: 'byladem1001' },
    };
    expect(checked(payee)).toEqual({
      ...{ rail: 'bankAccount', holderName: 'Ann-Sofie Muller', town: 'Athina', country: 'DE' },
      account: { kind: 'iban', iban: 'DE02120300000000202051', bic: 'BYLADEM1001' },
    });
  });

  it('is paid in its own currency only where its number is of one country', () => {
    const sortCode = {
      kind: 'sortCode',
      sortCode: '20-00-00',
      accountNumber: '5577 9911',
    } as const;
    const account = { ...sortCode, sortCode: '200000', accountNumber: '55779911' };
    expect(checked({ ...ann, account: sortCode }, 'GBP')).toEqual({ ...ann, account });
    const other = { code: 'ACCOUNT_NOT_FOR_CURRENCY', field: 'payee.account.kind' };
    expect(checked({ ...ann, account: sortCode })).toEqual(other);
    expect(checked(ann, 'GBP')).toEqual(ann);
  });

  it('is in no blocked country, nor is its holder', () => {
    const iban = 'RU0204452560040702810412345678901';
    expect(checked({ ...ann, account: { kind: 'iban', iban } })).toEqual({
      ...{ code: 'COUNTRY_BLOCKED', field: 'payee.account.iban' },
    });
    expect(checked({ ...ann, country: 'RU' })).toEqual({
      ...{ code: 'COUNTRY_BLOCKED', field: 'payee.country' },
    });
  });

  it.each<[Partial<BankAccount>, code: string, field: string]>([
    [{ holderName: '王小明' }, 'OUTSIDE_CHARACTER_SET', 'payee.holderName'],
    [{ holderName: ' ' }, 'FIELD_INVALID', 'payee.holderName'],
    // As long as it may be before it is transliterated, and longer after.
    [{ holderName: 'ß'.repeat(71) }, 'FIELD_INVALID', 'payee.holderName'],
    [{ town: 'B'.repeat(36) }, 'FIELD_INVALID', 'payee.town'],
  ])('is refused with %o', (change, code, field) => {
    expect(checked({ ...ann, ...change })).toEqual({ code, field });
  });
});

describe('an account of the United States', () => {
  const account = {
    kind: 'routingNumber',
    routingNumber: '111000025',
    accountNumber: '12345678',
    accountType: 'checking',
  } as const;
  const address = { street: '1 Main St', postcode: '02110', state: 'MA' };
  const bob: BankAccount = {
    ...{ rail: 'bankAccount', holderName: 'Bob Example', town: 'Boston', country: 'US' },
    ...{ address, account },
  };

  it('is paid to where all of the address is known', () => {
    expect(checked(bob, 'USD')).toEqual(bob);
    expect(checked({ ...bob, address: { ...address, postcode: '02110-1234' } }, 'USD')).toEqual({
      ...{ ...bob, address: { ...address, postcode: '02110-1234' } },
    });
    const abroad: BankAccount = {
      ...{ ...bob, country: 'CA', address: { street: '1 Rue Élysée', postcode: 'H2X 1Y4' } },
    };
    expect(checked(abroad, 'USD')).toMatchObject({ address: { street: '1 Rue Elysee' } });
  });

  const { address: _address, ...unaddressed } = bob;
  const { town: _town, ...placeless } = bob;
  const stateless = { street: '1 Main St', postcode: '02110' };
  it.each<[BankAccount, code: string, field: string]>([
    [unaddressed, 'FIELD_MISSING', 'payee.address'],
    [placeless, 'FIELD_MISSING', 'payee.town'],
    [{ ...bob, address: stateless }, 'FIELD_MISSING', 'payee.address.state'],
    [{ ...bob, address: { ...address, state: 'XX' } }, 'FIELD_INVALID', 'payee.address.state'],
    [
      { ...bob, address: { ...address, postcode: 'H2X 1Y4' } },
      ...(['FIELD_INVALID', 'payee.address.postcode'] as const),
    ],
    [
      { ...bob, address: { ...address, street: '長安街' } },
      ...(['OUTSIDE_CHARACTER_SET', 'payee.address.street'] as const),
    ],
    [
      { ...bob, address: { ...address, street: ' ' } },
      ...(['FIELD_INVALID', 'payee.address.street'] as const),
    ],
  ])('is refused when it is chosen: %o', (payee, code, field) => {
    expect(checked(payee, 'USD')).toEqual({ code, field });
  });

  it('alone needs one', () => {
    expect(checked(ann)).toEqual(ann);
    const told: BankAccount = { ...ann, address: { street: '1 Straße', postcode: '50667' } };
    expect(checked(told)).toMatchObject({ address: { street: '1 Strase' } });
  });
});

describe('a receiver of PayPal', () => {
  it.each([
    ['phone', '+49 (151) 1234-5678', '+4915112345678'],
    ['payPalId', ' AK5HCWWRUV2KL ', 'AK5HCWWRUV2KL'],
    ['email', 'ann@example.com', 'ann@example.com'],
  ] as const)('by %s %s', (receiverKind, receiver, kept) => {
    const payee: Payee = { rail: 'payPal', receiverKind, receiver };
    expect(checked(payee)).toEqual({ ...payee, receiver: kept });
  });

  it.each([
    ['phone', '0151 12345678'],
    ['phone', '+0151 12345678'],
    ['payPalId', 'AK5HCWWRUV2K0'],
  ] as const)('is refused by %s %s', (receiverKind, receiver) => {
    const payee: Payee = { rail: 'payPal', receiverKind, receiver };
    expect(checked(payee)).toEqual({ code: 'INVALID_RECEIVER', field: 'payee.receiver' });
  });
});
