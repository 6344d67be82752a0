import { describe, expect, it } from 'vitest';
import { parseProgram } from '../../../../../../shared/domain/program/parse.ts';
import { booksByRates, needsRates } from '../../../../../../shared/domain/program/rates-needed.ts';
import { type Bends, toldOf, wholeProgram } from './whole-program.ts';

const names = { en: 'A rail', de: 'Ein Weg' };
const minimumMinor = { EUR: 1_000 };
const bank = {
  ...{ id: 'bank', kind: 'bankAccount', names, minimumMinor },
  sources: [{ provider: 'wise' }],
};
const payPal = {
  ...bank,
  id: 'pay-pal',
  kind: 'payPal',
  sources: [{ provider: 'paypal-payouts' }],
};
const card = {
  ...{ ...bank, id: 'card', kind: 'prepaidCard' },
  sources: [{ provider: 'tremendous', products: ['PREPAID'] }],
};
const gift = { id: 'gift', kind: 'donation', names, minimumMinor };
const points = { id: 'points', kind: 'points', names, minimumMinor, exchange: 'top-up' };
const payouts = { rails: [bank, payPal, card, gift] };
const exchange = { unit: 'PTS', points: 1, amountMinor: 200, currency: 'EUR', minimum: 500 };
const exchanges = [
  { id: 'top-up', direction: 'walletToPoints', ...exchange },
  { id: 'cash-out', direction: 'pointsToWallet', ...exchange, amountMinor: 100 },
];

const told = (change: object, bends: Bends = {}) =>
  toldOf({ '/payouts': { ...payouts, ...change }, ...bends });
const toldOfRail = (rail: object) => told({ rails: [rail] });

describe('payouts that fit', () => {
  it('are taken, with fees, limits and countries', () => {
    const fee = { bearer: 'member', fixedMinor: { EUR: 999 }, maximumMinor: { EUR: 999 } };
    const limits = { maximumMinor: { EUR: 1_000 }, countries: ['DE'], fee };
    const rails = [{ ...bank, ...limits, sources: [{ provider: 'wise' }] }, gift];
    const policy = { rails, secondPersonFrom: { EUR: 1 }, blockedCountries: ['FR', 'KP'] };
    expect(told(policy)).toEqual([]);
    expect(told({})).toEqual([]);
  });

  it.each([
    ['in the currency of the only wallet', { EUR: 1_000 }, false],
    ['in another one too', { EUR: 1_000, USD: 1_000 }, true],
  ])('need rates where money is converted: %s', (_, paid, expected) => {
    const award = { kind: 'percentage', unit: 'EUR', basisPoints: 100, rounding: 'down' };
    const rule = { id: 'cashback', when: { type: ['order.placed'] }, award };
    const read = parseProgram({
      ...{ program: 'paying', name: 'Paying', region: 'eu-west-1', timeZone: 'UTC' },
      ...{ languages: ['en'], units: { EUR: { names: { en: { other: 'cents' } } } } },
      ...{ currencies: ['EUR'], eventTypes: ['order.placed'], earning: { rules: [rule] } },
      ...{ expiry: [], redemption: {}, followUps: { caseAfterDays: 30 } },
      money: { wallets: Object.keys(paid) },
      payouts: { rails: [{ ...bank, minimumMinor: paid }] },
    });
    if (!('program' in read)) throw new Error(JSON.stringify(read.findings));
    expect(needsRates(read.program)).toBe(expected);
    // Whoever books purchases reads none for it.
    expect(booksByRates(read.program)).toBe(false);
  });
});

const at = '/payouts/rails/0';

