import { type Answer, answered } from '../common/answer.ts';
import { refused } from './answer.ts';
import { linkOf, type StoredItem, type StoredOrder } from './store.ts';

/** One that is not completed says no more of itself than this. */
function incompleteView({ id, status }: StoredOrder): object {
  return { id, status, message: status === 'FAILED' ? 'It has failed.' : 'It is being made.' };
}

export function asyncView({ id, status }: StoredOrder): object {
  return { id, status };
}

/** As lists and webhooks show it: neither items nor metadata. */
export function basicView(order: StoredOrder): object {
  if (order.status !== 'COMPLETED') return incompleteView(order);
  const { id, status, createdAt, completedAt, description, currency } = order;
  return {
    ...{ id, status, created_at: vendorTime(createdAt), completed_at: vendorTime(completedAt) },
    description,
    payment_method: { type: 'ACCOUNT_BALANCE', currency },
    ...{ currency, total_price: order.totalPrice, total_discount: order.totalDiscount },
  };
}

/** The whole order, with its links. */
export function orderView(order: StoredOrder): object {
  if (order.status !== 'COMPLETED') return incompleteView(order);
  const { items, metadata, currency, fx } = order;
  const fee = fx && { value: fx.fee, currency };
  const first = items[0];
  return {
    ...basicView(order),
    items: items.map((item) => itemView(order, item)),
    transaction_detail: {
      [first?.currency ?? currency]: {
        value: first?.price ?? '0',
        fx: fx && { rate: fx.rate, rate_symbol: fx.symbol, fee },
      },
    },
    metadata,
  };
}

function itemView({ completedAt }: StoredOrder, item: StoredItem): object {
  return {
    id: item.id,
    distribution_method: item.distribution,
    products: item.products,
    face_value: item.faceValue,
    price: item.price,
    currency: item.currency,
    payout: {
      status: item.payoutStatus,
      status_updated_at: vendorTime(completedAt),
      url: linkOf(item),
      expiry_date: null,
    },
  };
}

/** Microseconds and an offset, as the vendor writes them. */
function vendorTime(at: string | null): string | null {
  return at === null ? null : at.replace('Z', '000+00:00');
}

export interface PageRequest<Item> {
  readonly query: URLSearchParams;
  readonly fallback: number;
  /** The fake may give shorter pages than were asked for. */
  readonly pageSize: number;
  /** What the items stand under in the answer. */
  readonly name: string;
  /** What a cursor is made of: it stays good when items are added before it. */
  readonly keyOf: (item: Item) => string;
  readonly view: (item: Item) => object;
}

/** The page after the last one is empty. */
export function pageAnswer<Item>(list: readonly Item[], request: PageRequest<Item>): Answer {
  const { query, fallback, pageSize, name, keyOf, view } = request;
  const limit = query.get('limit') ?? String(fallback);
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > 500) {
    return refused('pagination_error');
  }
  const after = query.get('after');
  const last = after === null ? -1 : list.findIndex((item) => cursorOf(keyOf(item)) === after);
  if (after !== null && last < 0) return refused('pagination_error');
  const items = list.slice(last + 1, last + 1 + Math.min(Number(limit), pageSize));
  const end = items.at(-1);
  const cursors = end === undefined ? {} : { after: cursorOf(keyOf(end)) };
  const pagination = { cursors, page: { limit: Number(limit) } };
  return answered({ [name]: items.map(view), pagination });
}

function cursorOf(key: string): string {
  return `A-${Buffer.from(key).toString('base64url')}`;
}
