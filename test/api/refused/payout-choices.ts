import { each, noCountries, noCurrencies, noEmails, type Refused } from './row.ts';

const bank = 'to a bank account';
const payPal = 'to a PayPal account';
const gift = 'all of it given away';
const british = 'to an account in Britain';

const iban = { kind: 'iban', iban: 'DE02120300000000202051' };
const sortCode = { kind: 'sortCode', sortCode: '200000', accountNumber: '55779911' };
const routing = {
  ...{ kind: 'routingNumber', routingNumber: '021000021', accountNumber: '12345678' },
  accountType: 'checking',
};
const holder = { rail: 'bankAccount', holderName: 'Ann Example', country: 'DE', account: iban };
const american = {
  ...{ ...holder, country: 'US', town: 'Boston', account: routing },
  address: { street: '1 Main St', postcode: '02110', state: 'MA' },
};
const receiver = { rail: 'payPal', receiverKind: 'email', receiver: 'ann@example.com' };

type Fields = Readonly<Record<string, unknown>>;
type Told = readonly [code: Refused['code'], field: string, value: unknown];

/** Rows of a payee with another value at a dotted path into the body. */
function payee(of: string, standard: Fields, rows: readonly Told[], more: Fields = {}): Refused[] {
  return rows.map(([code, field, value]) => {
    const path = field.split('.').slice(1);
    return { of, code, field, body: { ...more, payee: replaced(standard, path, value) } };
  });
}

function replaced(whole: Fields, [name = '', ...rest]: readonly string[], value: unknown): Fields {
  if (rest.length === 0) return { ...whole, [name]: value };
  return { ...whole, [name]: replaced(whole[name] as Fields, rest, value) };
}

const codesOf = (code: Refused['code'], field: string, values: readonly unknown[]): Told[] =>
  values.map((value) => [code, field, value]);

const accounts: readonly Refused[] = [
  ...payee(bank, holder, [
    ...codesOf('INVALID_IBAN', 'payee.account.iban', [
      ...['DE03120300000000202051', 'DE0212030000000020205', 'XX02120300000000202051', 'ann'],
      ...['DE02 1203 0000 0000 2020 5X', 'D'.repeat(65), 5],
    ]),
    ...codesOf('FIELD_MISSING', 'payee.account.iban', ['', undefined]),
    ['COUNTRY_BLOCKED', 'payee.account.iban', 'RU0204452560040702810412345678901'],
    ['COUNTRY_BLOCKED', 'payee.country', 'RU'],
    ...codesOf('INVALID_COUNTRY', 'payee.country', noCountries),
    ...codesOf('OUTSIDE_CHARACTER_SET', 'payee.holderName', ['王小明', 'Ann 💶', 'Анна 中']),
    ...codesOf('FIELD_INVALID', 'payee.holderName', ['A'.repeat(71), 'A\nB', 5]),
    ...codesOf('FIELD_INVALID', 'payee.holderName', ['A'.repeat(141), '   ']),
    ...codesOf('FIELD_MISSING', 'payee.holderName', ['', undefined]),
    ['OUTSIDE_CHARACTER_SET', 'payee.town', '東京'],
    ['FIELD_INVALID', 'payee.town', 'B'.repeat(36)],
    ...codesOf('FIELD_INVALID', 'payee.account.kind', ['card', 5]),
    ...codesOf('FIELD_MISSING', 'payee.account', [undefined]),
    ['UNKNOWN_FIELD', 'payee.account.cvc', '123'],
    ['FIELD_INVALID', 'payee.rail', 'cash'],
  ]),
  ...payee(bank, { ...holder, account: { ...iban, bic: 'BYLADEM1' } }, [
    ...codesOf('INVALID_BIC', 'payee.account.bic', ['BYLADEM', 'BARCGB22', 'BYLAXXM1', 5]),
  ]),
  ...payee(british, { ...holder, account: sortCode }, [
    ...codesOf('INVALID_SORT_CODE', 'payee.account.sortCode', ['20000', '000000', '2-00000', 5]),
    ...codesOf('INVALID_ACCOUNT_NUMBER', 'payee.account.accountNumber', [
      ...['5577991', '557799111', '00000000', 'ABCDEFGH', 5],
    ]),
  ]),
  ...payee(
    british,
    american,
    [
      ...codesOf('FIELD_MISSING', 'payee.address', [undefined]),
      ...codesOf('FIELD_MISSING', 'payee.town', [undefined]),
      ...codesOf('FIELD_MISSING', 'payee.address.street', ['', undefined]),
      ...codesOf('FIELD_MISSING', 'payee.address.postcode', ['', undefined]),
      ...codesOf('FIELD_MISSING', 'payee.address.state', [undefined]),
      ...codesOf('FIELD_INVALID', 'payee.address.state', ['XX', 'ma', 'MAS', 5]),
      ...codesOf('FIELD_INVALID', 'payee.address.postcode', ['H2X 1Y4', '0'.repeat(17), 5]),
      ...codesOf('FIELD_INVALID', 'payee.address.street', ['A'.repeat(71), 'A\nB', 5]),
      ['OUTSIDE_CHARACTER_SET', 'payee.address.street', '長安街'],
      ['UNKNOWN_FIELD', 'payee.address.floor', '3'],
      ...codesOf('INVALID_ROUTING_NUMBER', 'payee.account.routingNumber', [
        ...['021000022', '02100002', '991000021', 5],
      ]),
      ...codesOf('INVALID_ACCOUNT_NUMBER', 'payee.account.accountNumber', ['123', '0000', 'x']),
      ['FIELD_INVALID', 'payee.account.accountType', 'gold'],
    ],
    { currency: 'USD' },
  ),
  {
    ...{ of: bank, code: 'ACCOUNT_NOT_FOR_CURRENCY', field: 'payee.account.kind' },
    body: { payee: { ...holder, account: sortCode } },
  },
  {
    ...{ of: british, code: 'ACCOUNT_NOT_FOR_CURRENCY', field: 'payee.account.kind' },
    body: { payee: { ...holder, account: routing } },
  },
];

