// Runs on whatever Node the machine has (20 or newer): installs what is missing, then hands over to
// the project's own Node, the Lambda runtime's version. Plain JavaScript for that reason.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const ownNode = join(root, 'node_modules', 'node', 'bin', 'node');
const runtimeMajor = 24;
const parentPipe = 'GUERDON_PARENT_PIPE';
/** Sources are stripped of their types and compiled once, not at every command. */
const compileCache = join(root, '.guerdon', 'compile-cache');

function packagesOf(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
}

/** Whether every package of the lock file is installed in the locked version. */
function isInstalled() {
  const installedPath = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedPath) || !existsSync(ownNode)) return false;
  const installed = packagesOf(installedPath);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([name, { version, optional, devOptional }]) =>
      name === '' || optional || devOptional || installed[name]?.version === version,
  );
}

function install() {
  process.stderr.write('Installing packages (once) …\n');
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const { status } = spawnSync(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    options,
  );
  if (status === 0) return;
  process.stderr.write('npm ci failed; see its message above.\n');
  process.exit(2);
}

/** Starts a program on the project's Node. With `tied` it ends when this process ends, however. */
function handOver(args, { tied }) {
  const child = spawn(ownNode, args, {
    cwd: process.cwd(),
    stdio: ['inherit', 'inherit', 'inherit', tied ? 'pipe' : 'ignore'],
    env: {
      ...process.env,
      PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
      NODE_COMPILE_CACHE: compileCache,
      ...(tied && { [parentPipe]: '3' }),
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

/** Ends this process when the one that handed over to it is gone. */
function watchParent() {
  const descriptor = process.env[parentPipe];
  if (descriptor === undefined) return;
  delete process.env[parentPipe];
  const pipe = new Socket({ fd: Number(descriptor), readable: true, writable: false });
  const end = () => process.kill(process.pid, 'SIGTERM');
  pipe.on('end', end).on('error', end).resume();
  pipe.unref();
}

if (!isInstalled()) install();
const [command, ...rest] = process.argv.slice(2);
if (command === 'test') {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const config = join(root, 'test', 'vitest.config.ts');
  handOver([vitest, 'run', '--config', config, ...rest], { tied: false });
} else if (Number.parseInt(process.versions.node, 10) < runtimeMajor) {
  handOver([fileURLToPath(import.meta.url), ...process.argv.slice(2)], { tied: true });
} else {
  watchParent();
  nodeModule.enableCompileCache(compileCache);
  const { main } = await import('./main.ts');
  await main(process.argv.slice(2));
}
