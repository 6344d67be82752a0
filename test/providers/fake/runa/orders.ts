import { type Answer, answered } from '../common/answer.ts';
import { invalid, refused } from './answer.ts';
import { atLeast, isOffered, type Sold, soldAs } from './catalogue.ts';
import { converted, decimalOf, discounted, minorOf } from './money.ts';
import {
  detailsOf,
  type ItemRequest,
  type OrderRequest,
  orderRequestSchema,
} from './order-request.ts';
import { madeId, type RunaStore, type StoredItem, type StoredOrder } from './store.ts';
import { asyncView, orderView } from './views.ts';

export interface Books {
  readonly store: RunaStore;
  /** Minor units by currency. */
  readonly openingBalances: Readonly<Record<string, bigint>>;
  readonly isOrderable: (code: string) => boolean;
  readonly now: () => Date;
}

/** What is left of each currency that the account ever held. */
export function balances({ store, openingBalances }: Books): ReadonlyMap<string, bigint> {
  const left = new Map(Object.entries(openingBalances));
  for (const { currency, status, refunded, totalPrice } of store.all()) {
    if (status === 'FAILED' || refunded) continue;
    left.set(currency, (left.get(currency) ?? 0n) - (minorOf(totalPrice, currency) ?? 0n));
  }
  return left;
}

export interface Placing {
  readonly isSync: boolean;
  /** Completed later whatever the mode. */
  readonly isPending: boolean;
  /** Makes equal ids for equal runs. */
  readonly key: string;
}

/** The answer to a new order; the order stands in the books where it is a good one. */
export function createOrder(books: Books, body: unknown, placing: Placing): Answer {
  const parsed = orderRequestSchema.safeParse(body);
  if (!parsed.success) return invalid(detailsOf(parsed.error));
  const request = parsed.data;
  if (placing.isSync && request.items.length > 1) return refused('invalid_execution_mode');
  const items: PricedItem[] = [];
  for (const item of request.items) {
    const priced = pricedItem(books, item);
    if (priced === undefined) return refused('product_validation_error', 'Not allowed.');
    items.push(priced);
  }
  if (new Set(items.map(({ currency }) => currency)).size > 1) {
    return refused('product_validation_error', 'Products are in several currencies.');
  }
  const bill = billOf(request, items, placing.isSync);
  if (bill === undefined) return refused('currency_mismatch');
  const { currency } = request.payment_method;
  if (bill.totalMinor > (balances(books).get(currency) ?? 0n)) {
    return refused('insufficient_funds', `Insufficient funds in ${currency} balance.`);
  }
  const order = newOrder(books, { request, items, bill, placing });
  books.store.put(order);
  if (order.status === 'COMPLETED') return answered(orderView(order));
  return placing.isPending ? refused('timeout') : answered(asyncView(order), 202);
}

interface PricedItem {
  readonly asked: ItemRequest;
  readonly currency: string;
  readonly faceMinor: bigint;
  readonly priceMinor: bigint;
}

/** `undefined` where the products cannot be had so. */
function pricedItem({ isOrderable }: Books, asked: ItemRequest): PricedItem | undefined {
  const codes = codesOf(asked);
  const products = codes.map(soldAs).filter((product) => product !== undefined);
  const [first] = products;
  if (first === undefined || products.length < codes.length) return undefined;
  const { currency } = first;
  const faceMinor = minorOf(asked.face_value.rawJSON, currency);
  if (faceMinor === undefined || codes.some((code) => !isOrderable(code))) return undefined;
  if (products.some((product) => product.currency !== currency)) return undefined;
  const isFit =
    asked.products.type === 'SINGLE'
      ? isOffered(first, codes[0] ?? '', faceMinor)
      : isChoice(products, asked, faceMinor);
  const discount = products.reduce((least, it) => (it.discount < least ? it.discount : least), 99n);
  const priceMinor = discounted(faceMinor, discount);
  return isFit ? { asked, currency, faceMinor, priceMinor } : undefined;
}

