import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextFile } from './source.ts';

const projectRoot = join(import.meta.dirname, '..', '..');
const leftOut = new Set(['node_modules', '.git', 'cdk.out', '.guerdon', 'coverage']);
const textFile = /(\.(ts|mjs|js|json|md|html|css|svg|sh|yaml|yml|jsonl|csv)|LICENSE|\.ci\/[^/]+)$/;

/** Every text file of the project as it lies on disk, without what tools put there. */
export function readTree(folder = ''): TextFile[] {
  return readdirSync(join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    if (leftOut.has(entry.name)) return [];
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return readTree(path);
    if (!entry.isFile() || !textFile.test(path)) return [];
    return [{ path, text: readFileSync(join(projectRoot, path), 'utf8') }];
  });
}
