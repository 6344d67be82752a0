import type { Finding, Program } from '../schema.ts';
import { nearest } from '../suggest.ts';
import { fieldsBelow, freeField, plainFields, topFields } from './event-fields.ts';
import { awardRoutes, findingAt, type Place, placesOfAll, routesTo } from './places.ts';

interface PathUse {
  readonly routes: readonly string[];
  /** Words that stand for something other than a field. */
  readonly words: readonly string[];
  /** Only the part of free form can hold what is meant here. */
  readonly onlyData?: string;
}

const tableWords = ['tier', 'category', 'sku', 'productList'];

const uses: readonly PathUse[] = [
  {
    routes: [
      'earning/rules/*/award/by',
      'earning/caps/*/by/path',
      'referral/id',
      'challenges/*/proof',
      'members/wallets/*/requires/*',
    ],
    words: [],
  },
  { routes: routesTo(awardRoutes, ['points/by', 'basisPoints/by']), words: tableWords },
  {
    routes: routesTo(awardRoutes, ['quantity']),
    words: ['lines'],
    onlyData: 'a whole number of something',
  },
  {
    routes: ['earning/rules/*/split/by'],
    words: [],
    onlyData: 'a list of members and shares',
  },
  {
    routes: ['metrics/*/of'],
    words: ['amount', 'count', 'points'],
    onlyData: 'a whole number to count',
  },
];

/** Paths that lead to nothing in an event. */
export function pathFindings(program: Program): Finding[] {
  return uses.flatMap((use) =>
    placesOfAll(program, use.routes).flatMap((place) => pathFinding(place, use)),
  );
}

function pathFinding({ path, value }: Place, { words, onlyData }: PathUse): Finding[] {
  const text = String(value);
  if (words.includes(text)) return [];
  const [top = '', below] = text.split('.');
  if (top === freeField && below !== undefined) return [];
  if (onlyData !== undefined && topFields.includes(top)) {
    const message = `must be a field below ${freeField}: no other one holds ${onlyData}`;
    return [findingAt(path, message)];
  }
  if (top === 'lines') {
    return [findingAt(path, 'leads into the lines of an event, of which there are many')];
  }
  if (below === undefined && plainFields.includes(top)) return [];
  if (below !== undefined && fieldsBelow.get(top)?.includes(below) === true) return [];
  const near = nearest(text, [...words, ...plainFields]);
  const hint =
    near === undefined ? `what is free stands below ${freeField}` : `did you mean ${near}?`;
  return [findingAt(path, `events have no field \`${text}\`; ${hint}`)];
}
