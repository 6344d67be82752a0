import * as z from 'zod/mini';
import { invariant } from '../../domain/result.ts';

/**
 * The JSON of an account's secret, by the adapter's own schema. Throws `InvariantError`, which says
 * which fields are wrong and quotes no value.
 */
export function accountSecret<Secret>(
  vendor: string,
  schema: z.ZodMiniType<Secret>,
  secret: unknown,
): Secret {
  const parsed = z.safeParse(schema, secret);
  const places = parsed.error?.issues.map(({ path }) => path.join('.')).join(', ');
  invariant(
    parsed.success,
    `The secret of the ${vendor} account is not of the right form: ${places}.`,
  );
  return parsed.data;
}
