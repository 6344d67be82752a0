import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { programJsonSchema } from '../../../../../infra/cli/program/json-schema.ts';
import { samplePrograms } from '../../../../support/guerdon.ts';

const name = 'program.schema.json';
const regenerate =
  `shared/programs/${name} is not what the program schema says now. Write it again: ` +
  `npm run -s guerdon -- program schema > shared/programs/${name} && npm run format`;

it('the JSON Schema for editors is the one of the program schema', async () => {
  const kept: unknown = JSON.parse(await readFile(join(samplePrograms, name), 'utf8'));
  expect(kept, regenerate).toEqual(JSON.parse(JSON.stringify(programJsonSchema())));
});

it('knows product lists in files of their own', () => {
  const { anyOf } = programJsonSchema().properties.productLists.additionalProperties;
  expect(anyOf[0]).toMatchObject({ required: ['file'], additionalProperties: false });
  expect(anyOf[1]).toMatchObject({ required: ['version', 'products'] });
});