/** Several to choose from: a whole amount, and none of them for less than it is sold for. */
function isChoice(products: readonly Sold[], asked: ItemRequest, faceMinor: bigint): boolean {
  const isWhole = /^\d+(\.0+)?$/.test(asked.face_value.rawJSON);
  return isWhole && products.every((product) => atLeast(product, faceMinor));
}

function codesOf({ products }: ItemRequest): readonly string[] {
  if (products.type === 'SINGLE') return [products.value];
  return products.type === 'MULTIPLE' ? products.values : [];
}

interface Bill {
  readonly totalMinor: bigint;
  readonly discountMinor: bigint;
  readonly fx: StoredOrder['fx'];
}

/** Another currency than the products' pays for one item, synchronously, or not at all. */
function billOf(
  { payment_method: { currency } }: OrderRequest,
  items: readonly PricedItem[],
  isSync: boolean,
): Bill | undefined {
  const faceMinor = items.reduce((sum, item) => sum + item.faceMinor, 0n);
  const priceMinor = items.reduce((sum, item) => sum + item.priceMinor, 0n);
  const from = items[0]?.currency ?? currency;
  if (from === currency) {
    return { totalMinor: priceMinor, discountMinor: faceMinor - priceMinor, fx: null };
  }
  const change = isSync ? converted(priceMinor, from, currency) : undefined;
  if (change === undefined) return undefined;
  const rate = `${change.rateThousandths / 1_000n}.${`${change.rateThousandths}`.slice(-3)}`;
  const fee = decimalOf(change.feeMinor, currency);
  const fx = { rate, symbol: `${from}${currency}`, fee };
  return { totalMinor: change.amountMinor, discountMinor: 0n, fx };
}

function newOrder(
  { store, now }: Books,
  making: {
    readonly request: OrderRequest;
    readonly items: readonly PricedItem[];
    readonly bill: Bill;
    readonly placing: Placing;
  },
): StoredOrder {
  const { request, items, bill, placing } = making;
  const { currency } = request.payment_method;
  const sequence = store.nextSequence();
  const at = now().toISOString();
  const isDone = placing.isSync && !placing.isPending;
  return {
    id: madeId('O-01', 24, placing.key, sequence),
    ...{ sequence, createdAt: at, completedAt: isDone ? at : null, currency, refunded: false },
    status: isDone ? 'COMPLETED' : 'PROCESSING',
    description: request.description ?? null,
    metadata: request.metadata ?? null,
    totalPrice: decimalOf(bill.totalMinor, currency),
    totalDiscount: decimalOf(bill.discountMinor, currency),
    fx: bill.fx,
    items: items.map((item, index) =>
      storedItem(item, madeId('E-', 16, placing.key, sequence, index)),
    ),
  };
}

function storedItem(
  { asked, currency, faceMinor, priceMinor }: PricedItem,
  id: string,
): StoredItem {
  return {
    ...{ id, currency, distribution: asked.distribution_method, products: asked.products },
    faceValue: decimalOf(faceMinor, currency),
    price: decimalOf(priceMinor, currency),
    payoutStatus: 'ACTIVE',
  };
}

/** Ends an order that was being made. */
export function decideOrder(
  { store, now }: Books,
  order: StoredOrder,
  status: 'COMPLETED' | 'FAILED',
): void {
  const completedAt = status === 'COMPLETED' ? now().toISOString() : null;
  store.put({ ...order, status, completedAt });
}

/** What support does to an order that was delivered, or time does to its link. */
export function undoOrder(
  { store }: Books,
  order: StoredOrder,
  payoutStatus: 'CANCELLED' | 'EXPIRED',
): void {
  const items = order.items.map((item) => ({ ...item, payoutStatus }));
  store.put({ ...order, items, refunded: payoutStatus === 'CANCELLED' });
}
