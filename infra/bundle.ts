import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';

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
 * JavaScript, for runtimes without a native one, and the adaptive retry mode.
 */
const neverReached: Plugin = {
  name: 'never-reached',
  setup: ({ onLoad }) => {
    const files = /smithy.core.dist-es.submodules.*(Sha256Js|Md5Js|AdaptiveRetryStrategy)\.js$/;
    onLoad({ filter: files }, ({ path }) => {
      const name = basename(path, '.js');
      const left = `throw new Error("${name} is left out")`;
      const contents = `export class ${name}{constructor(){${left}}}`;
      return { contents, loader: 'js' };
    });
  },
};

/** Of the partitions of AWS the one that our regions lie in; it is told by a pattern. */
const onePartition: Plugin = {
  name: 'one-partition',
  setup: ({ onLoad }) => {
    onLoad({ filter: /util-endpoints.lib.aws.partitions\.js$/ }, async ({ path }) => {
      const { partitionsInfo } = (await import(pathToFileURL(path).href)) as {
        partitionsInfo: { partitions: { id: string }[]; version: string };
      };
      const { partitions, version } = partitionsInfo;
      const kept = partitions.flatMap((each) =>
        each.id === 'aws' ? [{ ...each, regions: {} }] : [],
      );
      const info = JSON.stringify({ partitions: kept, version });
      const contents = `export const partitionsInfo=${info}`;
      return { contents, loader: 'js' };
    });
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
    plugins: [lightSchemas, versionOfClient, neverReached, onePartition],
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
