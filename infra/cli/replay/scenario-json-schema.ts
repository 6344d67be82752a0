import * as z from 'zod/mini';
import { scenarioFileSchema } from './scenario-schema.ts';

/** The JSON Schema of a scenario file, for editors. */
export function scenarioJsonSchema() {
  const schema = z.toJSONSchema(scenarioFileSchema, { io: 'input', reused: 'ref' });
  return { ...schema, title: 'Scenarios of a Guerdon program' };
}
