import { readFileSync } from 'node:fs';
import { Books, change, type Kept, keep, partOf } from './books.ts';
import type { EcbHistory } from './ecb-history.ts';
import type { Member } from './members.ts';
import type { Order } from './orders.ts';
import { TierByReview } from './tier-by-review.ts';

/** Of an order, so much comes back. */
export interface Return {
  readonly id: string;
  readonly order: Order;
  readonly cents: bigint;
  readonly date: string;
}

interface Setting {
  readonly orders: readonly Order[];
  readonly returns: readonly Return[];
  readonly members: readonly Member[];
  readonly history: EcbHistory;
  /** The day on which the books are looked at. */
  readonly asOf: string;
}

type Happening =
  | { readonly date: string; readonly order: Order }
  | { readonly date: string; readonly returned: Return };

/** In the order of time; of one day, orders first. */
function happenings({ orders, returns }: Setting): Happening[] {
  const back = returns.map((returned): Happening => ({ date: returned.date, returned }));
  const placed = orders.map((order): Happening => ({ date: order.date, order }));
  return [...placed, ...back].sort((left, right) => {
    if (left.date === right.date) return Number('returned' in left) - Number('returned' in right);
    return left.date < right.date ? -1 : 1;
  });
}

interface Judge {
  /** Dollar cents of cashback, what they were counted of, and when they can be spent. */
  earned(order: Order): { readonly cents: bigint; readonly basis: bigint; readonly vestOn: string };
  returned?(returned: Return): void;
}

interface Gain {
  readonly kept: Kept;
  readonly basis: bigint;
}

class Play {
  readonly #judge: Judge;
  readonly #history: EcbHistory;
  readonly #books: Books;
  readonly #members: ReadonlyMap<string, Member>;
  readonly #gains = new Map<Order, Gain>();
  readonly #returned = new Map<Order, bigint>();

  constructor({ members, history }: Setting, judge: Judge, books: Books) {
    this.#judge = judge;
    this.#history = history;
    this.#books = books;
    this.#members = new Map(members.map((member) => [member.member, member]));
  }

  place(order: Order): void {
    const member = this.#members.get(order.member);
    if (member === undefined) throw new Error(`no member ${order.member}`);
    const { basis, ...earned } = this.#judge.earned(order);
    if (earned.cents === 0n) return;
    const kept = keep(this.#history, member, { ...earned, date: order.date });
    this.#gains.set(order, { kept, basis });
    this.#books.post(kept);
  }

  /** In proportion to the cents; the basis that has gone back is a whole number, rounded down. */
  takeBack(returned: Return): void {
    this.#judge.returned?.(returned);
    const { order, cents } = returned;
    const before = this.#returned.get(order) ?? 0n;
    this.#returned.set(order, before + cents);
    const gain = this.#gains.get(order);
    if (gain === undefined) return;
    const gone = (by: bigint) =>
      partOf(gain.kept, { top: (gain.basis * by) / order.cents, bottom: gain.basis });
    this.#books.post(change(gone(before + cents), gone(before)));
  }
}

function play(setting: Setting, judge: Judge): Books {
  const books = new Books(setting.asOf);
  const playing = new Play(setting, judge, books);
  for (const happening of happenings(setting)) {
    if ('returned' in happening) playing.takeBack(happening.returned);
    else playing.place(happening.order);
  }
  return books;
}

/** Lines of listed products at their rates, cut off to whole cents once; 30 days until vesting. */
export function brakesBooks(setting: Setting, productListPath: string): Books {
  const { products } = JSON.parse(readFileSync(productListPath, 'utf8')) as {
    readonly products: Readonly<Record<string, { readonly basisPoints: number }>>;
  };
  const rateOf = (product: string) => BigInt(products[product]?.basisPoints ?? 0);
  return play(setting, {
    earned: ({ lines, date }) => {
      const basis = lines.reduce((sum, { product, cents }) => sum + cents * rateOf(product), 0n);
      return { basis, cents: basis / 10_000n, vestOn: startOfMonthFrom(addDays(date, 30)) };
    },
  });
}

/** 1.5 % of every order, and the bonus of the tier on top. */
export function bofaBooks(setting: Setting): Books {
  const tiers = new Map(
    setting.members.map(({ member, enrolled }) => [member, new TierByReview(enrolled)]),
  );
  const tierOf = (member: string) => {
    const tier = tiers.get(member);
    if (tier === undefined) throw new Error(`no member ${member}`);
    return tier;
  };
  return play(withoutDonations(setting), {
    earned: ({ member, cents, date }) => {
      const percent = tierOf(member).percentOn(date);
      tierOf(member).spend(date, cents);
      return { basis: cents, cents: (cents * 150n * percent) / 1_000_000n, vestOn: '' };
    },
    returned: ({ order, cents, date }) => {
      tierOf(order.member).reviewBy(date);
      tierOf(order.member).spend(order.date, -cents);
    },
  });
}

function withoutDonations(setting: Setting): Setting {
  const members = setting.members.map((member) => ({ ...member, donation: undefined }));
  return { ...setting, members };
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The day itself where it is the first of a month, else the first of the next one. */
function startOfMonthFrom(date: string): string {
  if (date.endsWith('-01')) return date;
  const [year = 0, month = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}
