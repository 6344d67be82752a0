import { posix } from 'node:path';
import { isStringLiteralLikeNode } from 'typescript/unstable/ast';
import { importsOf } from './imports.ts';
import { type Finding, nodesOf, type Source, type TextFile } from './source.ts';

const entries = /^(functions\/[^/]+|test\/.*\.(test|bench|typetest|config)|[^/]+)\.(ts|mjs)$/;
const named = ['infra/app.ts', 'infra/cli/main.ts', 'infra/cli/bootstrap.mjs'];

/** Code that nothing starts, imports, or names by its path. */
export function checkReachable(sources: readonly Source[], files: readonly TextFile[]): Finding[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const scripts = files.filter(({ path }) => /^(package|cdk)\.json$|^\.ci\//.test(path));
  const isEntry = ({ path }: Source) =>
    entries.test(path) || named.includes(path) || scripts.some(({ text }) => text.includes(path));
  const waiting = sources.filter(isEntry);
  const reached = new Set(waiting.map(({ path }) => path));
  for (let source = waiting.pop(); source !== undefined; source = waiting.pop()) {
    for (const target of referencesOf(source)) {
      const found = byPath.get(target);
      if (found === undefined || reached.has(target)) continue;
      reached.add(target);
      waiting.push(found);
    }
  }
  return sources
    .filter(({ path }) => !reached.has(path))
    .map(({ path }) => {
      const advice = 'no function, command or test reaches it: use it or delete it.';
      return { rule: 'unused-file', path, line: 1, advice };
    });
}

/** Imports, and texts that end in a code file's name: from the root, or beside the file itself. */
function referencesOf(source: Source): string[] {
  const imported = importsOf(source).flatMap(({ target }) => target ?? []);
  const texts = [...nodesOf(source.tree)].filter(isStringLiteralLikeNode);
  const paths = texts
    .map(({ text }) => text)
    .filter((text) => /\.(ts|mjs)$/.test(text))
    .flatMap((text) => [text, posix.join(posix.dirname(source.path), text)]);
  return [...imported, ...paths];
}
