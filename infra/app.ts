import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunctions } from './bundle.ts';
import { selectRegions } from './regions.ts';
import { functionNames } from './stacks/functions.ts';

const rows = selectRegions(process.env.GUERDON_STAGES);
const outdir = process.env.CDK_OUTDIR ?? mkdtempSync(join(tmpdir(), 'guerdon-synth-'));

// Below the assembly's own folder, so that runs side by side never meet. Bundling is under way
// on another core while the CDK loads, which takes as long.
const bundling = bundleFunctions({
  entries: Object.fromEntries(functionNames.map((name) => [name, `functions/${name}.ts`])),
  outdir: join(outdir, 'bundles'),
});
const [bundles, { createApp }, { Code }] = await Promise.all([
  bundling,
  import('./assembly.ts'),
  import('aws-cdk-lib/aws-lambda'),
]);
const directories = new Map(bundles.map(({ name, directory }) => [name, directory]));

createApp({
  rows,
  outdir,
  codeOf: (name) => Code.fromAsset(directories.get(name) ?? name),
  // The local template never reaches CloudFormation, and the same code is checked in every other
  // row; without the checks the local runtime starts about two seconds earlier.
  checked: rows.some(({ stage }) => stage !== 'local'),
}).synth();
