import * as z from 'zod/mini';
import { type Refusal, type RefusalCode, refusal } from '../domain/refusal.ts';
import { failure, type Result, success } from '../domain/result.ts';
import { refusalOf } from './json.ts';

type Codes = Readonly<Record<string, RefusalCode>>;

/**
 * One JSON object by its schema; the first thing wrong with it comes back with its field, under the
 * code that `codes` gives to the field's name. What is no object is `MALFORMED_JSON`.
 */
export function readObject<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  codes: Codes = {},
): Result<z.output<Schema>, Refusal> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return failure(refusal('MALFORMED_JSON'));
  }
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return success(parsed.data);
  return failure(refusalOf(parsed.error.issues, value, codes));
}
