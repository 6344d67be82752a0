import * as z from 'zod';
import { type Answer, answered } from '../common/answer.ts';
import type { FakeCall } from '../common/call.ts';
import { dollarText } from '../common/dollars.ts';
import { rawNumber } from '../common/raw-json.ts';
import { pageOf, refused, refusedByFramework } from './answer.ts';
import type { ReloadlyFaults } from './faults.ts';
import {
  type Books,
  balanceCents,
  createOrder,
  listOrders,
  orderView,
  outOfFunds,
  readCards,
  readOrder,
} from './orders.ts';
import { productView, soldProducts } from './products.ts';
import type { StoredOrder } from './store.ts';
import type { FakeTokens } from './tokens.ts';

export interface World {
  readonly books: Books;
  readonly tokens: FakeTokens;
  /** A new order stands in the books: webhooks go out, a pending one gets decided later. */
  readonly onNewOrder: (order: StoredOrder, faults: ReloadlyFaults) => void;
}

const namedSchema = z.object({ customIdentifier: z.string() });

/** Whose order a call is about; `undefined`: it is about none, and nothing goes wrong with it. */
export function subjectOf({ books: { store } }: World, call: FakeCall): string | undefined {
  const { parts, query, body } = call;
  const [first, second, third] = parts;
  if (first === 'orders' && second === undefined) {
    return namedSchema.safeParse(body).data?.customIdentifier ?? '';
  }
  if (second !== 'transactions') return undefined;
  if (third === undefined) return query.get('customIdentifier') ?? undefined;
  return store.find(third)?.externalId ?? third;
}

export function route(world: World, call: FakeCall, faults: ReloadlyFaults): Answer {
  const path = call.parts.join('/');
  if (call.method === 'POST' && path === 'orders') return placeOrder(world, call, faults);
  if (call.method !== 'GET') return refusedByFramework(405, 'Method Not Allowed');
  const { books } = world;
  const [first, second, third, fourth] = call.parts;
  if (path === 'products') {
    return pageOf(soldProducts.map(productView), call.query, books.maximumPageSize);
  }
  if (path === `products/${second}`) return readProduct(second ?? '');
  if (path === `countries/${second}/products`) return listOfCountry(second ?? '');
  if (path === 'accounts/balance') return readBalance(books);
  if (path === 'reports/transactions') return listOrders(books, call.query);
  if (path === `reports/transactions/${third}`) return readOrder(books, third ?? '');
  if (first === 'orders' && second === 'transactions' && fourth === 'cards') {
    return readCards(books, third ?? '');
  }
  return refusedByFramework(404, 'Not Found');
}

function placeOrder(world: World, call: FakeCall, faults: ReloadlyFaults): Answer {
  if (faults.strikes('outOfFunds')) return outOfFunds();
  const { answer, order } = createOrder(world.books, call.body, faults.strikes('pending'));
  if (order === undefined) return answer;
  world.onNewOrder(order, faults);
  if (!faults.strikes('contradiction')) return answer;
  return answered(orderView(distorted(order, faults.roll(3))));
}

function distorted(order: StoredOrder, way: number): StoredOrder {
  if (way === 0) return { ...order, externalId: 'another' };
  if (way === 1) return { ...order, unitPrice: `1${order.unitPrice}` };
  return { ...order, currency: order.currency === 'USD' ? 'EUR' : 'USD' };
}

function readProduct(id: string): Answer {
  if (!/^\d+$/.test(id)) return refusedByFramework(400, 'Bad Request');
  const product = soldProducts.find((it) => String(it.id) === id);
  if (product === undefined) return refused(404, 'The product was not found.');
  return answered(productView(product));
}

/** No page: the whole list. */
function listOfCountry(country: string): Answer {
  return answered(soldProducts.filter((it) => it.country === country).map(productView));
}

function readBalance(books: Books): Answer {
  const balance = rawNumber(dollarText(balanceCents(books)));
  const rest = { currencyCode: 'USD', currencyName: 'US Dollar' };
  return answered({ balance, ...rest, updatedAt: '2026-01-01 00:00:00' });
}
