import { createFaultDice } from './common/faults.ts';
import { createLater, type Later } from './common/later.ts';
import { type AnswerHook, serve } from './common/server.ts';
import type { SignedWebhook } from './common/webhook-sender.ts';
import {
  type FaultName,
  faultNames,
  type ReloadlyFaults,
  type ReloadlyRates,
} from './reloadly/faults.ts';
import { type Books, balanceCents } from './reloadly/orders.ts';
import { openProductIn, readableProducts } from './reloadly/products.ts';
import type { World } from './reloadly/routes.ts';
import { reloadlyCounter } from './reloadly/server.ts';
import {
  cardNumberOf,
  isPending,
  type OrderStatus,
  OrderStore,
  type StoredOrder,
} from './reloadly/store.ts';
import { createFakeTokens } from './reloadly/tokens.ts';
import {
  type ReloadlySender,
  reloadlySender,
  statusEvent,
  type WebhookEvent,
} from './reloadly/webhooks.ts';

export interface FakeReloadlyOptions {
  /** The same seed, orders and calls meet the same faults. */
  readonly seed: string | number;
  readonly faults?: ReloadlyRates;
  /** The books, as JSON lines; loaded when they exist. */
  readonly stateFile?: string;
  readonly webhookUrl?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly webhookKey?: string;
  readonly webhookScheme?: 'bodyAndTime' | 'body';
  /** How long a slow answer takes; longer than any client waits. */
  readonly slowMs?: number;
  /** When a pending order is decided; absent: after 300 ms; `never`: by `decide` or reads only. */
  readonly pendingMs?: number | 'never';
  /** A pending order is done after so many reads. */
  readonly pendingReads?: number;
  readonly lateWebhookMs?: number;
  /** No limit is published; off by default. */
  readonly requestsPerSecond?: number;
  readonly openingBalanceCents?: bigint;
  /** What a second order under one identifier does: nobody says it, so the worst by default. */
  readonly repeats?: 'accept' | 'refuse';
  readonly cardsAs?: 'array' | 'object';
  /** How long a new order is missing from the list of transactions. */
  readonly listLagMs?: number;
  readonly tokenLifeSeconds?: number;
  /** Of the fake's clock. */
  readonly now?: () => number;
}

export interface FakeReloadlyOrder {
  readonly id: string;
  readonly externalId: string | null;
  readonly productId: string;
  readonly status: OrderStatus;
  /** Decimal text, as it was sent. */
  readonly denomination: string;
  readonly currency: string;
  readonly email: string | undefined;
  /** The number of its one card. */
  readonly rewards: readonly string[];
}

export interface FakeReloadly {
  readonly baseUrl: string;
  /** What an account's secret holds. */
  readonly secret: {
    readonly baseUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly webhookKey: string;
    readonly webhookScheme: 'bodyAndTime' | 'body';
  };
  /** Oldest first. */
  orders(): readonly FakeReloadlyOrder[];
  /** Cards that are paid for and not taken back. */
  rewardsIssued(): number;
  /** In US dollars. */
  balanceCents(): bigint;
  tokensIssued(): number;
  revokeTokens(): void;
  /** Products that make sense to an adapter: one more is in no real currency. */
  readonly productsSold: number;
  /** A product for any amount. */
  productIn(currency: string): string;
  /** How often each fault has struck. */
  counters(): Readonly<Record<FaultName, number>>;
  /** Forged webhooks that were answered as good ones: there must be none. */
  forgedAccepted(): number;
  setFaults(rates: ReloadlyRates): void;
  setWebhookUrl(url: string | undefined): void;
  setAnswerHook(hook: AnswerHook | undefined): void;
  /** Decides the first order under an identifier, and tells by webhook. */
  decide(externalId: string, status: 'SUCCESSFUL' | 'FAILED' | 'REFUNDED'): void;
  signWebhook(event: WebhookEvent, key?: string): SignedWebhook;
  /** No webhook is under way and no pending order waits for its time. */
  isIdle(): boolean;
  close(): Promise<void>;
}

const defaults = {
  clientId: 'client-of-the-stand-in',
  clientSecret: 'secret-of-the-stand-in',
  webhookKey: 'webhook-key-of-the-stand-in',
  webhookScheme: 'bodyAndTime',
  slowMs: 60_000,
  pendingMs: 300,
  lateWebhookMs: 1_000,
  openingBalanceCents: 100_000_000_000_00n,
  repeats: 'accept',
  cardsAs: 'array',
  listLagMs: 0,
  tokenLifeSeconds: 5_184_000,
  now: () => Date.now(),
} as const;