describe('a rail', () => {
  it.each<[string, object]>([
    [`${at}/exchange: must name one of the \`exchanges\` that goes`, { ...points, exchange: 'no' }],
    [`${at}/exchange: says nothing of a bankAccount`, { ...bank, exchange: 'cash-out' }],
    [`${at}/fee: has no place: what is`, { ...gift, fee: { bearer: 'member', basisPoints: 1 } }],
    [`${at}/names: has no name in \`de\``, { ...bank, names: { en: 'Bank' } }],
    [`${at}/sources: has no place`, { ...gift, sources: bank.sources }],
    [
      `${at}/sources: must not be empty: a bankAccount is paid by one of wise, bank`,
      { ...bank, sources: [] },
    ],
    [
      `${at}/sources: must not be empty: a payPal is paid by paypal-payouts`,
      { ...payPal, sources: [] },
    ],
    [
      `${at}/sources: must not be empty: a prepaidCard is paid by a provider with \`products\``,
      { ...card, sources: [] },
    ],
    [
      `${at}/sources/0/provider: cannot pay a payPal: must be paypal-payouts`,
      { ...payPal, sources: [{ provider: 'wise' }] },
    ],
    [
      `${at}/sources/1/provider: wise is named already, at 0`,
      { ...bank, sources: [{ provider: 'wise' }, { provider: 'wise' }] },
    ],
    [
      `${at}/sources/0/products: are of cards`,
      { ...bank, sources: [{ provider: 'wise', products: ['A'] }] },
    ],
    [
      `${at}/sources/0/products: must not be empty`,
      { ...card, sources: [{ provider: 'tremendous' }] },
    ],
    [`${at}/minimumMinor: must not be empty`, { ...bank, minimumMinor: {} }],
    [
      `${at}/minimumMinor/SEK: is not among the \`currencies\` or the \`wallets\``,
      { ...bank, minimumMinor: { SEK: 1 } },
    ],
    [
      `${at}/maximumMinor/EUR: must be at least the minimum, 1000`,
      { ...bank, maximumMinor: { EUR: 999 } },
    ],
    [
      `${at}/maximumMinor/USD: is not paid: give it a \`minimumMinor\``,
      { ...bank, maximumMinor: { USD: 5_000 } },
    ],
    [`${at}/fee: costs nothing`, { ...bank, fee: { bearer: 'program' } }],
    [
      `${at}/fee/fixedMinor/USD: is not paid`,
      { ...bank, fee: { bearer: 'program', fixedMinor: { USD: 1 } } },
    ],
    [
      `${at}/fee/maximumMinor/USD: is not paid`,
      { ...bank, fee: { bearer: 'program', basisPoints: 1, maximumMinor: { USD: 1 } } },
    ],
    [
      `${at}/fee: takes all of the least payout in EUR, 1000`,
      { ...bank, fee: { bearer: 'member', fixedMinor: { EUR: 1_000 } } },
    ],
    [
      `${at}/countries/0: AT is not among the program's \`countries\``,
      { ...bank, countries: ['AT'] },
    ],
    [`${at}/countries/1: \`DE\` stands in this list already`, { ...bank, countries: ['DE', 'DE'] }],
  ])('is refused: %s', (finding, rail) => {
    expect(toldOfRail(rail)).toEqual([expect.stringContaining(finding)]);
  });

  it('has an id of its own', () => {
    expect(told({ rails: [bank, bank] })).toEqual([
      '/payouts/rails/1/id: is the id of /payouts/rails/0 already: give each its own',
    ]);
  });

  it.each(['HUF', 'TWD', 'INR'])(
    'of PayPal does not pay %s: no payout could be sent',
    (currency) => {
      const rails = [{ ...payPal, minimumMinor: { [currency]: 1_000 } }];
      expect(told({ rails }, { '/currencies/-': currency })).toContain(
        `${at}/minimumMinor/${currency}: is none that PayPal pays to the last digit`,
      );
    },
  );

  it('is not in a country that is blocked', () => {
    const rails = [{ ...bank, countries: ['DE', 'FR'] }];
    expect(told({ rails, blockedCountries: ['FR'] })).toEqual([
      `${at}/countries/1: FR is among the \`blockedCountries\``,
    ]);
  });

  it('gives only to charities that the program names, out of wallets', () => {
    const rails = [gift];
    const needs = `${at}/kind: needs \`donations\`: whom members can give to`;
    expect(told({ rails }, { '/donations': undefined })).toEqual([needs]);
    const abroad = [{ ...gift, minimumMinor: { USD: 1 } }];
    expect(told({ rails: abroad }, { '/currencies/-': 'USD' })).toContain(
      `${at}/minimumMinor/USD: is not among the \`wallets\``,
    );
  });
});

describe('a rail of points', () => {
  const toldOfPoints = (change: object, rest: object = {}, bends: Bends = {}) =>
    told({ rails: [{ ...points, ...change }], ...rest }, { '/exchanges': exchanges, ...bends });

  it('fits where its exchange goes from the wallet', () => {
    expect(toldOfPoints({ countries: ['DE'] })).toEqual([]);
  });

  it.each<[string, object]>([
    [`${at}/exchange: must name one of the \`exchanges\` that goes`, { exchange: undefined }],
    [`${at}/exchange: must name one of the \`exchanges\` that goes`, { exchange: 'cash-out' }],
    [`${at}/fee: has no place: points cost`, { fee: { bearer: 'member', basisPoints: 1 } }],
    [`${at}/maximumMinor: has no place: points never`, { maximumMinor: { EUR: 5_000 } }],
    [`${at}/sources: has no place: nobody outside`, { sources: bank.sources }],
    [
      `${at}/minimumMinor/EUR: is less than \`top-up\` turns into points`,
      { minimumMinor: { EUR: 499 } },
    ],
  ])('is refused: %s', (finding, change) => {
    expect(toldOfPoints(change)).toEqual([expect.stringContaining(finding)]);
  });

  it('takes what members hold, and asks no second person', () => {
    const abroad = toldOfPoints({ minimumMinor: { USD: 1 } }, {}, { '/currencies/-': 'USD' });
    expect(abroad).toContain(`${at}/minimumMinor/USD: is not among the \`wallets\``);
    expect(toldOfPoints({}, { secondPersonFrom: { EUR: 1 } })).toEqual([
      '/payouts/secondPersonFrom/EUR: is paid by none of the `rails`',
    ]);
  });
});

it('looks at amounts that some rail pays', () => {
  expect(told({ secondPersonFrom: { USD: 1 } })).toEqual([
    '/payouts/secondPersonFrom/USD: is paid by none of the `rails`',
  ]);
});

it('needs money that members can hold', () => {
  const read = parseProgram({
    ...wholeProgram(),
    ...{ units: { PTS: { names: { en: { other: 'points' }, de: { other: 'Punkte' } } } } },
    ...{ money: { wallets: [] }, payouts },
  });
  const findings = 'findings' in read ? read.findings : [];
  expect(findings.map(({ pointer, message }) => `${pointer}: ${message}`)).toContain(
    '/payouts: pays out money, but members may hold none: name `wallets`',
  );
});
