import type { Clock } from '../../../ports/runtime.ts';
import { exchange, type HttpFailure, type HttpLimits, type HttpOutcome } from '../http.ts';
import { createTokens, sentWithToken, tokenErrorSchema, tokenReplySchema } from '../tokens.ts';
import type { TangoProblem } from './reply.ts';

/** Classic: name and key of the platform. Newer: a service account, for tokens that expire. */
export type TangoCredentials =
  | { readonly kind: 'basic'; readonly platformName: string; readonly platformKey: string }
  | {
      readonly kind: 'oauth';
      readonly clientId: string;
      readonly clientSecret: string;
      readonly audience: string;
      /** With both the token is asked for by password, else by the client's credentials alone. */
      readonly username?: string;
      readonly password?: string;
    };

/** Why there is no token: nothing has been sent to the API itself. */
type NoToken =
  | { readonly kind: 'notSent' }
  | { readonly kind: 'error'; readonly status: 401; readonly recognised: false };

type Reply<Body> = Promise<HttpOutcome<Body, TangoProblem>>;

/** Sends with the header of an account that may; a call that was not let in may be sent twice. */
export type Authorisation = <Body>(send: (header: string) => Reply<Body>) => Reply<Body>;

export interface TokenSettings {
  readonly tokenUrl: string;
  readonly clock: Clock;
  readonly limits: HttpLimits;
}

export function authorisationOf(
  credentials: TangoCredentials,
  settings: TokenSettings,
): Authorisation {
  if (credentials.kind === 'oauth') return byToken(credentials, settings);
  const { platformName, platformKey } = credentials;
  const header = `Basic ${Buffer.from(`${platformName}:${platformKey}`).toString('base64')}`;
  return (send) => send(header);
}

type OAuth = Extract<TangoCredentials, { kind: 'oauth' }>;

/** A 401, whoever says it, may only mean that the token has gone stale. */
function byToken(credentials: OAuth, settings: TokenSettings): Authorisation {
  const ask = () => askForToken(credentials, settings);
  const tokens = createTokens({ ask, refusedAs, clock: settings.clock });
  return async (send) => {
    const reply = await sentWithToken(
      tokens,
      (token) => send(`Bearer ${token}`),
      () => true,
    );
    return reply.kind === 'noToken' ? reply.refused : reply;
  };
}

function askForToken(credentials: OAuth, { tokenUrl, limits }: TokenSettings) {
  const { clientId, clientSecret, audience, username, password } = credentials;
  const grant =
    username === undefined || password === undefined
      ? { grant_type: 'client_credentials' }
      : { grant_type: 'password', username, password };
  const client = { client_id: clientId, client_secret: clientSecret, scope: 'raas.all', audience };
  return exchange(
    {
      ...{ method: 'POST', url: tokenUrl, headers: { accept: 'application/json' } },
      ...{ body: new URLSearchParams({ ...client, ...grant }), statuses: [200] },
      ...{ schema: tokenReplySchema, errorSchema: tokenErrorSchema },
    },
    limits,
  );
}

function refusedAs(failure: HttpFailure): NoToken {
  const isRefused = failure.kind === 'error' && [400, 401, 403].includes(failure.status);
  return isRefused ? { kind: 'error', status: 401, recognised: false } : { kind: 'notSent' };
}
