import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

const exampleSchema = z.strictObject({
  /** What it shows, in a few words. */
  name: z.string(),
  /** Such as `GET /v1/programs/{program}/members/{member}`. */
  route: z.string(),
  scope: z.enum(['member', 'integrator', 'staff']),
  /** Who the token speaks for. */
  subject: z.string(),
  path: z.record(z.string(), z.string()),
  query: z.optional(z.record(z.string(), z.string())),
  key: z.optional(z.string()),
  body: z.optional(z.unknown()),
  status: z.int(),
  answer: z.optional(z.unknown()),
});

/** One call of the API with its answer; a test plays them in their order. */
export type Example = z.output<typeof exampleSchema>;

export const examplesPath = join(
  import.meta.dirname,
  '../../../shared/contracts/api/examples.json',
);

export function readExamples(): readonly Example[] {
  const text = readFileSync(examplesPath, 'utf8');
  return z.parse(z.array(exampleSchema), JSON.parse(text));
}

export function examplesOf(examples: readonly Example[], route: string): Example[] {
  return examples.filter((example) => example.route === route);
}
