import * as z from 'zod/mini';
import type { CatalogueProduct } from '../../domain/catalogue/product.ts';
import type { Money } from '../../domain/money/money.ts';
import { invariant } from '../../domain/result.ts';
import type {
  AskedOrder,
  FindOutcome,
  OrderOutcome,
  PlaceOrder,
  ProviderCapabilities,
  RewardProvider,
  WebhookReading,
} from '../../ports/provider.ts';
import { ProviderUnavailableError } from '../../ports/provider-unavailable.ts';
import type { Clock } from '../../ports/runtime.ts';
import { accountSecret } from './account-secret.ts';
import { answerOf } from './answer-of.ts';
import { type HttpLimits, isOwnNo, requireTimeout } from './http.ts';
import { type Asked, notOffered, unknown } from './order-outcome.ts';
import { isReference, requireReference } from './order-request.ts';
import type { ProviderAdapter } from './registry.ts';
import { checkedBase } from './reloadly/base.ts';
import { type ReloadlyCalls, reloadlyCalls } from './reloadly/calls.ts';
import { productOf } from './reloadly/catalogue.ts';
import { catalogue, ordersUnder, settlements } from './reloadly/lists.ts';
import { lookUpFailure, placingFailure, readOrder, withCards } from './reloadly/outcome.ts';
import { nearestMoney, type OrderReply } from './reloadly/reply.ts';
import { orderBody } from './reloadly/request.ts';
import { reloadlyTokens } from './reloadly/tokens.ts';
import { readWebhook, type WebhookScheme, webhookSchemes } from './reloadly/webhook.ts';

/** Its time-out is of each call; with a token first, and the card too, there are two or three. */
export interface ReloadlySettings extends HttpLimits {
  /** Production, sandbox, or a stand-in on a loopback address. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The signing secret of the webhook, from Reloadly's dashboard. */
  readonly webhookKey: string;
  /** Default: the body and the time. */
  readonly webhookScheme?: WebhookScheme | undefined;
  /** Stands on the receipt. Default: Guerdon. */
  readonly senderName?: string | undefined;
  readonly clock: Clock;
}

const capabilities: ProviderCapabilities = {
  kinds: ['eGiftCard', 'prepaidCard'],
  // Nobody says what becomes of a second order under one reference: the worst is assumed.
  repeatedReference: 'newOrder',
  detectsConflict: false,
  replaysErrors: false,
  findsByReference: true,
  sendsWebhooks: true,
  catalogueEveryMinutes: 60,
  resends: false,
  cancels: false,
  listsSettlements: true,
};

/**
 * How long an order that was taken may be missing from the list of transactions. No figure is
 * published; a card bought twice is worse than one that comes ten minutes later.
 */
const listingLagMs = 600_000;

/**
 * Reloadly's gift cards, API version 1: one card an order, by code. A call is repeated only after
 * its token was refused. Throws `InvariantError` for settings or orders that cannot be right.
 */
export function createReloadly(settings: ReloadlySettings): RewardProvider {
  const { clientId, clientSecret, webhookKey, clock, timeoutMs, fetch } = settings;
  const { senderName = 'Guerdon', webhookScheme: scheme = 'bodyAndTime' } = settings;
  const { base, tokenUrl } = checkedBase(settings.baseUrl);
  const credentials = [clientId, clientSecret, webhookKey];
  const areCredentials = credentials.every((text) => /^[\x21-\x7e]{8,200}$/.test(text));
  invariant(areCredentials, 'A Reloadly credential is not 8 to 200 printable characters.');
  invariant(/^\S(.{0,98}\S)?$/.test(senderName), 'The sender is named by 1 to 100 characters.');
  requireTimeout(timeoutMs);
  const limits = { timeoutMs, fetch };
  const access = { tokenUrl, audience: base, clientId, clientSecret, clock };
  const calls = reloadlyCalls({
    base,
    tokens: reloadlyTokens({ ...access, ...limits }),
    ...limits,
  });
  return {
    name: 'reloadly',
    capabilities,
    catalogue: () => catalogue(calls),
    product: (product) => readProduct(calls, product),
    placeOrder: (order) => placeOrder(calls, order, senderName),
    findOrder: (reference, asked) => findOrder(calls, clock, { ...asked, reference }),
    referenceOf: (reading) => referenceOf(calls, reading),
    readWebhook: (webhook, now) => readWebhook({ webhookKey, scheme }, webhook, now),
    balances: () => readBalances(calls),
    settlements: (period) => settlements(calls, period),
    resend: notOffered,
    cancel: notOffered,
  };
}

