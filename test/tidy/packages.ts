import type { Finding, TextFile } from './source.ts';

const exactVersion = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const publicRegistry = 'https://registry.npmjs.org/';

/** Dependencies that are not pinned, and locked packages that come from somewhere else. */
export function checkPackages(files: readonly TextFile[]): Finding[] {
  return [...pins(files), ...sources(files)];
}

function pins(files: readonly TextFile[]): Finding[] {
  const file = files.find(({ path }) => path === 'package.json');
  if (file === undefined) return [];
  const { dependencies, devDependencies } = JSON.parse(file.text) as Manifest;
  return Object.entries({ ...dependencies, ...devDependencies }).flatMap(([name, version]) => {
    if (exactVersion.test(version)) return [];
    const advice = `${name} is ${version}: write the exact version.`;
    return [{ rule: 'pinned', path: file.path, line: lineWith(file.text, `"${name}"`), advice }];
  });
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function sources(files: readonly TextFile[]): Finding[] {
  const path = 'package-lock.json';
  const text = files.find((file) => file.path === path)?.text ?? '';
  return text.split('\n').flatMap((line, index) => {
    const url = /"resolved": "([^"]+)"/.exec(line)?.[1];
    if (url === undefined || url.startsWith(publicRegistry)) return [];
    const advice = 'resolve packages from the public registry, or leave the address out.';
    return [{ rule: 'registry', path, line: index + 1, advice }];
  });
}

function lineWith(text: string, part: string): number {
  return text.split('\n').findIndex((line) => line.includes(part)) + 1;
}
