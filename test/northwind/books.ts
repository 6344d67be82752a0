import type { EcbHistory } from './ecb-history.ts';
import { currencyOn, type Member } from './members.ts';
import { floorOf, halfUp, plus, type Rational } from './rational.ts';

/** Sums by a name and a currency, such as a member's wallet or a program's account. */
export class Sums {
  readonly #sums = new Map<string, bigint>();

  add(name: string, currency: string, minor: bigint): void {
    const key = `${name} ${currency}`;
    this.#sums.set(key, (this.#sums.get(key) ?? 0n) + minor);
  }

  /** Those that are not zero. */
  told(): Record<string, string> {
    const kept = [...this.#sums].filter(([, minor]) => minor !== 0n);
    return Object.fromEntries(kept.sort().map(([key, minor]) => [key, minor.toString()]));
  }
}

/** What an order's cashback became; negative where a part of it goes back. */
export interface Kept {
  readonly member: string;
  readonly judgedCents: bigint;
  readonly currency: string;
  /** The member's own, without what is donated. */
  readonly ownMinor: bigint;
  readonly donatedMinor: bigint;
  readonly charity: string | undefined;
  /** In whole minor units, cut off. */
  readonly wholeMinor: bigint;
  readonly converted: boolean;
  /** The first day on which it can be spent; '' for at once. */
  readonly vestOn: string;
}

/** Balances of members that the program may hold; the dollar is its own currency. */
const wallets = 'EUR USD GBP SEK CHF DKK NOK PLN BRL MXN CAD ARS'.split(' ');
const purchase = 'USD';

export interface Earned {
  readonly cents: bigint;
  readonly date: string;
  readonly vestOn: string;
}

/**
 * Dollars judged, kept in the member's currency: half up, once. Euro where that currency is no
 * wallet or has no fresh rate; all these currencies have two digits.
 */
export function keep(history: EcbHistory, member: Member, earned: Earned): Kept {
  const { cents: judgedCents, date, vestOn } = earned;
  const wanted = currencyOn(member, date) ?? purchase;
  const isWallet = wallets.includes(wanted);
  const rate = isWallet ? history.rate(purchase, wanted, date) : undefined;
  const currency = rate === undefined ? 'EUR' : wanted;
  const used = rate ?? history.rate(purchase, 'EUR', date);
  if (used === undefined) throw new Error(`no rate on ${date}`);
  const converted = currency !== purchase;
  const exact: Rational = converted
    ? { top: judgedCents * used.top, bottom: used.bottom }
    : { top: judgedCents, bottom: 1n };
  const keptMinor = halfUp(exact);
  const percent = BigInt(member.donation?.percent ?? 0);
  const donatedMinor = halfUp({ top: keptMinor * percent, bottom: 100n });
  return {
    ...{ member: member.member, judgedCents, currency, converted, vestOn },
    ...{ charity: member.donation?.charity, donatedMinor, ownMinor: keptMinor - donatedMinor },
    wholeMinor: floorOf(exact),
  };
}

/** The part of each figure that has gone back by then, rounded down. */
export function partOf(kept: Kept, { top, bottom }: Rational): Kept {
  const part = (minor: bigint) => (minor * top) / bottom;
  return {
    ...kept,
    judgedCents: part(kept.judgedCents),
    ownMinor: part(kept.ownMinor),
    donatedMinor: part(kept.donatedMinor),
    wholeMinor: part(kept.wholeMinor),
  };
}

/** What takes one state to the other. */
export function change(from: Kept, to: Kept): Kept {
  return {
    ...to,
    judgedCents: to.judgedCents - from.judgedCents,
    ownMinor: to.ownMinor - from.ownMinor,
    donatedMinor: to.donatedMinor - from.donatedMinor,
    wholeMinor: to.wholeMinor - from.wholeMinor,
  };
}

/** Members' wallets and the accounts of the program, with the signs of the ledger. */
export class Books {
  readonly available = new Sums();
  /** By the day on which it can be spent. */
  readonly vesting = new Sums();
  readonly accounts = new Sums();
  readonly #asOf: string;

  /** `asOf`: what can be spent on that day or before is available. */
  constructor(asOf: string) {
    this.#asOf = asOf;
  }

  post(kept: Kept): void {
    const { member, currency, judgedCents, ownMinor, donatedMinor, wholeMinor } = kept;
    if (!kept.converted) this.accounts.add('issued', purchase, -ownMinor - donatedMinor);
    else {
      this.accounts.add('issued', purchase, -judgedCents);
      this.accounts.add('fxPosition', purchase, judgedCents);
      this.accounts.add('fxPosition', currency, -wholeMinor);
      this.accounts.add('rounding', currency, wholeMinor - ownMinor - donatedMinor);
    }
    this.accounts.add(`donation:${kept.charity}`, currency, donatedMinor);
    this.accounts.add('members', currency, ownMinor);
    if (kept.vestOn <= this.#asOf) this.available.add(member, currency, ownMinor);
    else this.vesting.add(`${member} ${kept.vestOn}`, currency, ownMinor);
  }
}

/** What wallets are worth together in one of their currencies: exact, and rounded half up once. */
export function worthOf(
  history: EcbHistory,
  wallets: Readonly<Record<string, string>>,
  { currency, date }: { readonly currency: string; readonly date: string },
): bigint {
  const worth = Object.entries(wallets).map(([from, minor]): Rational => {
    const rate = history.rate(from, currency, date);
    if (rate === undefined) throw new Error(`no rate from ${from} on ${date}`);
    return { top: BigInt(minor) * rate.top, bottom: rate.bottom };
  });
  return halfUp(worth.reduce(plus, { top: 0n, bottom: 1n }));
}
