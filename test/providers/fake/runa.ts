import { createFaultDice } from './common/faults.ts';
import { createLater, type Later } from './common/later.ts';
import { type AnswerHook, serve } from './common/server.ts';
import type { SignedWebhook } from './common/webhook-sender.ts';
import { codesSold, soldAs } from './runa/catalogue.ts';
import { type FaultName, faultNames, type RunaFaults, type RunaRates } from './runa/faults.ts';
import { type Books, balances, decideOrder, undoOrder } from './runa/orders.ts';
import type { World } from './runa/routes.ts';
import { runaCounter } from './runa/server.ts';
import { linkOf, RunaStore, type StoredOrder } from './runa/store.ts';
import { basicView } from './runa/views.ts';
import { type RunaSender, runaSender, type WebhookEvent, webhookId } from './runa/webhooks.ts';

export interface FakeRunaOptions {
  /** The same seed, orders and calls meet the same faults. */
  readonly seed: string | number;
  readonly faults?: RunaRates;
  /** The books, as JSON lines; loaded when they exist. */
  readonly stateFile?: string;
  readonly webhookUrl?: string;
  readonly apiKey?: string;
  readonly webhookSecret?: string;
  /** Before anything happens, for every call. */
  readonly delayMs?: number;
  /** How long a slow answer takes; longer than any client waits. */
  readonly slowMs?: number;
  /** When an order under way is completed; `never`: by `decide` only. */
  readonly pendingMs?: number | 'never';
  readonly lateWebhookMs?: number;
  /** Of the 300 orders a minute that the vendor allows; 1: as it is. */
  readonly rateLimitFactor?: number;
  /** Minor units by currency. */
  readonly openingBalances?: Readonly<Record<string, bigint>>;
  /** The balance that its secret asks orders to be paid from; absent: that of the product. */
  readonly paymentCurrency?: string;
  /** Pages are no longer than this, whatever is asked for. */
  readonly pageSize?: number;
  /** How long an order is missing from the list. */
  readonly listLagMs?: number;
  readonly now?: () => Date;
}

export interface FakeRunaOrder {
  readonly id: string;
  /** Our reference, which it was described as. */
  readonly reference: string;
  readonly status: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly products: readonly string[];
  readonly links: readonly string[];
}

export interface FakeRuna {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly webhookSecret: string;
  /** What the secret of an account here holds. */
  readonly secret: Readonly<Record<string, string | number>>;
  /** Codes that can be ordered. */
  readonly codes: readonly string[];
  productIn(currency: string): string;
  /** Oldest first. */
  orders(): readonly FakeRunaOrder[];
  /** Rewards that are paid for and not taken back. */
  rewardsIssued(): number;
  balanceMinor(currency: string): bigint;
  counters(): Readonly<Record<FaultName, number>>;
  /** Forged webhooks that were answered as good ones: there must be none. */
  forgedAccepted(): number;
  setFaults(rates: RunaRates): void;
  setWebhookUrl(url: string | undefined): void;
  setAnswerHook(hook: AnswerHook | undefined): void;
  /** Ends an order under way, by its id or our reference, and tells by webhook. */
  decide(id: string, status: 'COMPLETED' | 'FAILED'): void;
  /** Takes a delivered order back, or lets its link run out; no webhook tells. */
  undo(id: string, status: 'CANCELLED' | 'EXPIRED'): void;
  /** Stops or starts selling a product, and tells by webhook. */
  setOrderable(code: string, isOrderable: boolean): void;
  signWebhook(event: WebhookEvent, ...secrets: readonly string[]): SignedWebhook;
  /** The event that tells of an order's end. */
  eventOf(id: string): WebhookEvent;
  /** No webhook is under way and no order waits for its time. */
  isIdle(): boolean;
  close(): Promise<void>;
}

const manyMinor = 10n ** 15n;
const currencies = ['AED', 'BHD', 'CAD', 'EUR', 'GBP', 'JPY', 'KWD', 'PLN', 'SEK', 'USD'];
const defaults = {
  apiKey: 'XXguerdon.local-stand-in',
  webhookSecret: 'whsec_d2ViaG9vayBrZXkgb2YgdGhlIHN0YW5kLWlu',
  slowMs: 60_000,
  pendingMs: 300,
  delayMs: 0,
  lateWebhookMs: 1_000,
  rateLimitFactor: 1_000,
  pageSize: 500,
  listLagMs: 0,
  openingBalances: Object.fromEntries(currencies.map((currency) => [currency, manyMinor])),
  now: () => new Date(),
};

