import type * as z from 'zod/mini';
import type { Clock } from '../../../ports/runtime.ts';
import { exchange, type HttpFailure, type HttpLimits, type HttpOutcome } from '../http.ts';
import type { Refusal } from '../order-outcome.ts';
import { createTokens, type Tokens, tokenReplySchema } from '../tokens.ts';
import { problemSchema } from './reply.ts';

export interface TokenSettings extends HttpLimits {
  readonly base: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clock: Clock;
}

/** Without a token nothing else is sent: a certain no. */
export type PayPalTokens = Tokens<Refusal>;

/** By client credentials; a token is good for about nine hours. */
export function payPalTokens(settings: TokenSettings): PayPalTokens {
  return createTokens({ ask: () => request(settings), refusedAs, clock: settings.clock });
}

function request(settings: TokenSettings): Promise<HttpOutcome<z.infer<typeof tokenReplySchema>>> {
  const { base, clientId, clientSecret, timeoutMs, fetch } = settings;
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const headers = { authorization: `Basic ${credentials}`, accept: 'application/json' };
  const body = new URLSearchParams({ grant_type: 'client_credentials' });
  const expected = { statuses: [200], schema: tokenReplySchema, errorSchema: problemSchema };
  const url = `${base}/v1/oauth2/token`;
  return exchange({ method: 'POST', url, headers, body, ...expected }, { timeoutMs, fetch });
}

function refusedAs(reply: HttpFailure): Refusal {
  if (reply.kind === 'notSent') return ['retrySameKey', 'NOT_REACHED'];
  if (reply.kind !== 'error') return ['retrySameKey', 'NO_TOKEN'];
  if (reply.status === 429) return ['waitForLimit', 'RATE_LIMITED'];
  const isRefused = reply.recognised && [400, 401, 403].includes(reply.status);
  return isRefused ? ['configuration', 'CREDENTIALS_REFUSED'] : ['retrySameKey', 'NO_TOKEN'];
}
