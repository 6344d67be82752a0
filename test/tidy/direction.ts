import { importsOf } from './imports.ts';
import { type Finding, findingAt, type Source } from './source.ts';

interface Layer {
  /** Folder whose files it governs; the first that fits decides. */
  readonly folder: string;
  /** Folders it may import from. */
  readonly folders: readonly string[];
  /** Packages it may import; absent: any. */
  readonly packages?: readonly string[];
  /** Folders of which it may import types and nothing else. */
  readonly typesOf?: readonly string[];
}

/** The calendar in functions, so that bundles keep what they use; not `Now`, which is a clock. */
const calendar = [
  'Calendar',
  'Instant',
  'PlainDate',
  'PlainDateTime',
  'PlainTime',
  'ZonedDateTime',
];
const pure = ['zod', 'dinero.js', ...calendar.map((name) => `temporal-polyfill/fns/${name}`)];
const inward = ['shared/domain', 'shared/ports', 'shared/contracts'];

/** Who may know whom. Tests may import anything. */
const layers: readonly Layer[] = [
  { folder: 'shared/domain', folders: ['shared/domain'], packages: pure },
  { folder: 'shared/ports', folders: [], typesOf: inward, packages: [] },
  { folder: 'shared/contracts', folders: ['shared/domain', 'shared/contracts'], packages: pure },
  { folder: 'shared/app', folders: ['shared/app', ...inward], packages: [] },
  { folder: 'shared/adapters', folders: ['shared/adapters', ...inward], typesOf: ['shared/app'] },
  { folder: 'functions', folders: ['functions', 'shared'] },
  // The local stage runs against the fake provider, which lives with the providers' tests.
  { folder: 'infra/cli', folders: ['infra', 'shared', 'test/providers/fake'] },
  { folder: 'infra', folders: ['infra', 'shared'] },
];

/** Imports against the direction functions → app → domain, and packages where none may be. */
export function checkDirection(source: Source): Finding[] {
  const layer = layers.find(({ folder }) => lies(source.path, folder));
  if (layer === undefined) return [];
  return importsOf(source).flatMap(({ node, specifier, target, typeOnly }) => {
    const allowed =
      target === undefined
        ? mayUsePackage(layer, specifier)
        : mayKnow(layer, target) ||
          (typeOnly && layer.typesOf?.some((folder) => lies(target, folder)) === true);
    if (allowed) return [];
    const advice = `${layer.folder} may not import ${target ?? specifier}; ${sentence(layer)}`;
    return [findingAt(source, node, 'direction', advice)];
  });
}

function lies(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

function mayKnow(layer: Layer, target: string): boolean {
  return layer.folders.some((folder) => lies(target, folder));
}

function mayUsePackage({ packages }: Layer, specifier: string): boolean {
  if (packages === undefined) return true;
  return packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

function sentence({ folders, typesOf, packages }: Layer): string {
  const named = [...folders, ...(typesOf ?? []).map((folder) => `types of ${folder}`)];
  if (packages !== undefined) named.push(...packages.map((name) => `the package ${name}`));
  return `it may know ${named.join(', ')}.`;
}