/** Runa's API version 2024-02-05 over HTTP on a free loopback port, with faults on demand. */
export async function startFakeRuna(options: FakeRunaOptions): Promise<FakeRuna> {
  const settings = { ...defaults, ...options };
  const { apiKey, webhookSecret, now, listLagMs, paymentCurrency } = settings;
  const store = new RunaStore(options.stateFile);
  const stopped = new Set<string>();
  const isOrderable = (code: string) => soldAs(code) === undefined || !stopped.has(code);
  const books: Books = { store, openingBalances: settings.openingBalances, isOrderable, now };
  const closing = new AbortController();
  const sending = { secret: webhookSecret, lateMs: settings.lateWebhookMs, now };
  const webhooks = runaSender({ ...sending, closing: closing.signal });
  webhooks.setUrl(options.webhookUrl);
  const dice = createFaultDice({ names: faultNames, seed: options.seed, rates: options.faults });
  const later = createLater(settings.pendingMs, closing.signal);
  const { decide, onNewOrder } = createEnds(books, webhooks, {
    faultsOf: (reference) => dice.forCall(reference, 'webhook'),
    later,
  });
  const world: World = { books, pageSize: settings.pageSize, listLagMs, onNewOrder };
  const manners = { ...settings, ordersPerMinute: 300 * settings.rateLimitFactor };
  const serving = await serve(runaCounter(world, dice, manners), closing);
  const { baseUrl } = serving;
  const paying = paymentCurrency === undefined ? {} : { paymentCurrency };
  return {
    ...{ baseUrl, apiKey, webhookSecret, codes: codesSold },
    secret: { baseUrl, apiKey, webhookSecret, listLagMs, ...paying },
    productIn: (currency) => `MARKET-${currency}`,
    orders: () => store.all().map(fakeOrder),
    rewardsIssued: () => store.all().filter(isIssued).length,
    balanceMinor: (currency) => balances(books).get(currency) ?? 0n,
    counters: dice.counters,
    forgedAccepted: webhooks.forgedAccepted,
    setFaults: dice.setRates,
    setWebhookUrl: webhooks.setUrl,
    setAnswerHook: serving.setAnswerHook,
    decide,
    undo: (id, status) => undoOrder(books, found(store, id), status),
    setOrderable: (code, isSold) => {
      if (isSold) stopped.delete(code);
      else stopped.add(code);
      webhooks.send(productEvent(code, isSold, now()), dice.forCall(code, 'webhook'));
    },
    signWebhook: webhooks.sign,
    eventOf: (id) => orderEvent(found(store, id)),
    isIdle: () => later.waiting() === 0 && webhooks.underWay() === 0,
    close: serving.close,
  };
}

interface EndSettings {
  readonly faultsOf: (reference: string) => RunaFaults;
  readonly later: Later;
}

/** Orders under way, those of an earlier run among them, and the webhooks that tell their end. */
function createEnds(books: Books, webhooks: RunaSender, { faultsOf, later }: EndSettings) {
  const { store } = books;
  const tell = (order: StoredOrder, faults: RunaFaults) => webhooks.send(orderEvent(order), faults);
  const decide = (id: string, status: 'COMPLETED' | 'FAILED') => {
    decideOrder(books, found(store, id), status);
    tell(found(store, id), faultsOf(id));
  };
  const schedule = ({ id }: StoredOrder) =>
    later.schedule(() => {
      if (found(store, id).status === 'PROCESSING') decide(id, 'COMPLETED');
    });
  for (const order of store.all()) if (order.status === 'PROCESSING') schedule(order);
  const onNewOrder: World['onNewOrder'] = (order, faults) => {
    if (order.status === 'PROCESSING') schedule(order);
    else tell(order, faults);
  };
  return { decide, onNewOrder };
}

function found(store: RunaStore, id: string): StoredOrder {
  const order = store.find(id);
  if (order === undefined) throw new Error('No order stands under this id.');
  return order;
}

function orderEvent(order: StoredOrder): WebhookEvent {
  const { id, status } = order;
  const body = status === 'FAILED' ? { id, status } : basicView(order);
  return { id: webhookId(id, status), body };
}

function productEvent(code: string, isOrderable: boolean, at: Date): WebhookEvent {
  const state = (orderable: boolean) => ({ price_multiplier: '0.02', is_orderable: orderable });
  const timestamp = at.toISOString();
  const states = { old_state: state(!isOrderable), new_state: state(isOrderable) };
  return { id: webhookId(code, timestamp), body: { product_code: code, ...states, timestamp } };
}

function isIssued({ status, items }: StoredOrder): boolean {
  const isGone = items.some(({ payoutStatus }) => payoutStatus === 'CANCELLED');
  return status === 'COMPLETED' && !isGone;
}

function fakeOrder({ id, description, status, items }: StoredOrder): FakeRunaOrder {
  const item = items[0];
  return {
    ...{ id, status, reference: description ?? '', currency: item?.currency ?? '' },
    amountMinor: BigInt((item?.faceValue ?? '0').replace('.', '')),
    products: items.flatMap(({ products }) => {
      if (products.type === 'SINGLE') return [products.value];
      return products.type === 'MULTIPLE' ? products.values : [];
    }),
    links: status === 'COMPLETED' ? items.map(linkOf) : [],
  };
}
