import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asyncApi, eventSchemas } from './asyncapi.ts';
import { readExamples } from './examples.ts';
import { formattedJson } from './formatted-json.ts';
import { openApi } from './openapi.ts';

const folder = join(import.meta.dirname, '../../../shared/contracts/api');

/** Files that are made of the contracts, and lie beside them. */
export const contractFiles = ['openapi.json', 'asyncapi.json', 'events.schema.json'] as const;
export type ContractFile = (typeof contractFiles)[number];

const makers: Readonly<Record<ContractFile, () => unknown>> = {
  'openapi.json': () => openApi(readExamples()),
  'asyncapi.json': asyncApi,
  'events.schema.json': eventSchemas,
};

/** The file as it should be. */
export function contractText(file: ContractFile): string {
  // What is undefined is not in the file.
  return formattedJson(JSON.parse(JSON.stringify(makers[file]())));
}

export async function isUpToDate(file: ContractFile): Promise<boolean> {
  try {
    return (await readFile(join(folder, file), 'utf8')) === contractText(file);
  } catch {
    return false;
  }
}

export async function writeContract(file: ContractFile): Promise<void> {
  await writeFile(join(folder, file), contractText(file));
}
