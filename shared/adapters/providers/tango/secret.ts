import * as z from 'zod/mini';
import { invariant } from '../../../domain/result.ts';
import type { TangoCredentials } from './authorisation.ts';

const printable = z.string().check(z.regex(/^[\x21-\x7e]{1,500}$/));
const key = z.string().check(z.regex(/^[\x21-\x7e]{8,500}$/));
const accountName = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,100}$/));

/** The JSON of an account's secret; either the platform's name and key, or a service account. */
export const tangoSecretSchema = z.strictObject({
  /** Production, sandbox, or a stand-in on a loopback address. */
  baseUrl: z.string(),
  platformName: z.optional(printable),
  platformKey: z.optional(key),
  clientId: z.optional(printable),
  clientSecret: z.optional(key),
  username: z.optional(printable),
  password: z.optional(key),
  /** Which life the tokens have. */
  audience: z.optional(z.string().check(z.regex(/^https:\/\/[\x21-\x7e]{1,200}$/))),
  customerIdentifier: accountName,
  accountIdentifier: accountName,
  /** What the webhook subscription sends in the header `X-Guerdon-Webhook-Key`. */
  webhookKey: z.string().check(z.regex(/^[\x21-\x7e]{16,500}$/)),
  /** The subscription's `hmacSharedSecretKey`, base64. */
  webhookSecret: z.optional(z.string().check(z.regex(/^[A-Za-z0-9+/]{16,500}={0,2}$/))),
});

export type TangoSecret = z.infer<typeof tangoSecretSchema>;

/** Tokens that live for a day. */
const usualAudience = 'https://api.tangocard.com/';

/** Throws `InvariantError`, which quotes nothing, unless exactly one of the two is there, whole. */
export function credentialsOf(secret: TangoSecret): TangoCredentials {
  const { platformName, platformKey, clientId, clientSecret, username, password } = secret;
  const isBasic = platformName !== undefined && platformKey !== undefined;
  const isOAuth = clientId !== undefined && clientSecret !== undefined;
  invariant(isBasic !== isOAuth, 'The Tango secret holds either a platform or a client, whole.');
  if (isBasic) {
    invariant(!platformName.includes(':'), 'The name of a Tango platform has no colon.');
    return { kind: 'basic', platformName, platformKey };
  }
  invariant(clientId !== undefined && clientSecret !== undefined, 'A Tango client has a secret.');
  const isWhole = (username === undefined) === (password === undefined);
  invariant(isWhole, 'A Tango service account has a name and a password.');
  return {
    ...{ kind: 'oauth', clientId, clientSecret, audience: secret.audience ?? usualAudience },
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
  };
}
