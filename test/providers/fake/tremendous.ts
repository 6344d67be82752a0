import { createFaultDice } from './common/faults.ts';
import { createLater, type Later } from './common/later.ts';
import { type AnswerHook, serve } from './common/server.ts';
import type { SignedWebhook } from './common/webhook-sender.ts';
import {
  type FaultName,
  faultNames,
  parseFaults,
  type TremendousFaults,
  type TremendousRates,
} from './tremendous/faults.ts';
import { createFunding } from './tremendous/funding.ts';
import { type Books, balanceCents, decideOrder } from './tremendous/orders.ts';
import { rewardsSold } from './tremendous/products.ts';
import type { World } from './tremendous/routes.ts';
import { tremendousCounter } from './tremendous/server.ts';
import { linkOf, OrderStore, type StoredOrder } from './tremendous/store.ts';
import {
  type TremendousSender,
  tremendousSender,
  type WebhookEvent,
} from './tremendous/webhooks.ts';

export { type FaultName, parseFaults, type TremendousRates as FaultRates };

export interface FakeTremendousOptions {
  /** The same seed, orders and calls meet the same faults. */
  readonly seed: string | number;
  readonly faults?: TremendousRates;
  /** The books, as JSON lines; loaded when they exist. */
  readonly stateFile?: string;
  readonly webhookUrl?: string;
  readonly apiKey?: string;
  readonly webhookKey?: string;
  /** Before anything happens, for every call. */
  readonly delayMs?: number;
  /** How long a slow answer takes; longer than any client waits. */
  readonly slowMs?: number;
  /** When a pending order is decided; absent: after 300 ms; `never`: by `decide` only. */
  readonly pendingMs?: number | 'never';
  readonly lateWebhookMs?: number;
  /** Of the vendor's ten requests a second; 1 is the real limit. Default: 1000. */
  readonly rateLimitFactor?: number;
  /** Instead of the vendor's limit, and of any factor. */
  readonly requestsPerSecond?: number;
  /** The stand-in's clock. */
  readonly now?: () => Date;
  /**
   * The sandbox gives 100,000 dollars and refills them daily; here the first filling lasts for
   * long.
   */
  readonly openingBalanceCents?: bigint;
}

export interface FakeOrder {
  readonly id: string;
  readonly externalId: string | null;
  readonly rewardId: string;
  readonly status: string;
  /** Decimal text, as it was sent. */
  readonly denomination: string;
  readonly currency: string;
  readonly email: string | undefined;
  /** Every link that was given out for its one reward. */
  readonly links: readonly string[];
}

export interface FakeTremendous {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly webhookKey: string;
  /** What the secret of an account holds. */
  readonly secret: Readonly<Record<'baseUrl' | 'apiKey' | 'webhookKey', string>>;
  /** Rewards that the adapter finds in the catalogue. */
  readonly productsSold: number;
  /** Oldest first. */
  orders(): readonly FakeOrder[];
  /** Rewards that are paid for and not taken back. */
  rewardsIssued(): number;
  /** US cents that the account holds. */
  balanceCents(): bigint;
  /** How often each fault has struck. */
  counters(): Readonly<Record<FaultName, number>>;
  /** Forged webhooks that were answered as good ones: there must be none. */
  forgedAccepted(): number;
  setFaults(rates: TremendousRates): void;
  setWebhookUrl(url: string | undefined): void;
  setAnswerHook(hook: AnswerHook | undefined): void;
  /** Decides an order by either id, and tells by webhook. */
  decide(id: string, status: 'EXECUTED' | 'FAILED' | 'CANCELED'): void;
  signWebhook(event: WebhookEvent, key?: string): SignedWebhook;
  /** No webhook is under way and no pending order waits for its time. */
  isIdle(): boolean;
  close(): Promise<void>;
}

const defaults = {
  apiKey: 'TEST_guerdon_local_stand_in',
  webhookKey: 'webhook-key-of-the-stand-in',
  slowMs: 60_000,
  pendingMs: 300,
  lateWebhookMs: 1_000,
  openingBalanceCents: 100_000_000_000_00n,
  rateLimitFactor: 1_000,
};
const vendorRequestsPerSecond = 10;

