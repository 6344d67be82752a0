import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Bundle, maximumBundleBytes } from '../../infra/bundle.ts';

export const codeOf = ({ directory }: Bundle): string =>
  readFileSync(join(directory, 'index.mjs'), 'utf8');

/** Folders that a package was taken from, by its name. */
export function homesOf({ sources }: Bundle): Map<string, Set<string>> {
  const homes = new Map<string, Set<string>>();
  for (const path of Object.keys(sources)) {
    const [home, name] = path.match(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)/) ?? [];
    if (!home || !name) continue;
    homes.set(name, (homes.get(name) ?? new Set()).add(home));
  }
  return homes;
}

/** Small enough, one copy of everything, and nothing that Lambda cannot use. */
export function expectLean(bundle: Bundle): void {
  expect(bundle.bytes).toBeLessThanOrEqual(maximumBundleBytes);
  for (const [name, homes] of homesOf(bundle)) expect([...homes], name).toHaveLength(1);
  const packages = [...homesOf(bundle).keys()];
  const unused = /credential-provider|token-providers|nested-clients|client-s(so|ts|ignin)/;
  expect(packages.filter((name) => unused.test(name))).toEqual([]);
  const paths = Object.entries(bundle.sources).flatMap(([path, bytes]) => (bytes > 0 ? path : []));
  const whole = /zod\/v4\/classic|submodules\/event-streams|temporal-polyfill\/chunks\/classApi/;
  expect(paths.filter((path) => whole.test(path))).toEqual([]);
  const rules = /endpoint\/bdd|util-endpoints\/.*(?<!partition)\.js|ini-file-loader\/(parse|load)/;
  const entities = /is-unsafe\/src\/contexts/;
  for (const left of [rules, entities]) expect(paths.filter((path) => left.test(path))).toEqual([]);
  const stubs =
    /(Sha(1|256)Js|Md5Js|HeaderFormatter|InstanceMetadataRegion|DocTypeReader|EntityDecoder)\.js$/;
  for (const [path, bytes] of Object.entries(bundle.sources)) {
    if (stubs.test(path)) expect(bytes, path).toBeLessThan(200);
    if (path.endsWith('package.json')) expect(bytes, path).toBeLessThan(100);
  }
  expect(codeOf(bundle)).not.toContain('Dynamic require of');
}
