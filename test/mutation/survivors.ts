/** A change that no scenario tells from the program itself, and why that is so. */
export interface AcceptedSurvivor {
  readonly pointer: string;
  readonly changes: readonly string[];
  readonly reason: string;
}

/** By seed program. */
export const acceptedSurvivors: Readonly<Record<string, readonly AcceptedSurvivor[]>> = {
  'archetype-points': [
    {
      pointer: '/budgets/0/shards',
      changes: ['+1'],
      reason: 'Shards share the load of a budget; what it has in all is the same.',
    },
  ],
  'archetype-tiered': [
    {
      pointer: '/earning/stacking/order',
      changes: ['0 and 1 swapped', '1 and 2 swapped', '2 and 3 swapped'],
      reason:
        'A product is the same in any order; only draws on a budget are not, and it has none.',
    },
    ...[0, 1, 2, 3].map((place) => ({
      pointer: `/earning/stacking/order/${place}`,
      changes: ['removed'],
      reason: 'What the order does not name comes last, and the order changes nothing (see above).',
    })),
  ],
  'microsoft-rewards': [
    {
      pointer: '/tiers/down/step',
      changes: ['→ one'],
      reason: 'There are two levels: one step down is all of them.',
    },
    {
      pointer: '/rewards/0/minimumPoints',
      changes: ['-1'],
      reason: 'A cent costs ten points: no price lies between 1,240 and 1,250.',
    },
  ],
};
