import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LocalRuntimeError } from './failure.ts';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));
const cacheFolder = join(projectRoot, '.guerdon');
const prefix = 'cdk.out-';
const draftPrefix = 'draft-';
/** What the template and the bundles are made from. */
const sources = ['infra', 'functions', 'shared', 'package-lock.json'];
const keptForMs = 7 * 86_400_000;

/**
 * Folder of the cloud assembly of the local stage. It is synthesized where nothing fits the
 * present sources; runs that do so side by side each write a folder of their own, and the first
 * one finished is kept.
 */
export async function synthesizeLocal(): Promise<string> {
  const outdir = join(cacheFolder, `${prefix}${hashOfSources()}`);
  if (!existsSync(outdir)) await synthesizeInto(outdir);
  utimesSync(outdir, new Date(), new Date());
  return outdir;
}

async function synthesizeInto(outdir: string): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  const draft = join(cacheFolder, `${draftPrefix}${randomUUID()}`);
  try {
    await runApp(draft);
    await rename(draft, outdir);
  } catch (error) {
    if (!existsSync(outdir)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  await removeOutdated();
}

async function runApp(outdir: string): Promise<void> {
  const app = spawn(process.execPath, ['infra/app.ts'], {
    cwd: projectRoot,
    env: { ...process.env, GUERDON_STAGES: 'local', CDK_OUTDIR: outdir },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  app.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const [code] = await once(app, 'close');
  if (code === 0) return;
  throw new LocalRuntimeError('SYNTH_FAILED', `The stack could not be synthesized.\n${printed}`);
}

/** Assemblies of older sources, and drafts of killed runs, once no run can still use them. */
async function removeOutdated(): Promise<void> {
  const names = (await readdir(cacheFolder)).filter(
    (name) => name.startsWith(prefix) || name.startsWith(draftPrefix),
  );
  for (const folder of names.map((name) => join(cacheFolder, name))) {
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > keptForMs) await rm(folder, { recursive: true, force: true });
  }
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const path of sources.flatMap((name) => filesBelow(name)).sort()) {
    const content = readFileSync(join(projectRoot, path));
    hash.update(JSON.stringify([path, content.length])).update(content);
  }
  return hash.digest('hex').slice(0, 20);
}

function filesBelow(path: string): string[] {
  if (path.endsWith('.json')) return [path];
  return readdirSync(join(projectRoot, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(projectRoot.length));
}
