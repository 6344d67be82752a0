import * as z from 'zod/mini';
import { programSchema } from '../../../shared/domain/program/schema.ts';
import { productListReference } from './product-list.ts';

/**
 * The JSON Schema of a program file, for editors. A product list may also stand in a file of its
 * own, which only the command line resolves.
 */
export function programJsonSchema() {
  const schema = z.toJSONSchema(programSchema, { io: 'input', reused: 'ref' });
  const { productLists, ...others } = schema.properties ?? {};
  const { additionalProperties: inline, ...lists } = Object(productLists);
  const { $schema: _, ...reference } = z.toJSONSchema(productListReference);
  const either = { ...lists, additionalProperties: { anyOf: [reference, inline] } };
  return {
    ...schema,
    title: 'A Guerdon program',
    properties: { ...others, productLists: either },
  };
}
