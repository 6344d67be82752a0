import { createHash } from 'node:crypto';
import { type Answer, answered } from '../common/answer.ts';
import type { FakeCall } from '../common/call.ts';
import { invalid, refused } from './answer.ts';
import { productView, sold } from './catalogue.ts';
import type { RunaFaults } from './faults.ts';
import { decimalOf } from './money.ts';
import { type Books, balances, createOrder } from './orders.ts';
import { type StoredOrder, tokenOf } from './store.ts';
import { basicView, orderView, pageAnswer } from './views.ts';

export interface World {
  readonly books: Books;
  /** A page has no more than this many items. */
  readonly pageSize: number;
  /** How long an order is missing from the list. */
  readonly listLagMs: number;
  /** A new order stands in the books: webhooks go out, a pending one gets decided later. */
  readonly onNewOrder: (order: StoredOrder, faults: RunaFaults) => void;
}

const keyLifeMs = 30 * 86_400_000;

export function route(world: World, call: FakeCall, faults: RunaFaults): Answer {
  const [collection, id] = call.parts;
  if (collection === 'order' && call.method === 'POST' && id === undefined) {
    return placeOrder(world, call, faults);
  }
  if (call.method !== 'GET' || call.parts.length > 2) return refused('not_found');
  if (collection === 'payout' && id !== undefined) return redeemed(world, id);
  if (collection === 'ping') return answered({ message: 'pong' });
  if (collection === 'order') return id === undefined ? listOrders(world, call) : read(world, id);
  if (collection === 'balance') return readBalance(world, call.query.get('currency'));
  if (collection === 'product') return routeProduct(world, call);
  return refused('not_found');
}

/** The first answer under a key is kept for thirty days, whatever it was. */
function placeOrder(world: World, call: FakeCall, faults: RunaFaults): Answer {
  const { books } = world;
  const key = call.headers['x-idempotency-key'] ?? '';
  if (key === '') return invalid([{ type: 'missing', message: 'required', location: ['header'] }]);
  if (call.body === undefined) return refused('bad_request');
  const bodyHash = createHash('sha256').update(call.text).digest('hex');
  const kept = books.store.kept(key);
  if (kept !== undefined && books.now().getTime() - Date.parse(kept.keptAt) < keyLifeMs) {
    if (kept.bodyHash !== bodyHash) return refused('idempotency_validation_error');
    return answered(JSON.parse(kept.text), kept.status);
  }
  const answer = newAnswer(world, call, faults);
  const keptAt = books.now().toISOString();
  books.store.keep({
    ...{ key, bodyHash, keptAt, status: answer.status },
    text: JSON.stringify(answer.body),
  });
  return answer;
}

function newAnswer({ books, onNewOrder }: World, call: FakeCall, faults: RunaFaults): Answer {
  const mode = call.headers['x-execution-mode'] ?? 'async';
  if (mode !== 'sync' && mode !== 'async') return refused('invalid_execution_mode');
  if (faults.strikes('outOfFunds')) return refused('insufficient_funds');
  const isServerError = faults.strikes('serverError');
  if (isServerError && faults.roll(2) === 0) return refused('internal_server_error');
  const before = books.store.nextSequence();
  const isSync = mode === 'sync';
  const key = call.headers['x-idempotency-key'] ?? '';
  const isPending = isSync && faults.strikes('pending');
  const answer = createOrder(books, call.body, { isSync, isPending, key });
  const order = books.store.all()[before - 1];
  if (order !== undefined) onNewOrder(order, faults);
  return isServerError ? refused('internal_server_error') : answer;
}

/** Newest first. */
function listOrders({ books, pageSize, listLagMs }: World, { query }: FakeCall): Answer {
  const latest = books.now().getTime() - listLagMs;
  const list = books.store.all().filter(({ createdAt }) => Date.parse(createdAt) <= latest);
  const shape = { name: 'items', keyOf: ({ id }: StoredOrder) => id, view: basicView };
  return pageAnswer(list.toReversed(), { query, fallback: 100, pageSize, ...shape });
}

function read({ books: { store } }: World, id: string): Answer {
  const order = store.all().find((it) => it.id === id);
  return order === undefined ? refused('not_found') : answered(orderView(order));
}

/** Without a currency only those that there is any of are told. */
function readBalance({ books }: World, currency: string | null): Answer {
  const view = ([code, minor]: readonly [string, bigint]) => {
    return { balance: decimalOf(minor, code), currency: code };
  };
  const held = balances(books);
  if (currency !== null) return answered(view([currency, held.get(currency) ?? 0n]));
  return answered([...held].filter(([, minor]) => minor > 0n).map(view));
}

function routeProduct(world: World, { parts, query }: FakeCall): Answer {
  const { books, pageSize } = world;
  const code = parts[1];
  const view = (product: (typeof sold)[number]) =>
    productView(product, books.isOrderable(product.code));
  if (code === 'categories') {
    const codes = new Set(sold.flatMap(({ categories }) => categories));
    return answered({ categories: [...codes].map((category) => ({ code: category })) });
  }
  if (code === 'countries') {
    return answered({ countries: [...new Set(sold.flatMap(({ countries }) => countries))] });
  }
  if (code !== undefined) {
    const product = sold.find((it) => it.code === code);
    return product === undefined ? refused('not_found') : answered(view(product));
  }
  const countries = query.getAll('countries_redeemable_in');
  const categories = query.getAll('categories');
  const list = sold
    .filter((it) => query.get('is_orderable') !== 'true' || books.isOrderable(it.code))
    .filter((it) => countries.length === 0 || it.countries.some((at) => countries.includes(at)))
    .filter((it) => categories.length === 0 || it.categories.some((at) => categories.includes(at)));
  const shape = { name: 'catalog', keyOf: (it: (typeof sold)[number]) => it.code, view };
  return pageAnswer(list, { query, fallback: 500, pageSize, ...shape });
}

/** What opens a link as a program: always 200, and it costs no key. */
function redeemed({ books: { store } }: World, token: string): Answer {
  const orders = store.all().filter(({ status }) => status === 'COMPLETED');
  const item = orders.flatMap(({ items }) => items).find((it) => tokenOf(it) === token);
  if (item === undefined || item.payoutStatus === 'CANCELLED' || item.payoutStatus === 'EXPIRED') {
    return answered({
      status: 'ERROR',
      error_code: 'RE001',
      error_string: 'There is no such link.',
    });
  }
  const { faceValue: value, currency } = item;
  const eCode = { type: 'code', amount: value, currency, expiry_date: '3000-01-01' };
  return answered({ status: 'SUCCESS', e_code: { ...eCode, code: tokenOf(item).toUpperCase() } });
}
