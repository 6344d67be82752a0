import * as z from 'zod/mini';
import { invariant } from '../../domain/result.ts';
import type {
  FindOutcome,
  OrderOutcome,
  PlaceOrder,
  ProviderCapabilities,
  RewardProvider,
  WebhookReading,
} from '../../ports/provider.ts';
import { ProviderUnavailableError } from '../../ports/provider-unavailable.ts';
import { accountSecret } from './account-secret.ts';
import { type HttpLimits, isOwnNo, requireTimeout } from './http.ts';
import { type Asked, lookUpFailure, placingFailure, unknown } from './order-outcome.ts';
import { requireReference } from './order-request.ts';
import type { ProviderAdapter } from './registry.ts';
import { balances, settlements } from './tremendous/account.ts';
import { cancel, resend } from './tremendous/acts.ts';
import { checkedBase } from './tremendous/base.ts';
import { type TremendousCalls, tremendousCalls } from './tremendous/calls.ts';
import { catalogue, product } from './tremendous/catalogue.ts';
import {
  delivered,
  deliveredBefore,
  errorMeaning,
  readOrder,
  refusals,
} from './tremendous/outcome.ts';
import type { OrderReply } from './tremendous/reply.ts';
import { orderBody } from './tremendous/request.ts';
import { readWebhook } from './tremendous/webhook.ts';
import { identifier } from './wire-schemas.ts';

/** Its time-out is of each call; a look-up that needs a new link makes two. */
export interface TremendousSettings extends HttpLimits {
  /** Production, sandbox, or a stand-in on a loopback address. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** The `private_key` of the organisation's webhook. */
  readonly webhookKey: string;
  /** Default: the account's balance. */
  readonly fundingSource?: string | undefined;
}

export const tremendousCapabilities: ProviderCapabilities = {
  kinds: ['eGiftCard', 'prepaidCard', 'donation'],
  repeatedReference: 'sameOrder',
  detectsConflict: true,
  replaysErrors: false,
  findsByReference: true,
  sendsWebhooks: true,
  /** Ten a second. */
  requestsPerMinute: 600,
  /** Changes are told by webhook too. */
  catalogueEveryMinutes: 360,
  resends: true,
  cancels: true,
  listsSettlements: true,
};

const secretSchema = z.object({
  baseUrl: z.string(),
  apiKey: z.string(),
  webhookKey: z.string(),
  fundingSource: z.optional(identifier),
});

export const tremendousAdapter: ProviderAdapter = {
  name: 'tremendous',
  capabilities: tremendousCapabilities,
  open: (secret, context) =>
    createTremendous({ ...accountSecret('Tremendous', secretSchema, secret), ...context }),
};

const accountBalance = 'balance';

/**
 * Tremendous, API version 2: one reward an order, by link. Outcomes are the provider's word and
 * nothing else; a call is never repeated here. Throws `InvariantError` for settings or orders that
 * cannot be right.
 */
export function createTremendous(settings: TremendousSettings): RewardProvider {
  const { apiKey, webhookKey, timeoutMs, fetch, fundingSource = accountBalance } = settings;
  const base = checkedBase(settings.baseUrl, apiKey);
  invariant(webhookKey.length >= 8, 'The Tremendous webhook key is too short to be one.');
  requireTimeout(timeoutMs);
  const calls = tremendousCalls({ base, apiKey, timeoutMs, fetch });
  const source = fundingSource === accountBalance ? fundingSource.toUpperCase() : fundingSource;
  return {
    name: 'tremendous',
    capabilities: tremendousCapabilities,
    catalogue: () => catalogue(calls),
    product: (id) => product(calls, id),
    placeOrder: (order) => placeOrder(calls, order, fundingSource),
    findOrder: (reference, asked) => findOrder(calls, { ...asked, reference }),
    referenceOf: (reading) => referenceOf(calls, reading),
    readWebhook: (webhook) => readWebhook(webhookKey, webhook),
    balances: () => balances(calls, source),
    settlements: (period) => settlements(calls, period),
    resend: (order) => resend(calls, order),
    cancel: (order) => cancel(calls, order),
  };
}

async function placeOrder(
  calls: TremendousCalls,
  order: PlaceOrder,
  fundingSource: string,
): Promise<OrderOutcome> {
  const reply = await calls.createOrder(orderBody(order, fundingSource));
  if (reply.kind !== 'answer') return placingFailure(reply, errorMeaning);
  return withLink(calls, reply, order);
}

async function findOrder(calls: TremendousCalls, asked: Asked): Promise<FindOutcome> {
  requireReference(asked.reference);
  const reply = await calls.getOrder(asked.reference);
  if (reply.kind === 'answer') return withLink(calls, reply, asked);
  return isOwnNo(reply, 404) ? { kind: 'notFound' } : lookUpFailure(reply, refusals);
}

/**
 * A look-up gives no link, nor need the answer to a repeated order: a new one is asked for then.
 */
async function withLink(
  calls: TremendousCalls,
  reply: { readonly status: number; readonly body: { readonly order: OrderReply } },
  asked: Asked,
): Promise<OrderOutcome> {
  const reading = readOrder(reply.body.order, asked, reply.status === 202);
  if (reading.kind === 'outcome') return reading.outcome;
  if (asked.withoutReward) return deliveredBefore(reading.order);
  const made = await calls.generateLink(reading.reward.id);
  if (made.kind !== 'answer') return unknown('NO_LINK');
  const { id, link } = made.body.reward;
  if (id && id !== reading.reward.id) return unknown('CONTRADICTION');
  return delivered(reading.order, link);
}

async function referenceOf(
  calls: TremendousCalls,
  reading: WebhookReading,
): Promise<string | undefined> {
  if (reading.kind === 'reference') return reading.reference;
  if (reading.kind === 'order') return referenceOfOrder(calls, reading.providerOrder);
  if (reading.kind !== 'reward') return undefined;
  const reply = await calls.getReward(reading.providerReward);
  if (reply.kind === 'answer') return referenceOfOrder(calls, reply.body.reward.order_id);
  if (isOwnNo(reply, 404)) return undefined;
  throw new ProviderUnavailableError('tremendous');
}

async function referenceOfOrder(calls: TremendousCalls, id: string): Promise<string | undefined> {
  const reply = await calls.getOrder(id);
  if (reply.kind === 'answer') return reply.body.order.external_id ?? undefined;
  if (isOwnNo(reply, 404)) return undefined;
  throw new ProviderUnavailableError('tremendous');
}
