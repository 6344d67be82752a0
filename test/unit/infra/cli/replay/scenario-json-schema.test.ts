import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scenarioJsonSchema } from '../../../../../infra/cli/replay/scenario-json-schema.ts';
import { samplePrograms } from '../../../../support/guerdon.ts';

const name = 'scenario.schema.json';
const regenerate =
  `shared/programs/${name} is not what the scenario schema says now. Write it again: ` +
  `npm run -s guerdon -- program test --schema > shared/programs/${name} && npm run format`;

it('the JSON Schema for editors is the one of the scenario schema', async () => {
  const kept: unknown = JSON.parse(await readFile(join(samplePrograms, name), 'utf8'));
  expect(kept, regenerate).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
});
