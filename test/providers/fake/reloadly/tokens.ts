import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Answer, answered } from '../common/answer.ts';
import { refused } from './answer.ts';

export interface FakeTokens {
  issue(body: unknown): Answer;
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
  readonly audience: () => string;
  readonly now: () => number;
}

const requestSchema = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  grant_type: z.literal('client_credentials'),
  audience: z.string(),
});

/** Real ones: a token for them is given and good for nothing here. */
const otherAudiences = [
  'https://giftcards.reloadly.com',
  'https://giftcards-sandbox.reloadly.com',
  'https://topups.reloadly.com',
];

interface Token {
  readonly audience: string;
  readonly endsAtMs: number;
}

export function createFakeTokens(settings: FakeTokenSettings): FakeTokens {
  const { seed, clientId, clientSecret, lifeSeconds, audience, now } = settings;
  const tokens = new Map<string, Token>();
  let issued = 0;
  return {
    issue: (body) => {
      const asked = requestSchema.safeParse(body).data;
      const isRight = asked?.client_id === clientId && asked.client_secret === clientSecret;
      const audiences = [audience(), ...otherAudiences];
      if (!isRight || !audiences.includes(asked.audience)) {
        return refused(401, 'Access Denied', 'INVALID_CREDENTIALS');
      }
      issued += 1;
      const token = createHash('sha256').update(`${seed} token ${issued}`).digest('base64url');
      tokens.set(token, { audience: asked.audience, endsAtMs: now() + lifeSeconds * 1_000 });
      const rest = { scope: 'developer', expires_in: lifeSeconds, token_type: 'Bearer' };
      return answered({ access_token: token, ...rest });
    },
    refusalOf: (authorization) => {
      const token = tokens.get(authorization?.replace(/^Bearer /, '') ?? '');
      if (token?.audience !== audience()) return refused(401, 'Invalid token', 'INVALID_TOKEN');
      return token.endsAtMs > now() ? undefined : refused(401, 'Token expired', 'TOKEN_EXPIRED');
    },
    revokeAll: () => tokens.clear(),
    issued: () => issued,
  };
}
