import { createHash } from 'node:crypto';
import type { OrderStatus } from 'tremendous';
import { type Answer, answered } from '../common/answer.ts';
import { digitsOf, dollarCents, dollarText, thousandths } from '../common/dollars.ts';
import { canonicalText, rawNumber } from '../common/raw-json.ts';
import { pageOf, type Query, refused } from './answer.ts';
import { faultOf, mirrored, type OrderRequest, orderRequestSchema } from './order-request.ts';
import { productFault } from './products.ts';
import { linkOf, madeId, type OrderStore, type StoredOrder, type StoredReward } from './store.ts';

export interface Books {
  readonly store: OrderStore;
  readonly openingBalanceCents: bigint;
  readonly now: () => Date;
}

/** What is left on the account after every order that was paid. */
export function balanceCents({ store, openingBalanceCents }: Books): bigint {
  let balance = openingBalanceCents;
  for (const order of store.all()) {
    if (order.status === 'EXECUTED') balance -= BigInt(order.totalCents);
  }
  return balance;
}

/** 200 new, 201 the same again, 202 decided later, 409 another order under a used id. */
export function createOrder(books: Books, body: unknown, isPending: boolean): Answer {
  const parsed = orderRequestSchema.safeParse(body);
  if (!parsed.success) return refused(400, 'The request is not valid.', mirrored(parsed.error));
  const request = parsed.data;
  const fingerprint = createHash('sha256').update(canonicalText(request.asked)).digest('hex');
  const existing =
    request.externalId === null ? undefined : books.store.findByExternalId(request.externalId);
  if (existing !== undefined) {
    if (existing.fingerprint === fingerprint) return answered({ order: orderView(existing) }, 201);
    return refused(409, 'This external_id was used with other parameters.');
  }
  const cents = priceOf(request);
  if (cents === undefined) return refused(422, 'The denomination is not valid.');
  const fault = faultOf(request) ?? productFaultOf(request);
  if (fault !== undefined) return refused(422, fault);
  if (!/^balance$/i.test(request.fundingSource)) return refused(404, 'No such funding source.');
  if (cents > balanceCents(books)) return refused(402, 'Not enough funds.');
  const order = newOrder(books, request, { fingerprint, cents, isPending });
  books.store.put(order);
  if (isPending) return answered({ order: orderView(order) }, 202);
  return answered({ order: orderView(order, { withLink: order.reward.method === 'LINK' }) });
}

function priceOf({ asked: { value } }: OrderRequest): bigint | undefined {
  const amount = thousandths(value.denomination.rawJSON, digitsOf(value.currency_code));
  if (amount === undefined || amount === 0n) return undefined;
  return dollarCents(amount, value.currency_code);
}

/** A campaign brings products of its own, which are not looked at. */
function productFaultOf({ asked: { campaign_id: campaign, products, value } }: OrderRequest) {
  if (campaign && !products?.length) return undefined;
  const { denomination, currency_code: currency } = value;
  return productFault(products ?? [], { denomination: denomination.rawJSON, currency });
}

const pendingStatuses: readonly OrderStatus[] = [
  'PENDING APPROVAL',
  'PENDING INTERNAL PAYMENT APPROVAL',
  'PENDING SETTLEMENT',
];

function newOrder(
  { store, now }: Books,
  { externalId, asked }: OrderRequest,
  how: { readonly fingerprint: string; readonly cents: bigint; readonly isPending: boolean },
): StoredOrder {
  const sequence = store.nextSequence();
  const { value, delivery, recipient, products = [] } = asked;
  const bounces = recipient.email?.startsWith('bounce') === true && delivery.method === 'EMAIL';
  const sent = bounces ? 'FAILED' : 'SUCCEEDED';
  const reward: StoredReward = {
    id: madeId('reward', externalId ?? '', sequence),
    method: delivery.method,
    deliveryStatus: how.isPending ? 'PENDING' : sent,
    denomination: value.denomination.rawJSON,
    currency: value.currency_code,
    products,
    recipient,
    linksMade: !how.isPending && delivery.method === 'LINK' ? 1 : 0,
  };
  return {
    id: madeId('order', externalId ?? '', sequence),
    sequence,
    externalId,
    campaignId: asked.campaign_id ?? null,
    createdAt: now().toISOString(),
    status: how.isPending ? (pendingStatuses[sequence % 3] ?? 'OPEN') : 'EXECUTED',
    fingerprint: how.fingerprint,
    totalCents: how.cents.toString(),
    refunded: false,
    reward,
  };
}

/** Decides an order that was pending, or undoes one that was not. */
export function decideOrder(
  store: OrderStore,
  order: StoredOrder,
  status: 'EXECUTED' | 'FAILED' | 'CANCELED',
): void {
  const deliveryStatus = status === 'EXECUTED' ? 'SUCCEEDED' : 'FAILED';
  const refunded = order.status === 'EXECUTED' && status !== 'EXECUTED';
  store.put({ ...order, status, refunded, reward: { ...order.reward, deliveryStatus } });
}

export function listOrders({ store }: Books, query: Query): Answer {
  const externalId = query.get('external_id');
  const campaign = query.get('campaign_id');
  const matching = store
    .all()
    .filter((order) => externalId === null || order.externalId === externalId)
    .filter((order) => campaign === null || order.campaignId === campaign);
  const { items, total } = pageOf(matching, query, { fallback: 10, maximum: 500 });
  return answered({ orders: items.map((order) => orderView(order)), total_count: total });
}

export function paymentView({ totalCents, refunded }: StoredOrder): object {
  const total = rawNumber(dollarText(BigInt(totalCents)));
  const nothing = rawNumber('0.00');
  const payment = {
    subtotal: total,
    total,
    fees: nothing,
    discount: nothing,
    currency_code: 'USD',
  };
  return refunded ? { ...payment, refund: { total, currency_code: 'USD' } } : payment;
}

/** The link stands in the answer to a new order only. */
export function orderView(order: StoredOrder, { withLink = false } = {}): object {
  return {
    id: order.id,
    external_id: order.externalId,
    campaign_id: order.campaignId,
    created_at: order.createdAt,
    status: order.status,
    channel: 'API',
    payment: paymentView(order),
    invoice_id: null,
    rewards: [rewardView(order, { withLink })],
  };
}

export function rewardView(order: StoredOrder, { withLink = false } = {}): object {
  const { reward } = order;
  const delivery = { method: reward.method, status: reward.deliveryStatus };
  return {
    id: reward.id,
    order_id: order.id,
    created_at: order.createdAt,
    expires_at: null,
    campaign_id: order.campaignId,
    products: reward.products,
    value: { denomination: rawNumber(reward.denomination), currency_code: reward.currency },
    recipient: reward.recipient,
    deliver_at: null,
    custom_fields: [],
    delivery: withLink ? { ...delivery, link: linkOf(reward, 1) } : delivery,
  };
}
