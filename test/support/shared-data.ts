import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const shared = resolve(root, process.env.GUERDON_SHARED ?? '../shared');

/** The path of a file of real input, or `undefined` after saying why a test is not run. */
export function sharedData(name: string): string | undefined {
  const path = join(shared, 'data', name);
  if (existsSync(path)) return path;
  process.stdout.write('not run: no shared data\n');
  return undefined;
}
