import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { hosts } from './lambda-endpoints.ts';

const projectRoot = join(import.meta.dirname, '..');

/** Ceiling of one minified bundle, in bytes; every 100 KB cost about 16 ms of a cold start. */
export const maximumBundleBytes = 450_000;

export interface Bundle {
  name: string;
  /** Folder that holds `index.mjs` and nothing else. */
  directory: string;
  bytes: number;
  /** Bytes that each source file left in the bundle, by path from the project's root. */
  sources: Record<string, number>;
}

export interface BundleRequest {
  /** Function name to entry file; a relative path counts from the project's root. */
  entries: Readonly<Record<string, string>>;
  /** Counts from the working directory. */
  outdir: string;
}

/** Errors whose own fields somebody reads; all others are told by their names. */
const readErrors = new Set(['ConditionalCheckFailedException', 'TransactionCanceledException']);

/**
 * Puts the keys of the SDK's schema tables in as literals. They stand there as `[_h]: value`, and
 * a computed key might do anything, so esbuild keeps the schema of every operation that a service
 * has: of SES alone 44 KB that no function uses. Of errors it keeps every one that is registered,
 * 50 of KMS; one that is not registered arrives as the service's general exception, with its name,
 * message and fault. Together that is 17 to 50 KB of each bundle.
 */
const lightSchemas: Plugin = {
  name: 'light-schemas',
  setup: ({ onLoad }) => {
    onLoad(
      { filter: /@aws-sdk.client-[a-z0-9-]+.dist-es.schemas.schemas_\d+\.js$/ },
      async (file) => {
        const text = await readFile(file.path, 'utf8');
        const constants = new Map(
          [...text.matchAll(/^const (\w+) = ("[^"\\]*");$/gm)].map(([, name, value]) => [
            name,
            value,
          ]),
        );
        const contents = text
          .replace(/\[(\w+)\]:/g, (key, name) => {
            const value = constants.get(name);
            return value ? `${value}:` : key;
          })
          .replace(/^n0_registry\.registerError\(\w+\$, (\w+)\);$/gm, (call, name) =>
            readErrors.has(name) ? call : '',
          );
        return { contents, loader: 'js' };
      },
    );
  },
};