/** Tremendous' API version 2 over HTTP on a free loopback port, with faults on demand. */
export async function startFakeTremendous(options: FakeTremendousOptions): Promise<FakeTremendous> {
  const { apiKey, webhookKey, slowMs, lateWebhookMs, openingBalanceCents } = {
    ...defaults,
    ...options,
  };
  const now = options.now ?? (() => new Date());
  const books: Books = { store: new OrderStore(options.stateFile), openingBalanceCents, now };
  const closing = new AbortController();
  const sending = { key: webhookKey, lateMs: lateWebhookMs, now, closing: closing.signal };
  const webhooks = tremendousSender(sending);
  webhooks.setUrl(options.webhookUrl);
  const dice = createFaultDice({ names: faultNames, seed: options.seed, rates: options.faults });
  const later = createLater(options.pendingMs ?? defaults.pendingMs, closing.signal);
  const { decide, onNewOrder } = createDecisions(books, webhooks, {
    faultsOf: (externalId) => dice.forCall(externalId, 'webhook'),
    later,
  });
  const world: World = { books, funding: createFunding(books), webhooks, webhookKey, onNewOrder };
  const { delayMs = 0, rateLimitFactor = defaults.rateLimitFactor } = options;
  const { requestsPerSecond = vendorRequestsPerSecond * rateLimitFactor } = options;
  const manners = { apiKey, delayMs, slowMs, requestsPerSecond };
  const serving = await serve(tremendousCounter(world, dice, manners), closing);
  const { baseUrl } = serving;
  return {
    ...{ baseUrl, apiKey, webhookKey, secret: { baseUrl, apiKey, webhookKey } },
    productsSold: rewardsSold,
    balanceCents: () => balanceCents(books),
    orders: () => books.store.all().map(fakeOrder),
    rewardsIssued: () => books.store.all().filter(({ status }) => status === 'EXECUTED').length,
    counters: dice.counters,
    forgedAccepted: webhooks.forgedAccepted,
    setFaults: dice.setRates,
    setWebhookUrl: webhooks.setUrl,
    setAnswerHook: serving.setAnswerHook,
    decide,
    signWebhook: webhooks.sign,
    isIdle: () => later.waiting() === 0 && webhooks.underWay() === 0,
    close: serving.close,
  };
}

interface DecisionSettings {
  readonly faultsOf: (externalId: string) => TremendousFaults;
  readonly later: Later;
}

/**
 * Orders that wait for their decision, those of an earlier run among them, and the webhooks that
 * tell.
 */
function createDecisions(
  { store }: Books,
  webhooks: TremendousSender,
  { faultsOf, later }: DecisionSettings,
) {
  const decide = (id: string, status: 'EXECUTED' | 'FAILED' | 'CANCELED') => {
    const order = store.find(id);
    if (order === undefined) throw new Error('No order stands under this id.');
    decideOrder(store, order, status);
    const event = `ORDERS.${status === 'EXECUTED' ? 'APPROVED' : status}`;
    const resource = { id: order.id, type: 'orders' } as const;
    webhooks.send({ event, resource }, faultsOf(order.externalId ?? id));
  };
  const schedule = ({ id }: StoredOrder) =>
    later.schedule(() => {
      const order = store.find(id);
      if (order !== undefined && isPending(order)) decide(id, 'EXECUTED');
    });
  for (const order of store.all()) if (isPending(order)) schedule(order);
  const onNewOrder: World['onNewOrder'] = (order, faults) => {
    webhooks.send({ event: 'ORDERS.CREATED', resource: { id: order.id, type: 'orders' } }, faults);
    if (isPending(order)) schedule(order);
    else if (order.reward.method !== 'LINK') {
      const event = `REWARDS.DELIVERY.${order.reward.deliveryStatus}`;
      webhooks.send({ event, resource: { id: order.reward.id, type: 'rewards' } }, faults);
    }
  };
  return { decide, onNewOrder };
}

function isPending({ status }: StoredOrder): boolean {
  return status === 'OPEN' || status.startsWith('PENDING');
}

function fakeOrder({ id, externalId, status, reward }: StoredOrder): FakeOrder {
  return {
    ...{ id, externalId, status, rewardId: reward.id },
    denomination: reward.denomination,
    currency: reward.currency,
    email: reward.recipient.email,
    links: Array.from({ length: reward.linksMade }, (_, index) => linkOf(reward, index + 1)),
  };
}
