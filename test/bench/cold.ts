// Load time of each function's bundle in a process of its own, against that of a handler that sends
// one command to DynamoDB, bundled by esbuild as it comes: minified, without what our own bundler
// leaves out of the SDK. In turn in the same run; beside it, the same handler by our own bundler,
// and the size of each bundle. The ratio is what counts: machines differ.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { type Bundle, bundleFunctions } from '../../infra/bundle.ts';
import { localRegion } from '../../infra/regions.ts';
import { functionNames } from '../../infra/stacks/functions.ts';

const goal = 1.4;
const maximumBytes = 450_000;
const rounds = 15;
const oneCommand = 'one-command';
const asItComes = 'one-command-as-it-comes';
const oneCommandEntry = 'test/bench/cold/one-command.ts';

const run = promisify(execFile);
const loader = join(import.meta.dirname, 'cold/load.mjs');

/** Everything that any function is given; each takes what it uses. */
const queues = '{"tremendous":"https://queue.example"}';
const environment = {
  ...{ PATH: process.env.PATH, AWS_REGION: localRegion.region, STAGE: 'local' },
  ...{ TABLE_NAME: 'table', BUS_NAME: 'bus', DATA_KEY_ARN: 'arn', CLAIM_SECRET_ARN: 'arn' },
  ...{ DISPATCH_QUEUE_URLS: queues, PROVIDER_SECRET_ARNS: '{"tremendous":"arn"}' },
  ...{ CHECK_QUEUE_URL: 'https://queue.example', SETTLE_QUEUE_URL: 'https://queue.example' },
  ...{ SETTLE_PAYOUTS_QUEUE_URL: 'https://queue.example', FILES_BUCKET: 'files' },
  ...{ WEBHOOK_QUEUE_URL: 'https://queue.example', NOTIFY_QUEUE_URL: 'https://queue.example' },
  ...{ PAGES_BASE_URL: 'https://pages.example', MAIL_FROM: 'mail@guerdon.example' },
  ...{ MAIL_CONFIGURATION_SET: 'mails', PROVIDER_TIMEOUT_MS: '1000' },
  ...{ RATE_SOURCE: 'ecb', RATE_FEED_URL: 'https://rates.example' },
};

async function loadMs({ directory }: Bundle): Promise<number> {
  const file = pathToFileURL(join(directory, 'index.mjs')).href;
  const { stdout } = await run(process.execPath, [loader, file], { env: environment });
  return Number(stdout);
}

interface Loaded {
  readonly name: string;
  readonly bytes: number;
  readonly bestMs: number;
}

/** The best of all rounds: whatever else the machine does only adds to it. */
async function measured(bundles: readonly Bundle[]): Promise<Loaded[]> {
  const best = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    for (const bundle of bundles) {
      const { name } = bundle;
      const tookMs = await loadMs(bundle);
      best.set(name, Math.min(best.get(name) ?? tookMs, tookMs));
    }
  }
  return bundles.map(({ name, bytes }) => ({ name, bytes, bestMs: best.get(name) ?? Number.NaN }));
}

/** What esbuild makes of the handler by itself. */
async function plainBundle(outdir: string): Promise<Bundle> {
  const directory = join(outdir, asItComes);
  const outfile = join(directory, 'index.mjs');
  await build({
    ...{ entryPoints: [oneCommandEntry], outfile, bundle: true, minify: true, target: 'node24' },
    ...{ platform: 'node', format: 'esm', mainFields: ['module', 'main'], logLevel: 'error' },
    absWorkingDir: join(import.meta.dirname, '../..'),
  });
  return { name: asItComes, directory, bytes: (await stat(outfile)).size, sources: {} };
}

const outdir = await mkdtemp(join(tmpdir(), 'guerdon-cold-'));
try {
  const named = functionNames.map((name) => [name, `functions/${name}.ts`] as const);
  const entries = { ...Object.fromEntries(named), [oneCommand]: oneCommandEntry };
  const bundles = [await plainBundle(outdir), ...(await bundleFunctions({ entries, outdir }))];
  const [bare, ...loaded] = await measured(bundles);
  if (bare === undefined) throw new Error('Nothing was measured.');
  console.log(`${bare.name}: ${bare.bestMs.toFixed(0)} ms, ${bare.bytes} bytes`);
  for (const { name, bytes, bestMs } of loaded) {
    const ratio = bestMs / bare.bestMs;
    const isWithin = ratio <= goal && bytes <= maximumBytes;
    const verdict = isWithin ? '' : ` (beyond ${goal} times, or ${maximumBytes} bytes)`;
    console.log(`${name}: ${ratio.toFixed(2)} times as long, ${bytes} bytes${verdict}`);
    if (!isWithin) process.exitCode = 1;
  }
} finally {
  await rm(outdir, { recursive: true });
}
