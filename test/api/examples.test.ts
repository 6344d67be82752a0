import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { examplesPath, readExamples } from '../../infra/cli/contracts/examples.ts';
import { formattedJson } from '../../infra/cli/contracts/formatted-json.ts';
import { operations } from '../../shared/contracts/api/operations.ts';
import { apiRoutes } from '../../shared/contracts/routes.ts';
import { playExamples } from './play-examples.ts';

const examples = readExamples();
const { played } = await playExamples(examples);

/** After a change that is meant: `GUERDON_WRITE_EXAMPLES=1` writes the answers down anew. */
if (process.env.GUERDON_WRITE_EXAMPLES === '1') {
  const next = played.map(({ example: { answer: _, ...example }, reply }) => {
    return {
      ...example,
      status: reply.status,
      ...(reply.body !== undefined && { answer: reply.body }),
    };
  });
  writeFileSync(examplesPath, formattedJson(next));
}

it.each(played)('$example.route: $example.name', ({ example, reply }) => {
  expect(reply.status).toBe(example.status);
  expect(reply.body).toEqual(example.answer);
  const schema = operations[example.route]?.answers[reply.status];
  if (schema === undefined) expect(reply.body).toBeUndefined();
  else expect(schema.safeParse(reply.body).error?.issues).toBeUndefined();
});

it('has an example of every route that asks for a token', () => {
  const guarded = apiRoutes.filter(({ scopes }) => scopes !== undefined);
  const shown = new Set(examples.map(({ route }) => route));
  expect(
    guarded.map(({ method, path }) => `${method} ${path}`).filter((it) => !shown.has(it)),
  ).toEqual([]);
});
