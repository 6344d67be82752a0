import * as z from 'zod/mini';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a refinement says that no JSON Schema can be made of, by the name of the field. */
const known: Readonly<Record<string, JsonSchema>> = {
  occurredAt: { type: 'string', format: 'date-time' },
  from: { type: 'string', format: 'date-time' },
  to: { type: 'string', format: 'date-time' },
  currency: { type: 'string', pattern: '^[A-Z]{3}$' },
  quote: { type: 'string', format: 'uuid' },
};

/** The JSON Schema (2020-12) of what is sent (`input`) or answered (`output`). */
export function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...described } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema, path }) => {
      const name = String(path.at(-1));
      const isBare = jsonSchema.type === 'string' && Object.keys(jsonSchema).length === 1;
      if (isBare && Object.hasOwn(known, name)) Object.assign(jsonSchema, known[name]);
    },
  });
  return described;
}
