import * as z from 'zod/mini';
import { isCurrency } from '../../domain/money/currency.ts';
import { invariant } from '../../domain/result.ts';
import type { RewardProvider } from '../../ports/provider.ts';
import type { Clock } from '../../ports/runtime.ts';
import { accountSecret } from './account-secret.ts';
import { type HttpLimits, requireTimeout } from './http.ts';
import { notOffered } from './order-outcome.ts';
import type { ProviderAdapter } from './registry.ts';
import { balances, settlements } from './wise/account.ts';
import { signingKeyOf } from './wise/approval.ts';
import { checkedBase } from './wise/base.ts';
import { wiseCalls } from './wise/calls.ts';
import { wiseCapabilities } from './wise/capabilities.ts';
import { cancel, findOrder, referenceOf } from './wise/find.ts';
import type { WiseAccount } from './wise/outcome.ts';
import { placeOrder } from './wise/place.ts';
import { transferIdPattern } from './wise/reply.ts';
import { publicKeyOf, readWebhook } from './wise/webhook.ts';

/** Its time-out is of each call; placing makes up to seven. */
export interface WiseSettings extends HttpLimits {
  /** Production, sandbox, or a stand-in on a loopback address. */
  readonly baseUrl: string;
  /** A personal token, or that of a user. */
  readonly token: string;
  /** The business that pays. */
  readonly profileId: string;
  /** Of the balance that it pays from. */
  readonly sourceCurrency: string;
  /** Wise's own of the environment, in PEM. */
  readonly webhookPublicKey: string;
  /** A private RSA key in PEM, whose public half Wise has: for strong authentication. */
  readonly signingKey?: string | undefined;
  /** What stands on the payee's statement. Default: Payout. */
  readonly statementText?: string | undefined;
  readonly clock: Clock;
}

/** The shortest that any route of Wise's takes, in letters that every bank has. */
const statementTextPattern = /^[A-Za-z0-9]([A-Za-z0-9 ]{0,8}[A-Za-z0-9])?$/;

/**
 * Wise's platform: one transfer a payout, to a bank account, paid from a balance. Outcomes are the
 * provider's word and nothing else. Throws `InvariantError` for settings or orders that cannot be
 * right.
 */
export function createWise(settings: WiseSettings): RewardProvider {
  const { clock, fetch, profileId, sourceCurrency, timeoutMs, token } = settings;
  const { statementText = 'Payout' } = settings;
  const base = checkedBase(settings.baseUrl);
  const isToken = /^[\x21-\x7e]{8,4096}$/.test(token);
  invariant(isToken, 'The Wise token is not 8 to 4096 printable characters.');
  invariant(transferIdPattern.test(profileId), 'A Wise profile is a number.');
  invariant(isCurrency(sourceCurrency), 'A Wise balance is in a known currency.');
  const isStatementText = statementTextPattern.test(statementText);
  invariant(isStatementText, 'What a statement shows is 1 to 10 plain letters and digits.');
  requireTimeout(timeoutMs);
  const publicKey = publicKeyOf(settings.webhookPublicKey);
  const signingKey =
    settings.signingKey === undefined ? undefined : signingKeyOf(settings.signingKey);
  const calls = wiseCalls({ base, token, profileId, signingKey, timeoutMs, fetch });
  const drafts = new Map<string, string>();
  const wise: WiseAccount = { calls, clock, profileId, sourceCurrency, statementText, drafts };
  return {
    name: 'wise',
    capabilities: wiseCapabilities,
    catalogue: nothing,
    product: async () => undefined,
    placeOrder: (order) => placeOrder(wise, order),
    findOrder: (reference, asked) => findOrder(wise, { ...asked, reference }),
    referenceOf: (reading) => referenceOf(wise, reading),
    readWebhook: (webhook, now) => readWebhook({ publicKey, profileId }, webhook, now),
    balances: () => balances(calls),
    settlements: (period) => settlements(calls, period),
    resend: notOffered,
    cancel: (order) => cancel(wise, order),
  };
}

async function* nothing(): AsyncGenerator<never> {}

const secretSchema = z.object({
  baseUrl: z.string(),
  token: z.string(),
  profileId: z.string(),
  sourceCurrency: z.string(),
  webhookPublicKey: z.string(),
  signingKey: z.optional(z.string()),
  statementText: z.optional(z.string()),
});

export const wiseAdapter: ProviderAdapter = {
  name: 'wise',
  capabilities: wiseCapabilities,
  open: (secret, context) =>
    createWise({ ...accountSecret('Wise', secretSchema, secret), ...context }),
};