/** Small, so that lists have several. */
const maximumPageSize = 10;

/** Reloadly's gift card API over HTTP on a free loopback port, with faults on demand. */
export async function startFakeReloadly(options: FakeReloadlyOptions): Promise<FakeReloadly> {
  const settings = { ...defaults, ...options };
  const { clientId, clientSecret, webhookKey, webhookScheme, slowMs, now } = settings;
  const store = new OrderStore(options.stateFile);
  const books: Books = { ...settings, store, maximumPageSize };
  const { lateWebhookMs: lateMs, tokenLifeSeconds: lifeSeconds } = settings;
  const closing = new AbortController();
  const sending = { key: webhookKey, scheme: webhookScheme, lateMs, now };
  const webhooks = reloadlySender({ ...sending, closing: closing.signal });
  webhooks.setUrl(options.webhookUrl);
  const dice = createFaultDice({ names: faultNames, seed: options.seed, rates: options.faults });
  const later = createLater(settings.pendingMs, closing.signal);
  const { decide, onNewOrder } = createDecisions(store, webhooks, {
    faultsOf: (externalId) => dice.forCall(externalId, 'webhook'),
    later,
  });
  let base = '';
  const access = { seed: String(options.seed), clientId, clientSecret, lifeSeconds };
  const tokens = createFakeTokens({ ...access, audience: () => base, now });
  const world: World = { books, tokens, onNewOrder };
  const manners = { slowMs, requestsPerSecond: options.requestsPerSecond };
  const serving = await serve(reloadlyCounter(world, dice, manners), closing);
  const { baseUrl } = serving;
  base = baseUrl;
  return {
    baseUrl,
    secret: { baseUrl, clientId, clientSecret, webhookKey, webhookScheme },
    orders: () => store.all().map(fakeOrder),
    rewardsIssued: () => store.all().filter(({ status }) => status === 'SUCCESSFUL').length,
    balanceCents: () => balanceCents(books),
    ...{ tokensIssued: tokens.issued, revokeTokens: tokens.revokeAll },
    ...{ productsSold: readableProducts, productIn: openProductIn },
    ...{ counters: dice.counters, forgedAccepted: webhooks.forgedAccepted },
    ...{ setFaults: dice.setRates, setWebhookUrl: webhooks.setUrl },
    setAnswerHook: serving.setAnswerHook,
    ...{ decide, signWebhook: webhooks.sign },
    isIdle: () => later.waiting() === 0 && webhooks.underWay() === 0,
    close: serving.close,
  };
}

interface DecisionSettings {
  readonly faultsOf: (externalId: string) => ReloadlyFaults;
  readonly later: Later;
}

/** Orders that wait for their decision, those of an earlier run too, and the webhooks that tell. */
function createDecisions(
  store: OrderStore,
  webhooks: ReloadlySender,
  { faultsOf, later }: DecisionSettings,
) {
  const decided = (order: StoredOrder, status: OrderStatus) => {
    const after = { ...order, status };
    store.put(after);
    webhooks.send(statusEvent(after), faultsOf(order.externalId ?? String(order.id)));
  };
  const schedule = ({ id }: StoredOrder) =>
    later.schedule(() => {
      const order = store.find(id);
      if (order !== undefined && isPending(order)) decided(order, 'SUCCESSFUL');
    });
  for (const order of store.all()) if (isPending(order)) schedule(order);
  const onNewOrder: World['onNewOrder'] = (order, faults) => {
    webhooks.send(statusEvent(order), faults);
    if (isPending(order)) schedule(order);
  };
  const decide: FakeReloadly['decide'] = (externalId, status) => {
    const order = store.findByExternalId(externalId);
    if (order === undefined) throw new Error('No order stands under this identifier.');
    decided(order, status);
  };
  return { decide, onNewOrder };
}

function fakeOrder(order: StoredOrder): FakeReloadlyOrder {
  const { id, externalId, productId, status, unitPrice, currency, email } = order;
  return {
    ...{ id: String(id), externalId, productId: String(productId), status, currency },
    ...{ denomination: unitPrice, email: email ?? undefined, rewards: [cardNumberOf(order)] },
  };
}
