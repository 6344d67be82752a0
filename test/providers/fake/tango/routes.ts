import * as z from 'zod';
import { type Answer, answered } from '../common/answer.ts';
import type { FakeCall } from '../common/call.ts';
import { madeText } from '../common/made-text.ts';
import { rawNumber } from '../common/raw-json.ts';
import { refused } from './answer.ts';
import { catalogueView } from './catalogue.ts';
import type { TangoFaults } from './faults.ts';
import { cancelLineItem, readLineItem, resendOrder } from './line-items.ts';
import { type Books, createOrder, listOrders, readAccount, readOrder } from './orders.ts';
import type { StoredOrder } from './store.ts';
import { orderView } from './views.ts';

export interface World {
  readonly books: Books;
  /** A new order stands in the books: a pending one gets decided later. */
  readonly onNewOrder: (order: StoredOrder) => void;
  /** A delivered order was taken back. */
  readonly onCancelled: (order: StoredOrder) => void;
}

const referenceSchema = z.object({ externalRefID: z.string() });

/** Whose order a call is about: its reference where there is one. */
export function subjectOf({ books: { store } }: World, call: FakeCall): string {
  const [collection, id] = call.parts;
  if (collection === 'orders' && id === undefined) {
    if (call.method === 'GET') return call.query.get('externalRefID') ?? '';
    const named = referenceSchema.safeParse(call.body);
    return named.success ? named.data.externalRefID : '';
  }
  const find = collection === 'lineItems' ? 'findByLineItem' : 'find';
  return store[find](id ?? '')?.externalRefId ?? id ?? '';
}

export function operationOf({ method, parts: [collection = '', id, act = ''] }: FakeCall): string {
  return `${method} ${collection} ${id === undefined ? 'all' : 'one'} ${act}`;
}

export function route(world: World, call: FakeCall, faults: TangoFaults): Answer {
  const { books } = world;
  const [collection, id, act] = call.parts;
  const isRead = call.method === 'GET' && act === undefined;
  if (collection === 'orders') {
    if (isRead) return id === undefined ? listOrders(books, call.query) : readOrder(books, id);
    if (id === undefined) return placeOrder(world, call, faults);
    if (act === 'resends') return resendOrder(books, id, call.body);
  }
  if (collection === 'lineItems' && id !== undefined) {
    if (isRead) return readLineItem(books, id);
    if (act === 'cancel') return cancel(world, id, call.body);
  }
  if (collection === 'accounts' && isRead && id !== undefined) return readAccount(books, id);
  if (collection === 'catalogs' && isRead) return answered(catalogueView(call.query));
  if (collection === 'exchangerates' && isRead) return answered(exchangeRates);
  return refused('404.000');
}

const exchangeRates = {
  disclaimer: 'For information only.',
  exchangeRates: [
    {
      ...{ rewardCurrency: 'EUR', baseCurrency: 'USD', baseFx: rawNumber('0.925926') },
      lastModifiedDate: '2026-01-01T12:00:00Z',
    },
  ],
};

function cancel(world: World, id: string, body: unknown): Answer {
  const answer = cancelLineItem(world.books, id, body);
  const order = world.books.store.findByLineItem(id);
  if (answer.status === 202 && order !== undefined) world.onCancelled(order);
  return answer;
}

function placeOrder(world: World, call: FakeCall, faults: TangoFaults): Answer {
  const { books, onNewOrder } = world;
  const subject = subjectOf(world, call);
  const isNew = subject === '' || !books.store.findByReference(subject, books.nowMs());
  if (isNew && faults.strikes('outOfFunds')) return refused('402.001');
  if (isNew && faults.strikes('outOfStock')) return refused('503.002');
  if (isNew && faults.strikes('fraudVelocity')) return refused('403.016');
  const before = books.store.nextSequence();
  const answer = createOrder(books, call.body, isNew && faults.strikes('pending'));
  const order = books.store.all()[before - 1];
  if (order === undefined) return answer;
  onNewOrder(order);
  if (faults.strikes('inProgress')) return refused('409.002');
  const shown = faults.strikes('duplicate') ? createOrder(books, call.body, false) : answer;
  if (!faults.strikes('contradiction')) return shown;
  return answered(distortedView(order, books, faults.roll(4)), shown.status);
}

function distortedView(order: StoredOrder, { account }: Books, way: number): object {
  if (way === 0) return orderView({ ...order, externalRefId: madeText(20, [order.id]) }, account);
  if (way === 1) return orderView({ ...order, amount: `1${order.amount}` }, account);
  if (way === 2) return { ...orderView(order, account), utid: 'U000000' };
  return orderView({ ...order, currency: order.currency === 'USD' ? 'EUR' : 'USD' }, account);
}
