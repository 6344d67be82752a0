import type { Finding, Program } from '../schema.ts';
import {
  awardRoutes,
  findingAt,
  type Place,
  placesOf,
  placesOfAll,
  routesTo,
  unknownName,
} from './places.ts';

interface Table {
  readonly by: string;
  readonly list?: string | undefined;
  readonly rows?: Readonly<Record<string, number>> | undefined;
  readonly otherwise: number;
}

/** Awards and rules of which a part has no effect, or that could never pay. */
export function awardFindings(program: Program): Finding[] {
  const tables = placesOfAll(program, routesTo(awardRoutes, ['points', 'basisPoints'])).flatMap(
    (place) => (typeof place.value === 'object' ? tableFindings(program, place) : []),
  );
  const nothing = placesOfAll(program, routesTo(awardRoutes, ['basisPoints']))
    .filter(({ value }) => value === 0)
    .map(({ path }) => findingAt(path, 'is zero: the rule would never pay'));
  return [...tables, ...nothing, ...choiceFindings(program), ...ruleFindings(program)];
}

function tableFindings(program: Program, { path, value }: Place): Finding[] {
  const { by, list, rows, otherwise } = value as Table;
  if (by === 'productList') return listFindings(program, { path, value }, { list, rows });
  const findings: Finding[] = [];
  if (list !== undefined) {
    findings.push(findingAt([...path, 'list'], 'is for tables by `productList`: leave it out'));
  }
  if (by === 'tier' && program.tiers === undefined) {
    findings.push(findingAt([...path, 'by'], 'is `tier`, but the program has no `tiers`'));
  }
  if (rows === undefined || Object.keys(rows).length === 0) {
    findings.push(findingAt(path, 'is a table without `rows`: write the figure itself'));
  } else if (otherwise === 0 && Object.values(rows).every((row) => row === 0)) {
    findings.push(findingAt(path, 'is zero in every row: the rule would never pay'));
  }
  return findings;
}

function listFindings(
  { productLists = {} }: Program,
  { path }: Place,
  { list, rows }: Pick<Table, 'list' | 'rows'>,
): Finding[] {
  const figure = path.at(-1) === 'basisPoints' ? 'basisPoints' : 'points';
  const unused =
    rows === undefined
      ? []
      : [findingAt([...path, 'rows'], 'has no effect: the product list says the figures')];
  if (list === undefined) return [...unused, findingAt(path, 'has no `list`: name a product list')];
  const products = productLists[list]?.products;
  if (products === undefined) return unused;
  if (Object.values(products).some((product) => product[figure] !== undefined)) return unused;
  const message = `no product of list ${list} says its \`${figure}\``;
  return [...unused, findingAt([...path, 'list'], message)];
}

function choiceFindings(program: Program): Finding[] {
  return placesOf(program, 'earning/rules/*/award').flatMap(({ path, value }) => {
    const { options, otherwise } = value as { options?: object; otherwise?: string };
    if (options === undefined || otherwise === undefined) return [];
    const known = Object.keys(options);
    if (known.includes(otherwise)) return [];
    return [findingAt([...path, 'otherwise'], unknownName('option', otherwise, known))];
  });
}

function ruleFindings({ earning }: Program): Finding[] {
  return earning.rules.flatMap(({ pending, vestAfterDays }, index) => {
    if (pending === undefined || vestAfterDays === undefined) return [];
    const message = 'has no effect beside `pending`: points that an event activates vest with it';
    return [findingAt(['earning', 'rules', index, 'vestAfterDays'], message)];
  });
}
