import type { Clock } from '../../../ports/runtime.ts';
import { exchange, type HttpLimits, type HttpOutcome } from '../http.ts';
import { tokenErrorSchema, tokenSchema } from './reply.ts';

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
export type NoToken =
  | { readonly kind: 'notSent' }
  | { readonly kind: 'error'; readonly status: 401; readonly recognised: false };

export interface Authorisation {
  /** `renewed` takes no token of before. */
  header(renewed: boolean): Promise<{ readonly kind: 'header'; readonly value: string } | NoToken>;
  /** A 401 may only mean that a token has gone stale. */
  readonly isRenewable: boolean;
}

export interface TokenSettings {
  readonly tokenUrl: string;
  readonly clock: Clock;
  readonly limits: HttpLimits;
}

export function authorisationOf(
  credentials: TangoCredentials,
  settings: TokenSettings,
): Authorisation {
  if (credentials.kind === 'oauth') return tokens(credentials, settings);
  const { platformName, platformKey } = credentials;
  const value = `Basic ${Buffer.from(`${platformName}:${platformKey}`).toString('base64')}`;
  return { isRenewable: false, header: async () => ({ kind: 'header', value }) };
}

type OAuth = Extract<TangoCredentials, { kind: 'oauth' }>;
type TokenReply = Awaited<ReturnType<typeof askForToken>>;

/** A token is given up so long before its end. */
const marginMs = 60_000;

/** One token for all calls, and one request for all that wait for one. */
function tokens(credentials: OAuth, settings: TokenSettings): Authorisation {
  let kept: { readonly value: string; readonly untilMs: number } | undefined;
  let asking: Promise<TokenReply> | undefined;
  const ask = async (): Promise<TokenReply> => {
    const reply = await askForToken(credentials, settings);
    if (reply.kind === 'answer') {
      const lifeMs = Number(reply.body.expires_in.text) * 1_000;
      const untilMs = settings.clock.now() + lifeMs - marginMs;
      kept = { value: `Bearer ${reply.body.access_token}`, untilMs };
    }
    return reply;
  };
  const header: Authorisation['header'] = async (renewed) => {
    if (kept !== undefined && !renewed && settings.clock.now() < kept.untilMs) {
      return { kind: 'header', value: kept.value };
    }
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    const reply = await asking;
    if (reply.kind === 'answer') {
      return { kind: 'header', value: `Bearer ${reply.body.access_token}` };
    }
    return isRefusal(reply)
      ? { kind: 'error', status: 401, recognised: false }
      : { kind: 'notSent' };
  };
  return { isRenewable: true, header };
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
      ...{ schema: tokenSchema, errorSchema: tokenErrorSchema },
    },
    limits,
  );
}

function isRefusal(reply: HttpOutcome<unknown>): boolean {
  return reply.kind === 'error' && [400, 401, 403].includes(reply.status);
}
