import { createFaultDice } from './common/faults.ts';
import { createLater } from './common/later.ts';
import { type AnswerHook, serve } from './common/server.ts';
import type { SignedWebhook } from './common/webhook-sender.ts';
import { itemOf, openItemIn, soldItems } from './tango/catalogue.ts';
import { rewardValuesOf } from './tango/credentials.ts';
import { createDecisions, orderEvent, rewardEvent } from './tango/decisions.ts';
import { type FaultName, faultNames, type TangoRates } from './tango/faults.ts';
import { type Books, balanceCents } from './tango/orders.ts';
import { tangoCounter } from './tango/server.ts';
import { OrderStore, type StoredOrder, type StoredStatus } from './tango/store.ts';
import { createTokenDesk, type Keys } from './tango/tokens.ts';
import { type TangoEvent, tangoSender } from './tango/webhooks.ts';

export interface FakeTangoOptions {
  /** The same seed, orders and calls meet the same faults. */
  readonly seed: string | number;
  readonly faults?: TangoRates;
  /** The books, as JSON lines; loaded when they exist. */
  readonly stateFile?: string;
  readonly webhookUrl?: string;
  readonly keys?: Partial<Keys>;
  readonly webhookKey?: string;
  /** Base64. */
  readonly webhookSecret?: string;
  readonly nowMs?: () => number;
  /** Before anything happens, for every call. */
  readonly delayMs?: number;
  /** How long an order is worked on; 0 by default. */
  readonly processingMs?: number;
  /** How long a slow answer takes; longer than any client waits. */
  readonly slowMs?: number;
  /** When a pending order is decided; absent: after 300 ms; `never`: by `decide` only. */
  readonly pendingMs?: number | 'never';
  readonly lateWebhookMs?: number;
  /** The vendor allows 1 a second: 1 is real, the default is off for practical purposes. */
  readonly rateLimitFactor?: number;
  /** Instead of what the factor makes. */
  readonly requestsPerSecond?: number;
  /** Rows of a list; the vendor gives up to 100. */
  readonly maximumRows?: number;
  readonly openingBalanceCents?: bigint;
}

export interface FakeTangoOrder {
  readonly id: string;
  readonly lineItemId: string;
  readonly externalRefId: string | null;
  readonly status: string;
  readonly utid: string;
  /** Decimal text, as it was sent. */
  readonly amount: string;
  readonly currency: string;
  readonly email: string | null;
  /** Code or link of its one reward, and each thing that opens it. */
  readonly rewards: readonly string[];
}

export interface FakeTango {
  readonly baseUrl: string;
  /** The JSON that an account's secret needs. */
  readonly secret: Readonly<Record<string, string>>;
  /** The same, with a service account. */
  readonly tokenSecret: Readonly<Record<string, string>>;
  readonly productsSold: number;
  productIn(currency: string): string;
  /** Oldest first. */
  orders(): readonly FakeTangoOrder[];
  /** Rewards that are paid for and not taken back. */
  rewardsIssued(): number;
  balanceCents(): bigint;
  tokensIssued(): number;
  revokeTokens(): void;
  /** How often each fault has struck. */
  counters(): Readonly<Record<FaultName, number>>;
  /** Forged webhooks that were answered as good ones: there must be none. */
  forgedAccepted(): number;
  setFaults(rates: TangoRates): void;
  setWebhookUrl(url: string | undefined): void;
  setAnswerHook(hook: AnswerHook | undefined): void;
  /** Decides or undoes an order by Tango's id or by its reference, and tells by webhook. */
  decide(id: string, status: StoredStatus): void;
  signWebhook(event: TangoEvent, forger?: 'forger'): SignedWebhook;
  /** The event that tells of an order, by its id, or of its reward. */
  eventAbout(what: 'order' | 'reward', externalRefId: string): TangoEvent;
  /** No webhook is under way and no pending order waits for its time. */
  isIdle(): boolean;
  close(): Promise<void>;
}

