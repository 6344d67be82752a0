import { pointerOf } from '../findings.ts';
import type { Finding, Program } from '../schema.ts';
import { nearest } from '../suggest.ts';

/** What stands somewhere in a program. */
export interface Place {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/**
 * The places that a route leads to: keys with slashes between, where `*` is every element of a list
 * or object and `#` every key of an object. What is not there leads nowhere.
 */
export function placesOf(program: Program, route: string): Place[] {
  let places: readonly Place[] = [{ path: [], value: program }];
  for (const step of route.split('/')) places = places.flatMap((place) => below(place, step));
  return [...places];
}

function below({ path, value }: Place, step: string): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  if (step === '#') return Object.keys(value).map((key) => ({ path: [...path, key], value: key }));
  return membersOf(value, step)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => ({ path: [...path, key], value: member }));
}

/** Those that a step names. Checks take most of their time here: a key is not looked for. */
function membersOf(value: object, step: string): (readonly [string | number, unknown])[] {
  if (step === '*') return Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  if (Array.isArray(value) || !Object.hasOwn(value, step)) return [];
  return [[step, (value as Readonly<Record<string, unknown>>)[step]]];
}

/** Every place that the routes lead to. */
export function placesOfAll(program: Program, routes: readonly string[]): Place[] {
  return routes.flatMap((route) => placesOf(program, route));
}

export function findingAt(path: Place['path'], message: string): Finding {
  return { pointer: pointerOf(path), message };
}

/** That a name is none of those that are known, with the one that comes near. */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const hint = near === undefined ? '' : `; did you mean \`${near}\`?`;
  return `the program has no ${what} \`${name}\`${hint}`;
}

/** Routes of what is the same in several parts of a program. */
export const awardRoutes = ['earning/rules/*/award', 'earning/rules/*/award/options/*'] as const;
export const rewardRoutes = [
  'referral/stages/*/reward',
  'challenges/*/reward',
  'checklists/*/reward',
  'checklists/*/tasks/*/reward',
  'surveys/*/reward',
  'occasions/*/reward',
] as const;

/** Each route with each of the ends. */
export function routesTo(routes: readonly string[], ends: readonly string[]): string[] {
  return routes.flatMap((route) => ends.map((end) => `${route}/${end}`));
}
