import * as z from 'zod';
import { unsupported } from '../failure.ts';
import type { Resolved } from './scope.ts';

/** CloudFormation takes numbers and booleans as text too. */
export const integer = z.coerce.number().int();
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false'])])
  .transform((value) => value === true || value === 'true');

/** Reads the properties of a resource; throws an error that names the resource and the property. */
export function readProperties<Schema extends z.ZodType>(
  { logicalId, properties }: Resolved,
  schema: Schema,
): z.output<Schema> {
  const result = schema.safeParse(properties);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = [logicalId, ...(issue?.path ?? [])].join('.');
  throw unsupported(path, issue?.message ?? 'these properties are not understood.');
}