const usualKeys: Keys = {
  platformName: 'GuerdonStandIn',
  platformKey: 'platform-key-of-the-stand-in',
  clientId: 'client-of-the-stand-in',
  clientSecret: 'client-secret-of-the-stand-in',
  username: 'service-account',
  password: 'password-of-the-stand-in',
};

const defaults = {
  webhookKey: 'webhook-key-of-the-stand-in',
  webhookSecret: 'd2ViaG9vayBzZWNyZXQgb2YgdGhlIHN0YW5kLWlu',
  ...{ slowMs: 60_000, pendingMs: 300, lateWebhookMs: 1_000, delayMs: 0, processingMs: 0 },
  ...{ rateLimitFactor: 1_000, maximumRows: 100, openingBalanceCents: 100_000_000_000_00n },
  nowMs: () => Date.now(),
};

const account = { customerIdentifier: 'guerdon-programs', accountIdentifier: 'guerdon-rewards' };

/** Tango's RaaS API, version 2, over HTTP on a free loopback port, with faults on demand. */
export async function startFakeTango(options: FakeTangoOptions): Promise<FakeTango> {
  const settings = { ...defaults, ...options };
  const { nowMs, webhookKey, webhookSecret, maximumRows, openingBalanceCents } = settings;
  const keys = { ...usualKeys, ...options.keys };
  const store = new OrderStore(options.stateFile);
  const books: Books = { store, account, openingBalanceCents, maximumRows, nowMs };
  const sender = { key: webhookKey, hmacSecret: webhookSecret, lateMs: settings.lateWebhookMs };
  const closing = new AbortController();
  const webhooks = tangoSender({ ...sender, nowMs, closing: closing.signal });
  webhooks.setUrl(options.webhookUrl);
  const dice = createFaultDice({ names: faultNames, seed: options.seed, rates: options.faults });
  const later = createLater(settings.pendingMs, closing.signal);
  const { decide, onNewOrder, onCancelled } = createDecisions({
    ...{ store, webhooks, later },
    faultsOf: (subject) => dice.forCall(subject, 'webhook'),
  });
  const desk = createTokenDesk(keys, nowMs);
  const { delayMs, processingMs, slowMs, rateLimitFactor } = settings;
  const requestsPerSecond = options.requestsPerSecond ?? rateLimitFactor;
  const office = { world: { books, onNewOrder, onCancelled }, dice, desk };
  const manners = { delayMs, processingMs, slowMs, requestsPerSecond, closing: closing.signal };
  const serving = await serve(tangoCounter(office, manners), closing);
  const { baseUrl } = serving;
  const { platformName, platformKey, ...service } = keys;
  const common = { baseUrl, ...account, webhookKey, webhookSecret };
  return {
    ...{ baseUrl, productIn: openItemIn, productsSold: soldItems.length },
    secret: { ...common, platformName, platformKey },
    tokenSecret: { ...common, ...service },
    orders: () => store.all().map(fakeOrder),
    rewardsIssued: () => store.all().filter(({ status }) => status === 'COMPLETE').length,
    balanceCents: () => balanceCents(books),
    ...{ tokensIssued: desk.issued, revokeTokens: desk.revoke, counters: dice.counters },
    ...{ forgedAccepted: webhooks.forgedAccepted, setFaults: dice.setRates },
    ...{ setWebhookUrl: webhooks.setUrl, signWebhook: webhooks.sign, decide },
    setAnswerHook: serving.setAnswerHook,
    eventAbout: (what, externalRefId) => {
      const order = store.all().find((it) => it.externalRefId === externalRefId);
      if (order === undefined) throw new Error('No order stands under this reference.');
      return what === 'order' ? orderEvent(order) : rewardEvent(order);
    },
    isIdle: () => later.waiting() === 0 && webhooks.underWay() === 0,
    close: serving.close,
  };
}

function fakeOrder(order: StoredOrder): FakeTangoOrder {
  const { id, lineItemId, externalRefId, status, utid, amount, currency, email } = order;
  const item = itemOf(utid);
  const rewards = item === undefined ? [] : rewardValuesOf(order, item);
  return { id, lineItemId, externalRefId, status, utid, amount, currency, email, rewards };
}
