import { pointerOf } from '../findings.ts';
import type { Finding, Program } from '../schema.ts';
import { findingAt, type Place, placesOf } from './places.ts';

/** Lists whose elements have an id of their own. */
const identified = [
  'earning/rules',
  'earning/returns',
  'earning/caps',
  'earning/multipliers',
  'earning/promotions',
  'budgets',
  'metrics',
  'targets',
  'conversions',
  'exchanges',
  'tiers/levels',
  'segments',
  'referral/stages',
  'challenges',
  'checklists',
  'checklists/*/tasks',
  'surveys',
  'occasions',
  'envelopes',
  'memberships',
  'gifts',
  'rewards',
  'redemption/limits',
  'redemption/reviews',
  'payouts/rails',
] as const;

/** Lists of words where a second one of the same would be a slip. */
const wordLists = [
  'languages',
  'currencies',
  'money/wallets',
  'countries',
  'eventTypes',
  'earning/stacking/order',
  'members/kinds',
  'rewards/*/countries',
  'rewards/*/amountsMinor',
  'rewards/*/tiers',
  'rewards/*/segments',
  'payouts/blockedCountries',
  'payouts/rails/*/countries',
] as const;

/** Ids that two things of one kind share, and words that stand twice in one list. */
export function identityFindings(program: Program): Finding[] {
  const ids = identified.flatMap((route) =>
    repeated(placesOf(program, `${route}/*/id`), 2).map(({ place, first }) => {
      const owner = pointerOf(first.path.slice(0, -1));
      return findingAt(place.path, `is the id of ${owner} already: give each its own`);
    }),
  );
  const words = wordLists.flatMap((route) =>
    repeated(placesOf(program, `${route}/*`), 1).map(({ place }) =>
      findingAt(place.path, `\`${place.value}\` stands in this list already`),
    ),
  );
  return [...ids, ...words];
}

/** Places with the value of an earlier one in the same list, so many steps above. */
function repeated(places: readonly Place[], above: number) {
  const seen = new Map<string, Place>();
  return places.flatMap((place) => {
    const key = `${pointerOf(place.path.slice(0, -above))} ${place.value}`;
    const first = seen.get(key);
    if (first !== undefined) return [{ place, first }];
    seen.set(key, place);
    return [];
  });
}
