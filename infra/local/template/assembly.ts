import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { LocalRuntimeError } from '../failure.ts';

const resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Condition: z.string().optional(),
});

const template = z.looseObject({
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })).default({}),
  Parameters: z.record(z.string(), z.looseObject({ Default: z.unknown() })).default({}),
});

const manifest = z.looseObject({
  artifacts: z
    .record(
      z.string(),
      z.looseObject({
        type: z.string(),
        environment: z.string().optional(),
        properties: z.record(z.string(), z.unknown()).default({}),
      }),
    )
    .default({}),
});

const assetFile = z.looseObject({
  files: z.record(
    z.string(),
    z.looseObject({
      source: z.looseObject({ path: z.string(), packaging: z.string() }),
      destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
    }),
  ),
});

export type Template = z.infer<typeof template>;
export type TemplateResource = z.infer<typeof resource>;

/** One stack of a CDK cloud assembly, as it was synthesized. */
export interface AssemblyStack {
  readonly stackName: string;
  readonly region: string;
  readonly template: Template;
  /** Folders of zipped assets by their S3 key. */
  readonly assetFolders: ReadonlyMap<string, string>;
}

/** Reads the one stack of a cloud assembly, nested stages included. Throws when it is not one. */
export async function readAssembly(directory: string): Promise<AssemblyStack> {
  const stacks = (await Promise.all((await manifestsIn(directory)).map(stacksOf))).flat();
  const [stack, ...others] = stacks;
  if (stack === undefined || others.length > 0) {
    throw new LocalRuntimeError(
      'TEMPLATE_UNSUPPORTED',
      `The cloud assembly holds ${stacks.length} stacks; the local runtime runs exactly one.`,
    );
  }
  return stack;
}

async function manifestsIn(directory: string): Promise<string[]> {
  const nested = (await readdir(directory, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && entry.name.startsWith('assembly-'))
    .map((entry) => manifestsIn(join(directory, entry.name)));
  return [join(directory, 'manifest.json'), ...(await Promise.all(nested)).flat()];
}

async function stacksOf(manifestPath: string): Promise<AssemblyStack[]> {
  const directory = dirname(manifestPath);
  const { artifacts } = manifest.parse(await readJson(manifestPath));
  const all = Object.values(artifacts);
  const assets = all.filter(({ type }) => type === 'cdk:asset-manifest');
  const folders = await Promise.all(
    assets.map(({ properties }) => foldersOf(directory, text(properties.file))),
  );
  const stacks = all.filter(({ type }) => type === 'aws:cloudformation:stack');
  return Promise.all(
    stacks.map(async ({ environment, properties }) => ({
      stackName: text(properties.stackName),
      region: environment?.split('/').at(-1) ?? '',
      template: template.parse(await readJson(join(directory, text(properties.templateFile)))),
      assetFolders: new Map(folders.flat()),
    })),
  );
}

async function foldersOf(directory: string, file: string): Promise<[string, string][]> {
  const { files } = assetFile.parse(await readJson(join(directory, file)));
  return Object.values(files)
    .filter(({ source }) => source.packaging === 'zip')
    .flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }): [string, string] => [
        objectKey,
        join(directory, source.path),
      ]),
    );
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}

function text(value: unknown): string {
  return z.string().parse(value);
}
