import { createHash } from 'node:crypto';
import { type Answer, answered } from '../common/answer.ts';
import type { FakeCall } from '../common/call.ts';
import { tokenRefused } from './answer.ts';

export interface FakeTokens {
  issue(call: FakeCall): Answer;
  /** The refusal of a call with this header; `undefined`: let in. */
  refusalOf(authorization: string | undefined): Answer | undefined;
  /** Every token so far is refused from now on. */
  revokeAll(): void;
  issued(): number;
}

export interface FakeTokenSettings {
  readonly seed: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly lifeSeconds: number;
  readonly now: () => number;
}

export function createFakeTokens(settings: FakeTokenSettings): FakeTokens {
  const { seed, clientId, clientSecret, lifeSeconds, now } = settings;
  const endings = new Map<string, number>();
  const right = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  let issued = 0;
  return {
    issue: ({ headers, text }) => {
      if (headers.authorization !== right) return tokenRefused(401, 'invalid_client');
      const grant = new URLSearchParams(text).get('grant_type');
      if (grant !== 'client_credentials') return tokenRefused(400, 'unsupported_grant_type');
      issued += 1;
      const token = createHash('sha256').update(`${seed} token ${issued}`).digest('base64url');
      endings.set(token, now() + lifeSeconds * 1_000);
      const scope = 'https://uri.paypal.com/payments/payouts';
      const rest = { scope, token_type: 'Bearer', app_id: 'APP-80W284485P519543T' };
      return answered({ ...rest, access_token: token, expires_in: lifeSeconds, nonce: 'n' });
    },
    refusalOf: (authorization) => {
      const endsAt = endings.get(authorization?.replace(/^Bearer /, '') ?? '') ?? 0;
      return endsAt > now() ? undefined : tokenRefused(401, 'invalid_token');
    },
    revokeAll: () => endings.clear(),
    issued: () => issued,
  };
}
