import { parseProgram } from '../../../shared/domain/program/parse.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import { instantOf } from '../../../shared/domain/time.ts';

/** The day of the run, and of the rates that its payouts are converted by. */
export const asOf = instantOf(Date.parse('2026-03-03T00:00:00+01:00'));

/** By the euro. What comes back later is converted by the rates of a later day. */
export const rates = 'Date,USD,GBP,\n2026-03-04,1.28,0.82,\n2026-03-02,1.25,0.8,\n';

const least = { EUR: 1000, GBP: 1000, USD: 1000 };
const gifts = { EUR: 100, GBP: 100, USD: 100 };
const basisPoints = 1000;

const cards = ['TRAVEL-CARD@EUR', 'TRAVEL-CARD@GBP', 'RELOADABLE-CARD-USD'];

const rails = [
  {
    ...{ id: 'paypal', kind: 'payPal', names: { en: 'PayPal' }, minimumMinor: least },
    ...{ sources: [{ provider: 'paypal-payouts' }], fee: { bearer: 'member', basisPoints: 100 } },
  },
  {
    ...{ id: 'bank', kind: 'bankAccount', names: { en: 'Bank account' }, minimumMinor: least },
    sources: [{ provider: 'wise' }],
    fee: { bearer: 'member', fixedMinor: { EUR: 30, GBP: 25, USD: 45 } },
  },
  {
    ...{ id: 'card', kind: 'prepaidCard', names: { en: 'Prepaid card' }, minimumMinor: least },
    sources: [{ provider: 'tremendous', products: cards }],
    fee: { bearer: 'program', fixedMinor: { EUR: 50, GBP: 40, USD: 50 } },
  },
  { id: 'gift', kind: 'donation', names: { en: 'All to charity' }, minimumMinor: gifts },
];

/** The four rails; `blocked`: countries that nothing is paid to. */
export function fourRailsProgram(blocked: readonly string[]): Program {
  const cashback = { kind: 'percentage', unit: 'purchaseCurrency', basisPoints, rounding: 'down' };
  const read = parseProgram({
    ...{ program: 'four-rails', name: 'Cashback by four rails', region: 'eu-west-1' },
    ...{ timeZone: 'Europe/Berlin', languages: ['en'], eventTypes: ['order.placed'] },
    units: { PTS: { names: { en: { one: 'point', other: 'points' } } } },
    ...{ currencies: ['EUR', 'GBP', 'USD'], countries: ['DE', 'GB', 'US', 'FR'] },
    money: { wallets: ['EUR', 'GBP', 'USD'], staleDays: 60 },
    donations: { charities: { 'food-banks': { names: { en: 'Food banks' } } } },
    earning: { rules: [{ id: 'cashback', when: { type: ['order.placed'] }, award: cashback }] },
    ...{ expiry: [{ unit: 'PTS', kind: 'never' }], redemption: {} },
    payouts: { rails, blockedCountries: blocked },
    followUps: { caseAfterDays: 60 },
  });
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  return read.program;
}

const homes = [
  ['EUR', 'DE'],
  ['GBP', 'GB'],
  ['USD', 'US'],
] as const;
export type Currency = (typeof homes)[number][0];

export interface Wallet {
  readonly currency: Currency;
  readonly earnedMinor: bigint;
}

export interface Payee {
  readonly member: string;
  readonly rail: string;
  readonly currency: Currency;
  readonly country: string;
  readonly donatedPercent: number;
  readonly wallets: readonly Wallet[];
  /** PayPal knows nobody by that address, and gives the money back after a month. */
  readonly isStranger: boolean;
}

/** Who is to be paid: the same each time. */
export function payeeAt(index: number): Payee {
  const rail = rails[index % rails.length]?.id ?? '';
  const turn = Math.floor(index / rails.length);
  const [currency, home] = homes[turn % homes.length] ?? homes[0];
  const [further] = homes[(turn + 1) % homes.length] ?? homes[0];
  const isLow = index % 20 === 19;
  // A card may not be sold abroad: whoever is blocked has chosen another rail.
  const isBlocked = index % 20 === 13;
  const earnedMinor = isLow ? 500n : BigInt(2000 + ((index * 37) % 4001));
  const hasMore = index % 5 === 2 && !isLow;
  const percent = index % 6 === 1 ? 25 : 0;
  return {
    ...{ member: `m-${index}`, rail: isLow ? 'card' : rail, currency },
    country: isBlocked ? 'FR' : home,
    donatedPercent: rail === 'gift' && !isLow ? 100 : percent,
    wallets: [
      { currency, earnedMinor },
      ...(hasMore ? [{ currency: further, earnedMinor: earnedMinor + 1234n }] : []),
    ],
    isStranger: rail === 'paypal' && index % 24 === 16,
  };
}

/** Of what is earned, in minor units. */
export function spentMinor({ earnedMinor }: Wallet): string {
  return `${(earnedMinor * 10_000n) / BigInt(basisPoints)}`;
}

const accounts: Readonly<Record<Currency, object>> = {
  EUR: { kind: 'iban', iban: 'DE02120300000000202051' },
  GBP: { kind: 'sortCode', sortCode: '200000', accountNumber: '55779911' },
  USD: {
    ...{ kind: 'routingNumber', routingNumber: '021000021', accountNumber: '12345678' },
    accountType: 'checking',
  },
};

/** The body by which a member chooses. */
export function choiceOf(payee: Payee): object {
  const { member, rail, currency, country, donatedPercent: percent, isStranger } = payee;
  const receiver = `${member}@${isStranger ? 'mail.unregistered.test' : 'example.com'}`;
  const address = { street: '1 Example Road', postcode: '10001', state: 'NY' };
  const holder = { holderName: 'Ann Example', town: 'Example Town', country };
  const isAddressed = currency === 'USD';
  const payees: Readonly<Record<string, object>> = {
    paypal: { rail: 'payPal', receiverKind: 'email', receiver },
    bank: {
      ...{ rail: 'bankAccount', ...holder, account: accounts[currency] },
      ...(isAddressed && { address }),
    },
  };
  return {
    ...{ rail, currency, country },
    ...(percent > 0 && { donation: { charity: 'food-banks', percent } }),
    ...(payees[rail] && { payee: payees[rail] }),
  };
}
