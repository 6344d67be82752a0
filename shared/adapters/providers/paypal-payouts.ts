import * as z from 'zod/mini';
import { invariant } from '../../domain/result.ts';
import type {
  AskedOrder,
  FindOutcome,
  OrderOutcome,
  PlaceOrder,
  RewardProvider,
  WebhookReading,
} from '../../ports/provider.ts';
import { ProviderUnavailableError } from '../../ports/provider-unavailable.ts';
import type { Clock } from '../../ports/runtime.ts';
import { accountSecret } from './account-secret.ts';
import { type HttpLimits, isOwnNo, requireTimeout } from './http.ts';
import { accepted, notOffered, placingFailure, rejected, unknown } from './order-outcome.ts';
import { isReference, requireReference } from './order-request.ts';
import { balances, settlements } from './paypal-payouts/account.ts';
import { cancel } from './paypal-payouts/acts.ts';
import { checkedBase } from './paypal-payouts/base.ts';
import { type PayPalCalls, payPalCalls } from './paypal-payouts/calls.ts';
import { payPalPayoutsCapabilities } from './paypal-payouts/capabilities.ts';
import { signingCertificates } from './paypal-payouts/certificates.ts';
import { type AskedPayout, lookUpFailure, readBatch } from './paypal-payouts/outcome.ts';
import { errorMeaning, standingBatch } from './paypal-payouts/problem.ts';
import { payoutRequest } from './paypal-payouts/request.ts';
import { payPalTokens } from './paypal-payouts/tokens.ts';
import { undone } from './paypal-payouts/undone.ts';
import { readWebhook } from './paypal-payouts/webhook.ts';
import type { ProviderAdapter } from './registry.ts';

/** Its time-out is of each call: with a token first, and a batch that stands, there are three. */
export interface PayPalPayoutsSettings extends HttpLimits {
  /** Production, sandbox, or a stand-in on a loopback address. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** PayPal's id of our webhook. */
  readonly webhookId: string;
  /** PEM: what PayPal signs webhooks with, the chain above it where it is given. */
  readonly webhookCertificates: string;
  readonly clock: Clock;
}

/**
 * PayPal Payouts, API version 1: a batch of one payout an order, to whom the order's payee says. A
 * batch that is taken is not paid yet; money that nobody claims comes back after 30 days, and what
 * was paid can be reversed. A call is repeated only after its token was refused. Throws
 * `InvariantError` for settings or orders that cannot be right.
 */
export function createPayPalPayouts(settings: PayPalPayoutsSettings): RewardProvider {
  const { clientId, clientSecret, webhookId, clock, timeoutMs, fetch } = settings;
  const place = checkedBase(settings.baseUrl);
  const areCredentials = [clientId, clientSecret].every((it) => /^[\x21-\x7e]{8,200}$/.test(it));
  invariant(areCredentials, 'A PayPal credential is not 8 to 200 printable characters.');
  invariant(!clientId.includes(':'), 'The id of a PayPal client has no colon.');
  invariant(/^[A-Za-z0-9]{8,50}$/.test(webhookId), 'The id of the PayPal webhook is none.');
  requireTimeout(timeoutMs);
  const certificates = signingCertificates(settings.webhookCertificates, place.place);
  const limits = { timeoutMs, fetch };
  const { base } = place;
  const tokens = payPalTokens({ base, clientId, clientSecret, clock, ...limits });
  const calls = payPalCalls({ base, tokens, ...limits });
  const trust = { webhookId, certificates, place };
  return {
    name: 'paypal-payouts',
    capabilities: payPalPayoutsCapabilities,
    catalogue: nothingSold,
    product: async () => undefined,
    placeOrder: (order) => placeOrder(calls, order),
    findOrder: (reference, asked) => findOrder(calls, reference, asked),
    referenceOf: (reading) => referenceOf(calls, reading),
    readWebhook: (webhook, now) => readWebhook(trust, webhook, now),
    balances: () => balances(calls),
    settlements: (period) => settlements(calls, period),
    undone: (period) => undone(calls, period),
    resend: notOffered,
    cancel: (order) => cancel(calls, order),
  };
}

/** What is ordered is money: no product stands for it. */
async function* nothingSold(): AsyncGenerator<never> {}

async function placeOrder(calls: PayPalCalls, order: PlaceOrder): Promise<OrderOutcome> {
  const request = payoutRequest(order);
  if (request.kind === 'refused') return rejected(['permanent', request.detail]);
  const { reference, value } = order;
  const reply = await calls.createBatch(request.body);
  if (reply.kind === 'noToken') return rejected(reply.refused);
  if (reply.kind === 'answer') {
    const { payout_batch_id: id, sender_batch_header: sender } = reply.body.batch_header;
    const isOurs = sender?.sender_batch_id === reference;
    return isOurs ? accepted(id, { charge: undefined }) : unknown('CONTRADICTION');
  }
  const standing = reply.kind === 'error' ? standingBatch(reply) : undefined;
  if (standing === undefined) return placingFailure(reply, errorMeaning);
  const { receiver } = request;
  return readStanding(calls, { reference, value, providerOrder: standing, receiver });
}

/** By the id that PayPal gave: nothing is found by ours. */
async function findOrder(
  calls: PayPalCalls,
  reference: string,
  { value, providerOrder }: AskedOrder,
): Promise<FindOutcome> {
  requireReference(reference);
  if (providerOrder === undefined) return unknown('NOT_FINDABLE');
  return readStanding(calls, { reference, value, providerOrder });
}

/** That PayPal knows no batch by an id of its own says nothing of the money. */
async function readStanding(calls: PayPalCalls, asked: AskedPayout): Promise<OrderOutcome> {
  const reply = await calls.getBatch(asked.providerOrder);
  if (reply.kind === 'answer') return readBatch(reply.body, asked);
  return isOwnNo(reply, 404) ? unknown('ORDER_UNKNOWN') : lookUpFailure(reply);
}

async function referenceOf(
  calls: PayPalCalls,
  reading: WebhookReading,
): Promise<string | undefined> {
  if (reading.kind === 'reference') return reading.reference;
  if (reading.kind !== 'order' && reading.kind !== 'reward') return undefined;
  const reply =
    reading.kind === 'order'
      ? await calls.getBatch(reading.providerOrder)
      : await calls.getItem(reading.providerReward);
  if (reply.kind === 'answer') {
    const { body } = reply;
    const sender = 'batch_header' in body ? body.batch_header.sender_batch_header : body;
    const id = sender?.sender_batch_id ?? '';
    return isReference(id) ? id : undefined;
  }
  if (isOwnNo(reply, 404)) return undefined;
  throw new ProviderUnavailableError('paypal-payouts');
}

const secretSchema = z.object({
  baseUrl: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  webhookId: z.string(),
  webhookCertificates: z.string(),
});

export const payPalPayoutsAdapter: ProviderAdapter = {
  name: 'paypal-payouts',
  capabilities: payPalPayoutsCapabilities,
  open: (secret, context) =>
    createPayPalPayouts({ ...accountSecret('PayPal', secretSchema, secret), ...context }),
};
