import * as z from 'zod/mini';
import { isCurrency } from '../../domain/money/currency.ts';
import type { Money } from '../../domain/money/money.ts';
import { invariant } from '../../domain/result.ts';
import type {
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
import { type HttpLimits, requireTimeout } from './http.ts';
import { notOffered, placingFailure } from './order-outcome.ts';
import { requireReference } from './order-request.ts';
import type { ProviderAdapter } from './registry.ts';
import { checkedBase } from './runa/base.ts';
import { type RunaCalls, runaCalls } from './runa/calls.ts';
import { findOrder } from './runa/look-up.ts';
import { errorMeaning, isAbsent, readOrder } from './runa/outcome.ts';
import { catalogue, product } from './runa/products.ts';
import { referenceIn } from './runa/reply.ts';
import { orderBody } from './runa/request.ts';
import { settlements } from './runa/settlements.ts';
import { readWebhook, signingKey } from './runa/webhook.ts';
import { moneyOf } from './wire-money.ts';

/** Its time-out is of each call; a look-up makes several. */
export interface RunaSettings extends HttpLimits {
  /** Production, playground, or a stand-in on a loopback address. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** `whsec_<base64>`; absent: webhooks are refused, as the playground sends none. */
  readonly webhookSecret?: string | undefined;
  /** The balance that pays for everything; absent: that in the product's own currency. */
  readonly paymentCurrency?: string | undefined;
  /** How long an order may be missing from the list; default: a minute. Runa names no time. */
  readonly listLagMs?: number | undefined;
  readonly clock: Clock;
}

const capabilities: ProviderCapabilities = {
  kinds: ['eGiftCard', 'prepaidCard', 'experience', 'perk'],
  repeatedReference: 'sameOrder',
  detectsConflict: true,
  replaysErrors: true,
  findsByReference: true,
  sendsWebhooks: true,
  referenceLifeDays: 30,
  requestsPerMinute: 300,
  catalogueEveryMinutes: 60,
  resends: false,
  cancels: false,
  listsSettlements: true,
};

/**
 * Runa, API version 2024-02-05: one payout link an order, placed synchronously. Outcomes are the
 * provider's word and nothing else; a call is never repeated here. Runa keeps the answer with our
 * reference for thirty days, errors too, so that after `waitForFunds` only a new reference helps;
 * after thirty days the same one orders again. Throws `InvariantError` for settings or orders that
 * cannot be right.
 */
export function createRuna(settings: RunaSettings): RewardProvider {
  const { apiKey, webhookSecret, paymentCurrency, timeoutMs, clock, fetch } = settings;
  const { listLagMs = 60_000 } = settings;
  const base = checkedBase(settings.baseUrl, apiKey);
  const key = webhookSecret === undefined ? undefined : signingKey(webhookSecret);
  const paysIn = paymentCurrency === undefined || isCurrency(paymentCurrency);
  invariant(paysIn, 'The Runa account pays in a currency with a known minor unit.');
  requireTimeout(timeoutMs);
  invariant(Number.isSafeInteger(listLagMs) && listLagMs >= 0, 'A lag is whole milliseconds.');
  const calls = runaCalls({ base, apiKey, timeoutMs, fetch });
  return {
    name: 'runa',
    capabilities: { ...capabilities, sendsWebhooks: key !== undefined },
    catalogue: () => catalogue(calls),
    product: (code) => product(calls, code),
    placeOrder: (order) => placeOrder(calls, order, paymentCurrency),
    findOrder: async (reference, asked) => {
      requireReference(reference);
      return findOrder({ calls, clock, listLagMs }, { reference, ...asked });
    },
    referenceOf: (reading) => referenceOf(calls, reading),
    readWebhook: (webhook, now) =>
      key === undefined ? { kind: 'refused' } : readWebhook(key, webhook, now),
    balances: () => balances(calls),
    settlements: (period) => settlements(calls, period),
    resend: notOffered,
    cancel: notOffered,
  };
}

const secretSchema = z.strictObject({
  baseUrl: z.string(),
  apiKey: z.string(),
  webhookSecret: z.optional(z.string()),
  paymentCurrency: z.optional(z.string()),
  listLagMs: z.optional(z.number()),
});

export const runaAdapter: ProviderAdapter = {
  name: 'runa',
  capabilities,
  open: (secret, context) =>
    createRuna({ ...accountSecret('Runa', secretSchema, secret), ...context }),
};

async function placeOrder(
  calls: RunaCalls,
  order: PlaceOrder,
  paymentCurrency: string | undefined,
): Promise<OrderOutcome> {
  const reply = await calls.createOrder(order.reference, orderBody(order, paymentCurrency));
  if (reply.kind !== 'answer') return placingFailure(reply, errorMeaning);
  return readOrder(reply.body, order);
}

/** An order that failed does not name our reference any more: nothing is learned from it. */
async function referenceOf(calls: RunaCalls, reading: WebhookReading): Promise<string | undefined> {
  if (reading.kind !== 'order') return undefined;
  const reply = await calls.getOrder(reading.providerOrder);
  if (reply.kind === 'answer') {
    const reference = referenceIn(reply.body);
    const mayNameIt = reply.body.status !== 'COMPLETED' && reply.body.status !== 'FAILED';
    if (reference !== undefined || !mayNameIt) return reference;
  } else if (isAbsent(reply)) return undefined;
  throw new ProviderUnavailableError('runa');
}

async function balances(calls: RunaCalls): Promise<readonly Money[]> {
  return answerOf('runa', await calls.balances()).map(({ balance, currency }) => {
    const money = moneyOf(balance, currency);
    if (money === undefined) throw new ProviderUnavailableError('runa');
    return money;
  });
}
