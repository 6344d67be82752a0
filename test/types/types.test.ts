import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

/*
 * The type check of the whole project (test/checks.test.ts) fails when a line under
 * `@ts-expect-error` compiles. Here: every such line is an error by itself, and a directive over a
 * line that compiles is one.
 */

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'guerdon-types-'));
afterAll(() => rmSync(folder, { recursive: true }));

const directive = /^\s*\/\/ @ts-expect-error .+$/;
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.typetest.ts'));

/** The file with its imports by full path, so that a copy of it reads the same modules. */
function linesOf(name: string): string[] {
  const text = readFileSync(join(import.meta.dirname, name), 'utf8');
  return text
    .replaceAll(/from '(\.\.?\/[^']+)'/g, (_, path) => {
      return `from '${join(import.meta.dirname, path)}'`;
    })
    .split('\n');
}

/** Where the compiler finds an error, as `file:line code`. */
function errorsIn(sources: Readonly<Record<string, readonly string[]>>): string[] {
  for (const [name, lines] of Object.entries(sources)) {
    writeFileSync(join(folder, name), lines.join('\n'));
  }
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { types: [], noUnusedLocals: false },
    files: Object.keys(sources),
    include: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const compiler = join(root, 'node_modules', '.bin', 'tsc');
  const { stdout } = spawnSync(compiler, ['--noEmit', '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const places = stdout.matchAll(/^([^\s(]+)\((\d+),\d+\): error (TS\d+)/gm);
  return [...places].map(([, name, line, code]) => `${name}:${line} ${code}`);
}

it.each(files)('every line of %s that must not compile is an error', (name) => {
  const lines = linesOf(name);
  const expected = lines.flatMap((line, index) =>
    directive.test(line) ? [`${name}:${index + 2}`] : [],
  );
  expect(expected.length).toBeGreaterThan(0);
  const bare = lines.map((line) => (directive.test(line) ? '' : line));
  const places = errorsIn({ [name]: bare }).map((error) => error.split(' ')[0]);
  expect([...new Set(places)]).toEqual(expected);
});

it.each(files)('a line of %s that came to compile would be told', (name) => {
  const lines = linesOf(name);
  const place = lines.findIndex((line) => directive.test(line)) + 1;
  const mended = lines.map((line, index) => (index === place ? '0,' : line));
  expect(errorsIn({ [name]: lines })).toEqual([]);
  expect(errorsIn({ [name]: mended })).toEqual([`${name}:${place} TS2578`]);
});