export const refusedPayoutChoices: readonly Refused[] = [
  ...each(bank, 'RAIL_NOT_OFFERED', 'rail', ['cheque', 'toString', 'x'.repeat(63)]),
  ...each(bank, 'FIELD_INVALID', 'rail', ['x'.repeat(64), 5]),
  ...each(bank, 'FIELD_MISSING', 'rail', ['', undefined]),
  ...each(bank, 'UNKNOWN_CURRENCY', 'currency', noCurrencies),
  ...each(bank, 'CURRENCY_NOT_ON_RAIL', 'currency', ['CHF', 'JPY']),
  ...each(payPal, 'CURRENCY_NOT_ON_RAIL', 'currency', ['GBP']),
  ...each(bank, 'INVALID_COUNTRY', 'country', noCountries),
  ...each(bank, 'COUNTRY_BLOCKED', 'country', ['RU']),
  ...each(payPal, 'COUNTRY_NOT_ON_RAIL', 'country', ['FR']),
  ...each(bank, 'FIELD_MISSING', 'payee', [undefined]),
  ...each(bank, 'FIELD_INVALID', 'payee', ['DE02120300000000202051', []]),
  ...each(gift, 'PAYEE_NOT_WANTED', 'payee', [receiver]),
  ...each(gift, 'FIELD_MISSING', 'donation', [undefined]),
  {
    ...{ of: bank, code: 'FIELD_INVALID', field: 'payee.rail' },
    body: { payee: receiver },
  },
  {
    ...{ of: gift, code: 'UNKNOWN_CHARITY', field: 'donation.charity' },
    body: { donation: { charity: 'toString', percent: 100 } },
  },
  ...[bank, gift].map(
    (of): Refused => ({
      ...{ of, code: 'SHARE_NOT_OFFERED', field: 'donation.percent' },
      body: { donation: { charity: 'food-bank', percent: of === gift ? 10 : 100 } },
    }),
  ),
  ...[11, 99].map(
    (percent): Refused => ({
      ...{ of: bank, code: 'SHARE_NOT_OFFERED', field: 'donation.percent' },
      body: { donation: { charity: 'food-bank', percent } },
    }),
  ),
  ...[0, 101, 1.5, '10', -5].map(
    (percent): Refused => ({
      ...{ of: bank, code: 'FIELD_INVALID', field: 'donation.percent' },
      body: { donation: { charity: 'food-bank', percent } },
    }),
  ),
  ...payee(payPal, receiver, [
    ...codesOf(
      'INVALID_EMAIL',
      'payee.receiver',
      noEmails.filter((it) => typeof it === 'string' && it.length <= 127),
    ),
    ...codesOf('INVALID_RECEIVER', 'payee.receiver', [`${'a'.repeat(122)}@b.com`, 5]),
    ['FIELD_INVALID', 'payee.receiverKind', 'handle'],
  ]),
  ...payee(payPal, { ...receiver, receiverKind: 'phone' }, [
    ...codesOf('INVALID_RECEIVER', 'payee.receiver', [
      ...['0151 2345678', '+0151234567', '+49', '+4915123456789012', 'ann@example.com'],
    ]),
  ]),
  ...payee(payPal, { ...receiver, receiverKind: 'payPalId' }, [
    ...codesOf('INVALID_RECEIVER', 'payee.receiver', ['AK5HCWWRUV2K', 'AK5HCWWRUV2KO', 'ann']),
  ]),
  { of: british, code: 'UNKNOWN_MEMBER', path: { member: 'nobody-at-all' } },
  { of: 'how they are paid', code: 'UNKNOWN_PAYOUT_CHOICE' },
  ...accounts,
];
