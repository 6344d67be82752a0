import { sampleProgram, sampleProgramJson } from '../support/sample-program.ts';
import {
  type CancelAnswer,
  type PlaceAnswer,
  ScriptedProvider,
} from '../support/scripted-provider.ts';

export const everyFault: readonly PlaceAnswer[] = [
  ...(['pend', 'lost', 'dropped', 'delayed'] as const),
  ...(
    [
      ...['permanent', 'permanent', 'retryNewKey', 'retrySameKey'],
      ...['waitForFunds', 'waitForLimit', 'configuration'],
    ] as const
  ).map((reject) => ({ reject }) as PlaceAnswer),
];

export const everyCancel: readonly CancelAnswer[] = ['refuse', 'lost', 'dropped', 'late'];

const asTango = { detectsConflict: false, requestsPerMinute: 1200 };

/** Beside the first one: each with another habit, as the real ones have. */
export function fourProviders(): ScriptedProvider[] {
  return [
    new ScriptedProvider('runa', { replaysErrors: true, referenceLifeDays: 30 }),
    new ScriptedProvider('tango', { ...asTango, cancels: true }),
    new ScriptedProvider('reloadly', { repeatedReference: 'newOrder' }),
  ];
}

/** The shipped rewards, each to be had from all four providers, in turns. */
export function programOfFour() {
  const names = ['tremendous', 'runa', 'tango', 'reloadly'];
  const { rewards } = sampleProgramJson() as { rewards: readonly object[] };
  const anywhere = rewards.flatMap((reward) =>
    names.map((provider, index) => ({
      ...reward,
      ...{ id: `card-${provider}`, currency: 'GBP', countries: ['GB'], otherCountries: false },
      ...{ provider, products: [provider] },
      alternatives: [1, 2, 3].map((step) => {
        const other = names[(index + step) % names.length] ?? '';
        return { provider: other, products: [other] };
      }),
    })),
  );
  return sampleProgram({ rewards: anywhere.slice(0, names.length) });
}
