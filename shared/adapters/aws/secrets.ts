import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/runtime.ts';

/** A rotated secret is noticed within this time. */
export const secretLifeMs = 5 * 60_000;

/** Says which secret, by its ARN, and nothing of what is in it. */
export class SecretUnreadableError extends Error {
  override readonly name = 'SecretUnreadableError';

  constructor(secretArn: string) {
    super(`The secret ${secretArn} does not have the form that is expected of it.`);
  }
}

/**
 * A reader of one JSON secret, parsed by `schema` and cached for 5 minutes; callers that meet share
 * one call. Throws SecretUnreadableError for another form, and what Secrets Manager throws.
 */
export function createSecretReader<Value>(settings: {
  readonly client: SecretsManagerClient;
  readonly clock: Clock;
  readonly secretArn: string;
  readonly schema: z.core.$ZodType<Value>;
}): () => Promise<Value> {
  const { client, clock, secretArn, schema } = settings;
  let cached: { readonly value: Promise<Value>; readonly since: Instant } | undefined;

  const read = async () => {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    const parsed = z.safeParse(schema, parseJson(answer.SecretString));
    if (!parsed.success) throw new SecretUnreadableError(secretArn);
    return parsed.data;
  };

  return () => {
    const ageMs = cached ? clock.now() - cached.since : secretLifeMs;
    if (cached && ageMs >= 0 && ageMs < secretLifeMs) return cached.value;
    const reading = { value: read(), since: clock.now() };
    cached = reading;
    reading.value.catch(() => {
      if (cached === reading) cached = undefined;
    });
    return reading.value;
  };
}

/** The error of JSON.parse quotes its input, so it goes no further. */
function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
