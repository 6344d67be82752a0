import * as z from 'zod';
import { type Answer, answered } from '../common/answer.ts';
import { digitsOf, dollarCents, dollarText, thousandths } from '../common/dollars.ts';
import { isRawNumber, type RawNumber, rawNumber } from '../common/raw-json.ts';
import { pageOf, refused, refusedByFramework } from './answer.ts';
import { type SoldProduct, soldProducts } from './products.ts';
import { cardNumberOf, isPending, type OrderStore, pinOf, type StoredOrder } from './store.ts';

export interface Books {
  readonly store: OrderStore;
  readonly openingBalanceCents: bigint;
  readonly now: () => number;
  /** Nobody says what a repeated identifier does. */
  readonly repeats: 'accept' | 'refuse';
  readonly cardsAs: 'array' | 'object';
  /** A pending order is done after so many reads; absent: reads do not matter. */
  readonly pendingReads?: number | undefined;
  /** How long a new order is missing from the list of transactions. */
  readonly listLagMs: number;
  readonly maximumPageSize: number;
}

/** What is left on the account after every order that was not undone. */
export function balanceCents({ store, openingBalanceCents }: Books): bigint {
  let balance = openingBalanceCents;
  for (const { status, costCents } of store.all()) {
    if (status !== 'FAILED' && status !== 'REFUNDED') balance -= BigInt(costCents);
  }
  return balance;
}

const requestSchema = z.object({
  productId: z.custom<RawNumber>(isRawNumber),
  quantity: z.custom<RawNumber>((value) => isRawNumber(value) && value.rawJSON === '1'),
  unitPrice: z.custom<RawNumber>(isRawNumber),
  senderName: z.string().min(1),
  customIdentifier: z.string().min(1).nullish(),
  recipientEmail: z.email().nullish(),
});

export interface Placed {
  readonly answer: Answer;
  /** Where the order was taken. */
  readonly order?: StoredOrder;
}

export function createOrder(books: Books, body: unknown, pending: boolean): Placed {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) return { answer: refusedByFramework(400, 'Bad Request') };
  const { store, now, repeats } = books;
  const { productId, unitPrice, customIdentifier, recipientEmail } = parsed.data;
  const product = soldProducts.find(({ id }) => String(id) === productId.rawJSON);
  if (product?.status !== 'ACTIVE') return { answer: refused(404, 'The product was not found.') };
  const price = thousandths(unitPrice.rawJSON, digitsOf(product.currency));
  if (price === undefined || !isSold(product, price)) {
    return { answer: refused(400, 'The unit price is invalid.', 'INVALID_UNIT_PRICE') };
  }
  const externalId = customIdentifier ?? null;
  if (repeats === 'refuse' && externalId !== null && store.findByExternalId(externalId)) {
    return { answer: refused(400, 'The customIdentifier has been used already.') };
  }
  const cents = costCents(product, price);
  if (cents > balanceCents(books)) return { answer: outOfFunds() };
  const order: StoredOrder = {
    ...{ id: store.nextId(), externalId, productId: product.id, email: recipientEmail ?? null },
    ...{ unitPrice: unitPrice.rawJSON, currency: product.currency, costCents: String(cents) },
    ...{ createdAtMs: now(), reads: 0 },
    status: pending ? pendingStatusOf(store.nextId()) : 'SUCCESSFUL',
  };
  store.put(order);
  return { answer: answered(orderView(order)), order };
}

export function outOfFunds(): Answer {
  return refused(400, 'The account has insufficient balance.', 'INSUFFICIENT_BALANCE');
}

function pendingStatusOf(id: number): 'PENDING' | 'PROCESSING' {
  return id % 2 === 0 ? 'PENDING' : 'PROCESSING';
}

function isSold({ currency, fixed, range }: SoldProduct, price: bigint): boolean {
  const of = (text: string) => thousandths(text, digitsOf(currency)) ?? 0n;
  if (fixed.some((text) => of(text) === price)) return true;
  return range !== undefined && price >= of(range[0]) && price <= of(range[1]);
}

/** The converted price less the discount, and the flat fee. */
function costCents({ currency, discount, feeCents }: SoldProduct, price: bigint): bigint {
  const full = dollarCents(price, currency);
  const percentThousandths = thousandths(discount, 3) ?? 0n;
  return full - (full * percentThousandths) / 100_000n + feeCents;
}

export function orderView(order: StoredOrder): object {
  const { id, productId, unitPrice, currency, externalId, email, status, createdAtMs } = order;
  const product = soldProducts.find((it) => it.id === productId);
  const cost = rawNumber(dollarText(BigInt(order.costCents)));
  return {
    ...{ transactionId: id, amount: cost, discount: 0, currencyCode: 'USD', fee: 0 },
    ...{ smsFee: 0, totalFee: 0, recipientEmail: email, recipientPhone: null },
    ...{ customIdentifier: externalId, status },
    product: {
      ...{ productId, productName: product?.name, countryCode: product?.country, quantity: 1 },
      ...{ unitPrice: rawNumber(unitPrice), totalPrice: rawNumber(unitPrice) },
      ...{ currencyCode: currency, brand: { brandId: productId, brandName: product?.brand } },
    },
    transactionCreatedTime: new Date(createdAtMs).toISOString().slice(0, 19).replace('T', ' '),
    preOrdered: false,
    balanceInfo: { cost, currencyCode: 'USD', currencyName: 'US Dollar' },
  };
}

/** A read may be the one after which a pending order is done. */
function afterRead({ store, pendingReads }: Books, order: StoredOrder): StoredOrder {
  if (!isPending(order) || pendingReads === undefined) return order;
  const reads = order.reads + 1;
  const read = { ...order, reads, ...(reads >= pendingReads && { status: 'SUCCESSFUL' as const }) };
  store.put(read);
  return read;
}

export function readOrder(books: Books, id: string): Answer {
  const order = books.store.find(id);
  if (order === undefined) return refused(404, 'The transaction id is invalid.');
  return answered(orderView(afterRead(books, order)));
}

/** Newest first; orders appear in it some time after they were taken. */
export function listOrders(books: Books, query: URLSearchParams): Answer {
  const { store, now, listLagMs, maximumPageSize } = books;
  const externalId = query.get('customIdentifier');
  const [from, to] = [timeOf(query.get('startDate')), timeOf(query.get('endDate'))];
  const matching = store.all().filter(({ createdAtMs, ...order }) => {
    if (createdAtMs + listLagMs > now()) return false;
    if (externalId !== null && order.externalId !== externalId) return false;
    const second = createdAtMs - (createdAtMs % 1_000);
    return (from === undefined || second >= from) && (to === undefined || second <= to);
  });
  const read = externalId === null ? matching : matching.map((order) => afterRead(books, order));
  return pageOf(read.map(orderView).reverse(), query, maximumPageSize);
}

function timeOf(text: string | null): number | undefined {
  return text === null ? undefined : Date.parse(`${text.replace(' ', 'T')}Z`);
}

/** Not before the order is done. */
export function readCards({ store, cardsAs }: Books, id: string): Answer {
  const order = store.find(id);
  if (order?.status !== 'SUCCESSFUL') return refusedByFramework(404, 'Not Found');
  const card = { cardNumber: cardNumberOf(order), pinCode: pinOf(order) };
  const redemptionUrl = `https://redeem.reloadly.example/${order.productId}`;
  const shown = order.productId % 2 === 0 ? { ...card, redemptionUrl } : card;
  return answered(cardsAs === 'array' ? [shown] : shown);
}
