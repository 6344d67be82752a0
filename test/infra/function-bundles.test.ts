import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Bundle, bundleFunctions } from '../../infra/bundle.ts';
import { localRegion } from '../../infra/regions.ts';
import { functionNames } from '../../infra/stacks/functions.ts';
import { expectLean } from './lean-bundle.ts';
import { RowTemplate } from './synthesized.ts';

const outdir = mkdtempSync(join(tmpdir(), 'guerdon-functions-'));
afterAll(() => rmSync(outdir, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const template = new RowTemplate(localRegion);
let bundles: Bundle[];
beforeAll(async () => {
  const entries = Object.fromEntries(functionNames.map((name) => [name, `functions/${name}.ts`]));
  bundles = await bundleFunctions({ entries, outdir });
}, 60_000);

function bundleOf(name: string): Bundle {
  const found = bundles.find((bundle) => bundle.name === name);
  if (!found) throw new Error(`${name} was not bundled`);
  return found;
}

/** A variable as a deployed function sees it, with `x` for what CloudFormation puts in. */
function deployed(value: unknown): string {
  if (typeof value === 'string') return value;
  const join = (value as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join'];
  return join ? join[1].map(deployed).join(join[0]) : 'x';
}

describe.each(functionNames)('the bundle of %s', (name) => {
  it('is small, has one copy of everything and nothing unused', () => {
    expectLean(bundleOf(name));
  });

  it('starts with the environment that the stack gives it, and no other variable', async () => {
    for (const other of functionNames) {
      for (const key of Object.keys(template.environmentOf(other))) vi.stubEnv(key, undefined);
    }
    vi.stubEnv('AWS_REGION', localRegion.region);
    for (const [key, value] of Object.entries(template.environmentOf(name))) {
      vi.stubEnv(key, deployed(value));
    }
    const file = pathToFileURL(join(bundleOf(name).directory, 'index.mjs')).href;
    const { handler } = (await import(file)) as { handler: unknown };
    expect(handler).toBeTypeOf('function');
  });
});
