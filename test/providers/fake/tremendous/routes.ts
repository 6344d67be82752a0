import * as z from 'zod';
import { type Answer, answered } from '../common/answer.ts';
import type { FakeCall } from '../common/call.ts';
import { refused } from './answer.ts';
import type { TremendousFaults } from './faults.ts';
import type { Funding } from './funding.ts';
import { type Books, createOrder, listOrders, orderView, rewardView } from './orders.ts';
import { listProducts, readProduct } from './products.ts';
import { cancelReward, generateLink, listRewards, resendReward } from './rewards.ts';
import { madeId, type StoredOrder } from './store.ts';
import type { TremendousSender } from './webhooks.ts';

export interface World {
  readonly books: Books;
  readonly funding: Funding;
  readonly webhooks: TremendousSender;
  readonly webhookKey: string;
  /** A new order stands in the books: webhooks go out, a pending one gets decided later. */
  readonly onNewOrder: (order: StoredOrder, faults: TremendousFaults) => void;
}

const externalIdSchema = z.object({ external_id: z.string() });

/** Whose order a call is about: its external id where there is one. */
export function subjectOf({ books: { store } }: World, call: FakeCall): string {
  const [collection, id = ''] = call.parts;
  if (collection === 'orders' && call.method === 'POST') {
    const named = externalIdSchema.safeParse(call.body);
    return named.success ? named.data.external_id : '';
  }
  const order = collection === 'rewards' ? store.findByReward(id) : store.find(id);
  return order?.externalId ?? id;
}

export function operationOf({ method, parts: [collection = '', , act = ''] }: FakeCall): string {
  return `${method} ${collection} ${act}`.trim();
}

export function route(world: World, call: FakeCall, faults: TremendousFaults): Answer {
  const { books, funding } = world;
  const [collection, id, act] = call.parts;
  const isRead = call.method === 'GET' && act === undefined;
  if (collection === 'ping' && isRead) return answered({ message: 'pong' });
  if (collection === 'orders') {
    if (isRead) return id === undefined ? listOrders(books, call.query) : readOrder(books, id);
    if (call.method === 'POST' && id === undefined) return placeOrder(world, call, faults);
  }
  if (collection === 'rewards') {
    if (isRead && id === undefined) return listRewards(books, call.query);
    return routeReward(world, call);
  }
  if (collection === 'funding_sources' && isRead) {
    return id === undefined ? funding.list() : funding.read(id);
  }
  if (collection === 'balance_transactions' && isRead) return funding.transactions(call.query);
  if (collection === 'products' && isRead) {
    return id === undefined ? listProducts(call.query) : readProduct(id);
  }
  if (collection === 'webhooks') return routeWebhook(world, call);
  return refused(404, 'Not found.');
}

function readOrder({ store }: Books, id: string): Answer {
  const order = store.find(id);
  if (order === undefined) return refused(404, 'Not found.');
  return answered({ order: orderView(order) });
}

function placeOrder(world: World, call: FakeCall, faults: TremendousFaults): Answer {
  const { books, onNewOrder } = world;
  const subject = subjectOf(world, call);
  const isNew = subject === '' || books.store.findByExternalId(subject) === undefined;
  if (isNew && faults.strikes('outOfFunds')) return refused(402, 'Not enough funds.');
  const before = books.store.nextSequence();
  const answer = createOrder(books, call.body, isNew && faults.strikes('pending'));
  const order = books.store.all()[before - 1];
  if (order === undefined) return answer;
  onNewOrder(order, faults);
  const shown = faults.strikes('duplicate') ? createOrder(books, call.body, false) : answer;
  if (!faults.strikes('contradiction')) return shown;
  const view = orderView(distorted(order, faults.roll(3)), { withLink: shown.status === 200 });
  return answered({ order: view }, shown.status);
}

function distorted(order: StoredOrder, way: number): StoredOrder {
  const { reward } = order;
  if (way === 0) return { ...order, externalId: madeId('other', order.id) };
  if (way === 1) {
    return { ...order, reward: { ...reward, denomination: `1${reward.denomination}` } };
  }
  const currency = reward.currency === 'USD' ? 'EUR' : 'USD';
  return { ...order, reward: { ...reward, currency } };
}

function routeReward({ books }: World, call: FakeCall): Answer {
  const [, id = '', act] = call.parts;
  const order = books.store.findByReward(id);
  if (order === undefined) return refused(404, 'Not found.');
  if (call.method === 'GET' && act === undefined) return answered({ reward: rewardView(order) });
  if (call.method === 'POST' && act === 'generate_link') return generateLink(books, order);
  if (call.method === 'POST' && act === 'resend') return resendReward(books, order, call.body);
  if (call.method === 'POST' && act === 'cancel') return cancelReward(books, order);
  return refused(404, 'Not found.');
}

const webhookSchema = z.object({ url: z.url() });

/** One endpoint an organisation: to register again is to change it. */
function routeWebhook({ webhooks, webhookKey }: World, call: FakeCall): Answer {
  const id = 'WEBHOOK00001';
  const url = webhooks.url();
  if (call.method === 'POST' && call.parts.length === 1) {
    const parsed = webhookSchema.safeParse(call.body);
    if (!parsed.success) return refused(400, 'The url is not valid.');
    webhooks.setUrl(parsed.data.url);
    return answered({ webhook: { id, url: parsed.data.url, private_key: webhookKey } });
  }
  if (call.method === 'GET' && call.parts.length === 1) {
    return answered({ webhooks: url === undefined ? [] : [{ id, url }] });
  }
  if (call.method === 'DELETE' && call.parts[1] === id) {
    webhooks.setUrl(undefined);
    return answered({});
  }
  return refused(404, 'Not found.');
}
