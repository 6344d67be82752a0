import { describe, expect, it } from 'vitest';
import { parseAccountNumber } from '../../../../../shared/domain/payout/party-account.ts';
import { parseRoutingNumberAccount } from '../../../../../shared/domain/payout/routing-number.ts';
import { parseSortCodeAccount } from '../../../../../shared/domain/payout/sort-code.ts';

describe('an account of the United Kingdom', () => {
  it.each(['601613', '60-16-13', '60 16 13', ' 60-16-13 '])('has a sort code: %s', (code) => {
    expect(parseSortCodeAccount(code, '3192 6819')).toEqual({
      ok: true,
      value: { kind: 'sortCode', sortCode: '601613', accountNumber: '31926819' },
    });
  });

  it.each([
    ['60161', '31926819', 'SORT_CODE'],
    ['6016134', '31926819', 'SORT_CODE'],
    ['6-01613', '31926819', 'SORT_CODE'],
    ['000000', '31926819', 'SORT_CODE'],
    ['60161３', '31926819', 'SORT_CODE'],
    ['601613', '1926819', 'ACCOUNT_NUMBER'],
    ['601613', '131926819', 'ACCOUNT_NUMBER'],
    ['601613', '3192681A', 'ACCOUNT_NUMBER'],
    ['601613', '00000000', 'ACCOUNT_NUMBER'],
  ])('%s %s is refused for its %s', (code, number, failure) => {
    expect(parseSortCodeAccount(code, number)).toEqual({ ok: false, failure });
  });
});

describe('an account of the United States', () => {
  const account = (routingNumber: string, accountNumber = '12345678') =>
    parseRoutingNumberAccount({ routingNumber, accountNumber, accountType: 'checking' });

  it.each(['021000021', '111000025', '0210 0002-1', '322271627'])('%s is good', (routing) => {
    const routingNumber = routing.replaceAll(/\D/g, '');
    expect(account(routing)).toMatchObject({ ok: true, value: { routingNumber } });
  });

  it.each([
    ['02100002', 'LENGTH'],
    ['0210000211', 'LENGTH'],
    ['02100002A', 'LENGTH'],
    ['000000000', 'DISTRICT'],
    ['131000023', 'DISTRICT'],
    ['991000025', 'DISTRICT'],
    ['021000012', 'CHECK_DIGIT'],
    ['021000022', 'CHECK_DIGIT'],
    ['012000021', 'CHECK_DIGIT'],
  ])('%s is refused for its %s', (routing, failure) => {
    expect(account(routing)).toEqual({ ok: false, failure });
  });

  it.each(['123', '123456789012345678', '12A4', '0000'])('has no account number %s', (number) => {
    expect(account('021000021', number)).toEqual({ ok: false, failure: 'ACCOUNT_NUMBER' });
  });
});

describe('an account of any kind', () => {
  const spaced = 'de89 3704 0044 0532 0130 00';

  it('comes out as files take it', () => {
    expect(parseAccountNumber({ kind: 'iban', iban: spaced, bic: 'cobadeff' })).toEqual({
      ok: true,
      value: { kind: 'iban', iban: 'DE89370400440532013000', bic: 'COBADEFF' },
    });
    const british = { kind: 'sortCode', sortCode: '60-16-13', accountNumber: '31926819' } as const;
    expect(parseAccountNumber(british)).toMatchObject({ value: { sortCode: '601613' } });
  });

  it.each([
    [{ kind: 'iban', iban: 'DE88370400440532013000' }, 'IBAN', 'CHECK_DIGITS'],
    [{ kind: 'iban', iban: spaced, bic: 'COBA' }, 'BIC', 'LENGTH'],
    [{ kind: 'iban', iban: spaced, bic: 'COBAATWW' }, 'BIC', 'OTHER_COUNTRY'],
    [{ kind: 'sortCode', sortCode: '1', accountNumber: '31926819' }, 'SORT_CODE', 'SORT_CODE'],
    [
      { kind: 'routingNumber', routingNumber: '1', accountNumber: '1234', accountType: 'savings' },
      ...['ROUTING_NUMBER', 'LENGTH'],
    ],
  ] as [Parameters<typeof parseAccountNumber>[0], string, string][])(
    'says which part is wrong: %o',
    (account, code, fault) => {
      expect(parseAccountNumber(account)).toEqual({ ok: false, failure: { code, fault } });
    },
  );
});
