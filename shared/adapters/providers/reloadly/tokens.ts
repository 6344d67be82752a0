import * as z from 'zod/mini';
import { addMs, type Instant } from '../../../domain/time.ts';
import type { RejectionReason } from '../../../ports/provider.ts';
import type { Clock } from '../../../ports/runtime.ts';
import { WireNumber } from '../exact-json.ts';
import { exchange, type Fetch, type HttpOutcome } from '../http.ts';
import { problemSchema } from './reply.ts';

export interface TokenSettings {
  readonly tokenUrl: string;
  /** A token is good for one product of one environment: the base that it is used at. */
  readonly audience: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly fetch?: Fetch | undefined;
}

export type Refusal = readonly [reason: RejectionReason, detail: string];

export type TokenOutcome =
  | { readonly kind: 'token'; readonly token: string }
  /** Without a token nothing else is sent: a certain no. */
  | { readonly kind: 'noToken'; readonly refusal: Refusal };

export interface Tokens {
  /** The one in memory until a minute before its end; calls that wait for a new one share it. */
  current(): Promise<TokenOutcome>;
  /** It was refused: the next call asks for another. */
  forget(token: string): void;
}

const earlyMs = 60_000;

const tokenSchema = z.object({
  access_token: z.string().check(z.regex(/^[\x21-\x7e]{1,8192}$/)),
  expires_in: z.instanceof(WireNumber).check(z.refine(({ text }) => /^\d{1,10}$/.test(text))),
});

/** Its own form, and that which the standard for tokens (RFC 6749, 5.2) gives. */
const tokenProblemSchema = z.union([problemSchema, z.object({ error: z.string() })]);

export function createTokens(settings: TokenSettings): Tokens {
  let held: { readonly token: string; readonly usableUntil: Instant } | undefined;
  let asking: Promise<TokenOutcome> | undefined;
  const ask = async (): Promise<TokenOutcome> => {
    const askedAt = settings.clock.now();
    const reply = await request(settings);
    if (reply.kind !== 'answer') return { kind: 'noToken', refusal: refusalOf(reply) };
    const { access_token: token, expires_in: seconds } = reply.body;
    held = { token, usableUntil: addMs(askedAt, Number(seconds.text) * 1_000 - earlyMs) };
    return { kind: 'token', token };
  };
  return {
    current: () => {
      if (held !== undefined && settings.clock.now() < held.usableUntil) {
        return Promise.resolve({ kind: 'token', token: held.token });
      }
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    forget: (token) => {
      if (held?.token === token) held = undefined;
    },
  };
}

function request(settings: TokenSettings): Promise<HttpOutcome<z.infer<typeof tokenSchema>>> {
  const { tokenUrl: url, audience, clientId, clientSecret, timeoutMs, fetch } = settings;
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  const credentials = { client_id: clientId, client_secret: clientSecret };
  const body = JSON.stringify({ ...credentials, grant_type: 'client_credentials', audience });
  const expected = { statuses: [200], schema: tokenSchema, errorSchema: tokenProblemSchema };
  return exchange({ method: 'POST', url, headers, body, ...expected }, { timeoutMs, fetch });
}

function refusalOf(reply: Exclude<HttpOutcome<unknown>, { kind: 'answer' }>): Refusal {
  if (reply.kind === 'notSent') return ['retrySameKey', 'NOT_REACHED'];
  if (reply.kind !== 'error') return ['retrySameKey', 'NO_TOKEN'];
  if (reply.status === 429) return ['waitForLimit', 'RATE_LIMITED'];
  const isRefused = reply.recognised && [400, 401, 403].includes(reply.status);
  return isRefused ? ['configuration', 'CREDENTIALS_REFUSED'] : ['retrySameKey', 'NO_TOKEN'];
}
