import * as z from 'zod/mini';
import type { Clock } from '../../../ports/runtime.ts';
import { exchange, type HttpFailure, type HttpLimits, type HttpOutcome } from '../http.ts';
import type { Refusal } from '../order-outcome.ts';
import { createTokens, type Tokens, tokenErrorSchema, tokenReplySchema } from '../tokens.ts';
import { problemSchema } from './reply.ts';

export interface TokenSettings extends HttpLimits {
  readonly tokenUrl: string;
  /** A token is good for one product of one environment: the base that it is used at. */
  readonly audience: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clock: Clock;
}

/** Without a token nothing else is sent: a certain no. */
export type ReloadlyTokens = Tokens<Refusal>;

/** Its own form, and that which the standard for tokens gives. */
const problemOrRefusal = z.union([problemSchema, tokenErrorSchema]);

export function reloadlyTokens(settings: TokenSettings): ReloadlyTokens {
  return createTokens({ ask: () => request(settings), refusedAs, clock: settings.clock });
}

function request(settings: TokenSettings): Promise<HttpOutcome<z.infer<typeof tokenReplySchema>>> {
  const { tokenUrl: url, audience, clientId, clientSecret, timeoutMs, fetch } = settings;
  const headers = { accept: 'application/json' };
  const credentials = { client_id: clientId, client_secret: clientSecret };
  const body = JSON.stringify({ ...credentials, grant_type: 'client_credentials', audience });
  const expected = { statuses: [200], schema: tokenReplySchema, errorSchema: problemOrRefusal };
  return exchange({ method: 'POST', url, headers, body, ...expected }, { timeoutMs, fetch });
}

function refusedAs(reply: HttpFailure): Refusal {
  if (reply.kind === 'notSent') return ['retrySameKey', 'NOT_REACHED'];
  if (reply.kind !== 'error') return ['retrySameKey', 'NO_TOKEN'];
  if (reply.status === 429) return ['waitForLimit', 'RATE_LIMITED'];
  const isRefused = reply.recognised && [400, 401, 403].includes(reply.status);
  return isRefused ? ['configuration', 'CREDENTIALS_REFUSED'] : ['retrySameKey', 'NO_TOKEN'];
}
