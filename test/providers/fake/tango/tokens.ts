import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, answered } from '../common/answer.ts';
import { madeText } from '../common/made-text.ts';

export interface Keys {
  readonly platformName: string;
  readonly platformKey: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  readonly password: string;
}

export interface TokenDesk {
  issue(form: URLSearchParams): Answer;
  isAuthorised(headers: IncomingHttpHeaders): boolean;
  /** All tokens go stale before their time. */
  revoke(): void;
  issued(): number;
}

const lifeMs = 86_400_000;

/** Both ways in: the platform's name and key, and tokens for the service account. */
export function createTokenDesk(keys: Keys, nowMs: () => number): TokenDesk {
  const expiries = new Map<string, number>();
  let issued = 0;
  const basic = Buffer.from(`${keys.platformName}:${keys.platformKey}`).toString('base64');
  return {
    issued: () => issued,
    revoke: () => expiries.clear(),
    isAuthorised: ({ authorization = '' }) => {
      if (authorization === `Basic ${basic}`) return true;
      const expiry = expiries.get(authorization.replace(/^Bearer /, ''));
      return expiry !== undefined && nowMs() < expiry;
    },
    issue: (form) => {
      const isClient =
        form.get('client_id') === keys.clientId && form.get('client_secret') === keys.clientSecret;
      const isPerson =
        form.get('grant_type') === 'client_credentials' ||
        (form.get('username') === keys.username && form.get('password') === keys.password);
      if (!isClient || !isPerson || form.get('scope') !== 'raas.all') {
        return { status: 401, body: { error: 'access_denied', error_description: 'No.' } };
      }
      issued += 1;
      const token = madeText(32, ['token', issued]);
      expiries.set(token, nowMs() + lifeMs);
      return answered({
        ...{ access_token: token, scope: 'raas.all' },
        ...{ expires_in: lifeMs / 1_000, token_type: 'Bearer' },
      });
    },
  };
}
