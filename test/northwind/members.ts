import type { Order } from './orders.ts';

export interface Donation {
  readonly charity: string;
  readonly percent: number;
}

export interface Member {
  readonly member: string;
  readonly country: string;
  /** Of the country, in the years of the orders; some companies have told none. */
  readonly currency: string | undefined;
  /** The first day of the month of the first order. */
  readonly enrolled: string;
  readonly donation: Donation | undefined;
  /** From a day on it wants its cashback in another currency; what it has stays where it is. */
  readonly moved: { readonly on: string; readonly currency: string } | undefined;
}

/** What a company wants its cashback in. */
export function currencyOn(member: Member, date: string): string | undefined {
  const { currency, moved } = member;
  return moved !== undefined && date >= moved.on ? moved.currency : currency;
}

/** The country's code, and its currency from 2021 to 2023. */
const countries: Readonly<Record<string, readonly [code: string, currency: string]>> = {
  Argentina: ['AR', 'ARS'],
  Austria: ['AT', 'EUR'],
  Belgium: ['BE', 'EUR'],
  Brazil: ['BR', 'BRL'],
  Canada: ['CA', 'CAD'],
  Denmark: ['DK', 'DKK'],
  Finland: ['FI', 'EUR'],
  France: ['FR', 'EUR'],
  Germany: ['DE', 'EUR'],
  Ireland: ['IE', 'EUR'],
  Italy: ['IT', 'EUR'],
  Mexico: ['MX', 'MXN'],
  Norway: ['NO', 'NOK'],
  Poland: ['PL', 'PLN'],
  Portugal: ['PT', 'EUR'],
  Spain: ['ES', 'EUR'],
  Sweden: ['SE', 'SEK'],
  Switzerland: ['CH', 'CHF'],
  UK: ['GB', 'GBP'],
  USA: ['US', 'USD'],
  Venezuela: ['VE', 'VES'],
};

const percents = [10, 25, 33, 50, 100];
const charities = ['food-banks', 'apprentices'];

/** Companies of the orders, in the order of their references. */
export function membersOf(orders: readonly Order[]): Member[] {
  const first = new Map<string, Order>();
  for (const order of orders) {
    const known = first.get(order.member);
    if (known === undefined || order.date < known.date) first.set(order.member, order);
  }
  const sorted = [...first.values()].sort((left, right) => (left.member < right.member ? -1 : 1));
  return sorted.map(({ member, country, date }, index) => {
    const [code = '', currency] = countries[country] ?? [];
    const isEarly = index % 10 === 3 && date < move.on;
    return {
      ...{ member, country: code, enrolled: `${date.slice(0, 7)}-01` },
      moved: isEarly ? move : undefined,
      currency: index % 17 === 5 ? undefined : currency,
      donation: index % 3 === 1 ? donationOf(Math.floor(index / 3)) : undefined,
    };
  });
}

const move = { on: '2022-07-01', currency: 'CHF' };

function donationOf(index: number): Donation {
  const percent = percents[index % percents.length] ?? 100;
  return { charity: charities[index % charities.length] ?? '', percent };
}

/** Lines of an events file that enrol a company and change what it has told. */
export function memberLines(member: Member, withDonations: boolean): object[] {
  const { country, currency, donation, enrolled, moved } = member;
  const enrolment = commandLine(member, 'enrolled', enrolled, {
    ...{ kind: 'company', country },
    ...(currency !== undefined && { currency }),
    ...(withDonations && donation !== undefined && { donation }),
  });
  if (moved === undefined) return [enrolment];
  return [enrolment, commandLine(member, 'changed', moved.on, { currency: moved.currency })];
}

function commandLine({ member }: Member, what: string, date: string, data: object): object {
  return {
    ...{ id: `${what}-${member}`, source: 'crm', actor: 'crm', type: `member.${what}` },
    ...{ member, occurredAt: `${date}T00:00:00Z`, data },
  };
}
