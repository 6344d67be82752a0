import type { Randomness } from '../../shared/ports/runtime.ts';

export type Body = Readonly<Record<string, unknown>>;

/** What one customer does: an event or a redemption that may be sent more than once. */
export type Act =
  | { readonly kind: 'event'; readonly body: Body }
  | { readonly kind: 'redeem'; readonly key: string; readonly member: string; readonly body: Body };

export class Dice {
  readonly #randomness: Randomness;

  constructor(randomness: Randomness) {
    this.#randomness = randomness;
  }

  /** A whole number from 0 up to, and without, `bound`. */
  below(bound: number): number {
    return Math.floor(this.#randomness.next() * bound);
  }

  chance(share: number): boolean {
    return this.#randomness.next() < share;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('There is nothing to pick from.');
    return item;
  }
}

const members = ['ann', 'bob', 'cem', 'dia'];

/**
 * A few weeks of a small shop: orders, returns before and after them, mistakes, and redemptions.
 */
export function customerActs(dice: Dice, count: number): Act[] {
  const orders: { readonly id: string; readonly member: string }[] = [];
  return Array.from({ length: count }, (_, index): Act => {
    const kind = dice.below(10);
    if (kind < 5 || orders.length === 0) {
      const placed = { id: `o${index}`, member: dice.pick(members) };
      orders.push(placed);
      return event(dice, { ...placed, type: 'order.placed' });
    }
    if (kind === 5) return event(dice, returnOf(dice, index, orders));
    if (kind === 6) {
      const known = dice.pick(orders);
      const member = dice.chance(0.3) ? dice.pick(members) : known.member;
      return event(dice, { ...known, member, type: 'order.placed' });
    }
    return redemption(dice, index);
  });
}

function returnOf(dice: Dice, index: number, orders: readonly { id: string; member: string }[]) {
  const known = dice.pick(orders);
  const late = `o${index + 1 + dice.below(4)}`;
  const id = dice.chance(0.3) ? late : known.id;
  const named = dice.chance(0.7) ? { refersTo: { source: 'shop', id } } : {};
  const member = dice.chance(0.1) ? dice.pick(members) : known.member;
  return { id: `r${index}`, member, type: 'order.returned', ...named };
}

function event(dice: Dice, parts: Body): Act {
  const amountMinor = 1000 * dice.below(300) + dice.below(100);
  const occurredAt = `2026-06-0${1 + dice.below(9)}T10:00:00Z`;
  const currency = dice.chance(0.03) ? 'JPY' : 'GBP';
  const body = { source: 'shop', occurredAt, amountMinor, currency, ...parts };
  return { kind: 'event', body };
}

function redemption(dice: Dice, index: number): Act {
  const member = dice.pick(members);
  const key = dice.chance(0.2) ? `k${dice.below(index)}` : `k${index}`;
  const amountMinor = 500 + 100 * dice.below(20);
  const body = { rewardId: 'gift-card-gbp', amountMinor, currency: 'GBP', country: 'GB' };
  return { kind: 'redeem', key, member, body: { ...body, email: `${member}@example.com` } };
}