async function placeOrder(
  calls: ReloadlyCalls,
  order: PlaceOrder,
  senderName: string,
): Promise<OrderOutcome> {
  const reply = await calls.createOrder(orderBody(order, senderName));
  if (reply.kind !== 'answer') return placingFailure(reply);
  const { reference, value, products } = order;
  return followed(calls, reply.body, { reference, value, products: products.slice(0, 1) });
}

/** An order in a list is as whole as one that is read alone. */
async function findOrder(
  calls: ReloadlyCalls,
  clock: Clock,
  asked: Asked & AskedOrder,
): Promise<FindOutcome> {
  requireReference(asked.reference);
  // The age of what was asked for when the list was asked, however long the answer takes.
  const sentAt = asked.lastSentAt ?? asked.since;
  const isLagOver = clock.now() - sentAt > listingLagMs;
  const listed = await ordersUnder(calls, asked.reference);
  if (listed.kind === 'failed') return lookUpFailure(listed.reply);
  if (listed.kind === 'unfiltered') return unknown('CONTRADICTION');
  if (listed.kind === 'endless') return unknown('LIST_TOO_LONG');
  const [order, ...others] = listed.orders;
  if (others.length > 0) return unknown('TWO_ORDERS');
  if (order !== undefined) return followed(calls, order, asked);
  return isLagOver ? { kind: 'notFound' } : unknown('NOT_YET_LISTED');
}

async function followed(
  calls: ReloadlyCalls,
  reply: OrderReply,
  asked: Asked,
): Promise<OrderOutcome> {
  const reading = readOrder(reply, asked);
  if (reading.kind === 'outcome') return reading.outcome;
  return withCards(reading.order, await calls.getCards(reading.order.transactionId.text));
}

async function referenceOf(
  calls: ReloadlyCalls,
  reading: WebhookReading,
): Promise<string | undefined> {
  if (reading.kind === 'reference') return reading.reference;
  if (reading.kind !== 'order') return undefined;
  const reply = await calls.getOrder(reading.providerOrder);
  if (reply.kind === 'answer') {
    const { customIdentifier: reference } = reply.body;
    return reference && isReference(reference) ? reference : undefined;
  }
  if (isOwnNo(reply, 404)) return undefined;
  throw new ProviderUnavailableError('reloadly');
}

/**
 * A product that is out of stock cannot be told from one that never was; users have met 404 and 400
 * for it.
 */
async function readProduct(
  calls: ReloadlyCalls,
  product: string,
): Promise<CatalogueProduct | undefined> {
  const reply = await calls.getProduct(product);
  if (isOwnNo(reply, 404) || isOwnNo(reply, 400)) return undefined;
  return productOf(answerOf('reloadly', reply));
}

async function readBalances(calls: ReloadlyCalls): Promise<readonly Money[]> {
  const { balance: amount, currencyCode } = answerOf('reloadly', await calls.getBalance());
  const balance = nearestMoney(amount, currencyCode);
  if (balance === undefined) throw new ProviderUnavailableError('reloadly');
  return [balance];
}

const credential = z.string();
const secretSchema = z.object({
  baseUrl: z.string(),
  clientId: credential,
  clientSecret: credential,
  webhookKey: credential,
  webhookScheme: z.optional(z.enum(webhookSchemes)),
  senderName: z.optional(z.string()),
});

export const reloadlyAdapter: ProviderAdapter = {
  name: 'reloadly',
  capabilities,
  open: (secret, context) =>
    createReloadly({ ...accountSecret('Reloadly', secretSchema, secret), ...context }),
};
