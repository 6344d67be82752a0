import { isCurrency } from '../../money/currency.ts';
import { type Finding, type Program, unitsOf } from '../schema.ts';
import {
  awardRoutes,
  findingAt,
  placesOf,
  placesOfAll,
  rewardRoutes,
  routesTo,
  unknownName,
} from './places.ts';

interface Reference {
  readonly what: string;
  /** What the program declares. */
  readonly known: (program: Program) => readonly string[];
  readonly routes: readonly string[];
}

const tableRoutes = routesTo(awardRoutes, ['points', 'basisPoints']);
const lineRoutes = routesTo([...awardRoutes, 'metrics/*'], ['lines/only', 'lines/except']);

const references: readonly Reference[] = [
  {
    what: 'unit',
    known: (program) => [...unitsOf(program), ...program.currencies],
    routes: ['earning/caps/*/unit', 'budgets/*/unit'],
  },
  {
    what: 'unit',
    known: unitsOf,
    routes: [
      'exchanges/*/unit',
      'expiry/*/unit',
      'metrics/*/unit',
      'targets/*/award/unit',
      'conversions/*/from',
      'conversions/*/to',
      'rewards/*/unit',
      'redemption/policies/*/unit',
      'redemption/limits/*/unit',
      'catalogue/unit',
      'goodwill/unit',
      ...routesTo(rewardRoutes, ['points/unit']),
    ],
  },
  {
    what: 'rule',
    known: ({ earning }) => idsOf(earning.rules),
    routes: [
      'earning/returns/*/rule',
      'earning/caps/*/rules/*',
      'earning/multipliers/*/rules/*',
      'earning/promotions/*/rules/*',
    ],
  },
  {
    what: 'metric',
    known: ({ metrics }) => idsOf(metrics),
    routes: [
      'targets/*/metric',
      'tiers/levels/*/qualify/anyOf/*/allOf/*/metric',
      'tiers/levels/*/keep/anyOf/*/allOf/*/metric',
      'perks/requirement/metric',
      'occasions/*/metric',
    ],
  },
  {
    what: 'tier level',
    known: ({ tiers }) => idsOf(tiers?.levels ?? []),
    routes: [
      'earning/rules/*/tiers/*',
      'earning/promotions/*/tiers/*',
      'earning/multipliers/*/tierPercents/#',
      'earning/caps/*/points/byTier/#',
      'earning/caps/*/times/byTier/#',
      'tiers/placements/*/level',
      'segments/*/level',
      'rewards/*/tiers/*',
      'segments/*/levels/*',
    ],
  },
  {
    what: 'segment',
    known: ({ segments }) => idsOf(segments),
    routes: [
      'earning/rules/*/segments/*',
      'earning/promotions/*/segments/*',
      'earning/multipliers/*/segment',
      'envelopes/*/segments/*',
      'rewards/*/segments/*',
    ],
  },
  {
    what: 'entitlement',
    known: ({ entitlements }) => Object.keys(entitlements),
    routes: [
      'tiers/levels/*/entitlements/*',
      'perks/entitlements/*',
      'gifts/*/entitlements/*',
      'memberships/*/entitlements/*/*',
      ...routesTo(rewardRoutes, ['entitlements/*']),
    ],
  },
  {
    what: 'product list',
    known: ({ productLists }) => Object.keys(productLists ?? {}),
    routes: [...routesTo(lineRoutes, ['productList']), ...routesTo(tableRoutes, ['list'])],
  },
  {
    what: 'budget',
    known: ({ budgets }) => idsOf(budgets),
    routes: ['earning/promotions/*/budget'],
  },
  {
    what: 'event type',
    known: ({ eventTypes }) => eventTypes,
    routes: ['expiry/*/activity/*'],
  },
  {
    what: 'currency',
    known: ({ currencies }) => currencies,
    routes: [
      ...routesTo([...awardRoutes, 'metrics/*'], ['minimumAmountMinor/#']),
      'memberships/*/fee/currency',
      'redemption/policies/*/worth/currency',
    ],
  },
];

function idsOf(items: readonly { readonly id: string }[]): string[] {
  return items.map(({ id }) => id);
}

/** Names that nothing in the program declares. */
export function referenceFindings(program: Program): Finding[] {
  const named = references.flatMap(({ what, known, routes }) => {
    const names = new Set(known(program));
    return placesOfAll(program, routes)
      .filter(({ value }) => !names.has(String(value)))
      .map(({ path, value }) => findingAt(path, unknownName(what, String(value), [...names])));
  });
  return [...named, ...awardUnits(program), ...envelopeUnits(program), ...others(program)];
}

/** Cashback may also come in the currency of the purchase, where that is kept. */
function awardUnits(program: Program): Finding[] {
  const units = unitsOf(program);
  const { walletCurrency, otherwise } = program.money;
  return placesOfAll(program, routesTo(awardRoutes, ['unit'])).flatMap(({ path, value }) => {
    const unit = String(value);
    if (units.includes(unit)) return [];
    if (unit !== 'purchaseCurrency') return [findingAt(path, unknownName('unit', unit, units))];
    const missing = program.currencies.filter((currency) => !units.includes(currency));
    const isElsewhere = walletCurrency !== 'purchase' || otherwise !== undefined;
    if (missing.length === 0 || isElsewhere) return [];
    const message =
      `pays in the currency of the purchase, but members have no balance in ` +
      `${missing.join(', ')}: name each of the \`currencies\` among the \`wallets\` of ` +
      '`money`, or say `otherwise` there';
    return [findingAt(path, message)];
  });
}

function envelopeUnits(program: Program): Finding[] {
  const units = unitsOf(program);
  return placesOf(program, 'envelopes/*/unit')
    .filter(({ value }) => !units.includes(String(value)) && !isCurrency(String(value)))
    .map(({ path, value }) => findingAt(path, unknownName('unit', String(value), units)));
}

/** Levels in tables by tier, and countries where the program names its own. */
function others(program: Program): Finding[] {
  const levels = idsOf(program.tiers?.levels ?? []);
  const rows = placesOfAll(program, tableRoutes).flatMap(({ path, value }) => {
    const { by, rows: given = {} } = value as { by?: string; rows?: Record<string, unknown> };
    const unknown = by === 'tier' ? Object.keys(given).filter((row) => !levels.includes(row)) : [];
    return unknown.map((row) =>
      findingAt([...path, 'rows', row], unknownName('tier level', row, levels)),
    );
  });
  const { countries } = program;
  if (countries === undefined) return rows;
  const abroad = placesOf(program, 'rewards/*/countries/*')
    .filter(({ value }) => !countries.includes(String(value)))
    .map(({ path, value }) => findingAt(path, `${value} is not among the program's \`countries\``));
  return [...rows, ...abroad];
}