/** A client reads its version out of its package.json; the 2 KB around it would come along. */
const versionOfClient: Plugin = {
  name: 'version-of-client',
  setup: ({ onLoad }) => {
    onLoad({ filter: /@aws-sdk.client-[a-z0-9-]+.package\.json$/ }, async (file) => {
      const { version } = JSON.parse(await readFile(file.path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/**
 * Ways of the SDK that a function on Node.js in the partition `aws` never goes: hashes in plain
 * JavaScript, for runtimes without a native one, the adaptive retry mode, headers of event streams
 * and the region of a machine that is no function. Whoever comes there is told so.
 */
const neverReached: Plugin = {
  name: 'never-reached',
  setup: ({ onLoad }) => {
    const left = (name: string) => `{throw new Error("${name} is left out")}`;
    const classes = /dist-es.submodules.*(Sha(1|256)Js|Md5Js|AdaptiveRetryStrategy)\.js$/;
    onLoad({ filter: classes }, (file) => {
      const name = basename(file.path, '.js');
      return { contents: `export class ${name}{constructor()${left(name)}}`, loader: 'js' };
    });
    onLoad({ filter: /smithy.signature-v4.dist-es.HeaderFormatter\.js$/ }, () => ({
      contents: `export class HeaderFormatter{format()${left('HeaderFormatter')}}`,
      loader: 'js',
    }));
    onLoad({ filter: /smithy.core.dist-es.*getInstanceMetadataRegion\.js$/ }, () => ({
      contents: `export const getInstanceMetadataRegion=async()=>${left('The metadata service')}`,
      loader: 'js',
    }));
  },
};

/**
 * Files of banks are read without entities, which are refused before a parser sees them: what it
 * judges and decodes them with is 28 KB.
 */
const noEntities: Plugin = {
  name: 'no-entities',
  setup: ({ onLoad }) => {
    const left = '{throw new Error("Entities are left out")}';
    const parts: [RegExp, string][] = [
      [/is-unsafe.src.index/, `export const HTML=0,XML=0;export function isUnsafe()${left}`],
      [
        /fast-xml-parser.src.xmlparser.DocTypeReader/,
        `export default class{setXmlVersion(){}readDocType()${left}}`,
      ],
      [
        /nodable.entities.src.EntityDecoder/,
        `export const ENTITY_ACTION={};export default class{reset(){}setXmlVersion(){}` +
          `addInputEntities()${left}decode()${left}}`,
      ],
    ];
    for (const [file, contents] of parts) {
      onLoad({ filter: new RegExp(`${file.source}\\.js$`) }, () => ({ contents, loader: 'js' }));
    }
  },
};

/** Addresses of services and settings, of which a function needs the plain ones only. */
const plainSettings: Plugin = {
  name: 'plain-settings',
  setup: ({ onLoad }) => {
    const from = (file: string) => JSON.stringify(join(import.meta.dirname, file));
    onLoad({ filter: /client-[a-z0-9-]+.dist-es.endpoint.endpointResolver\.js$/ }, ({ path }) => {
      const client = basename(join(path, '../../..'));
      const host = hosts[client];
      if (host === undefined && client !== 'client-s3') return undefined;
      const [name, call] =
        host === undefined ? ['bucketEndpoint', ''] : ['endpointsOf', `("${host}")`];
      const imported = `import{${name}}from${from('lambda-endpoints.ts')}`;
      const contents = `${imported};export const defaultEndpointResolver=${name}${call}`;
      return { contents, loader: 'js' };
    });
    // What is left of the rules: functions that only they call, and the table of partitions.
    onLoad({ filter: /aws-sdk.core.dist-es.*util-endpoints.aws\.js$/ }, () => ({
      contents: 'export const awsEndpointFunctions={}',
      loader: 'js',
    }));
    onLoad({ filter: /smithy.core.dist-es.*fromSharedConfigFiles\.js$/ }, () => ({
      contents: `export{fromSharedConfigFiles}from${from('lambda-shared-config.ts')}`,
      loader: 'js',
    }));
  },
};

/**
 * Bundles all functions in one pass, so that shared files are read and parsed once. The output
 * depends on the sources and the pinned packages only: no path, time or order of run is in it.
 * No `require` shim: nothing in the graph needs one, and a test says so.
 * Throws on a build error, a build warning, or a bundle above the ceiling.
 */
export async function bundleFunctions({ entries, outdir }: BundleRequest): Promise<Bundle[]> {
  const names = Object.keys(entries);
  const root = resolve(outdir);
  const result = await build({
    absWorkingDir: projectRoot,
    alias: {
      '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'lambda-credentials.ts'),
      '@aws-sdk/middleware-endpoint-discovery': join(
        import.meta.dirname,
        'lambda-endpoint-discovery.ts',
      ),
      '@smithy/core/event-streams': join(import.meta.dirname, 'lambda-event-streams.ts'),
    },
    bundle: true,
    charset: 'utf8',
    entryPoints: Object.fromEntries(names.map((name) => [`${name}/index`, entries[name] ?? ''])),
    format: 'esm',
    legalComments: 'none',
    logLevel: 'silent',
    mainFields: ['module', 'main'],
    metafile: true,
    minify: true,
    outExtension: { '.js': '.mjs' },
    outdir: root,
    platform: 'node',
    plugins: [lightSchemas, versionOfClient, neverReached, noEntities, plainSettings],
    target: 'node24',
  });
  const [warning] = result.warnings;
  if (warning) throw new Error(`esbuild: ${warning.text} (${warning.location?.file ?? 'no file'})`);
  return names.map((name) => describe(name, join(root, name), result.metafile));
}

function describe(name: string, directory: string, metafile: Metafile): Bundle {
  const written = Object.entries(metafile.outputs).find(
    ([path]) => join(projectRoot, path) === join(directory, 'index.mjs'),
  );
  if (!written) throw new Error(`esbuild wrote no bundle for ${name}`);
  const [, { bytes, inputs }] = written;
  if (bytes > maximumBundleBytes) {
    throw new Error(`bundle of ${name} has ${bytes} bytes, more than ${maximumBundleBytes}`);
  }
  const sources = Object.fromEntries(
    Object.entries(inputs).map(([path, input]) => [path, input.bytesInOutput]),
  );
  return { name, directory, bytes, sources };
}
