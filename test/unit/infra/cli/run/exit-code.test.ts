import { expect, it } from 'vitest';
import { exitCodeOf, type RunSummary } from '../../../../../infra/cli/run/run-pipeline.ts';

const sound: RunSummary = {
  events: {
    ...{ received: 0, accrued: 0, returned: 0, commands: 0, duplicate: 0, conflict: 0 },
    refused: { MALFORMED_JSON: 1 },
  },
  ledger: { entries: 0, sumByUnit: { PTS: '0' }, balanced: true, liability: { PTS: '0' } },
  members: 0,
  redemptions: {
    ...{ requested: 0, fulfilled: 0, released: 0, pending: 0, duplicate: 0 },
    refused: { BELOW_MINIMUM: 1 },
  },
  rewards: [],
  writeUnits: {},
  ...{ deadLetters: 0, seconds: 0, eventsPerSecond: 0 },
};

it('is 0 for books that balance, refusals or none', () => {
  expect(exitCodeOf(sound)).toBe(0);
});

it.each<[string, Partial<RunSummary>]>([
  ['dead letters', { deadLetters: 1 }],
  ['books that do not balance', { ledger: { ...sound.ledger, balanced: false } }],
  [
    'a redemption without an answer',
    { redemptions: { ...sound.redemptions, refused: { UNEXPECTED_ERROR: 1 } } },
  ],
])('is 1 for %s', (_, change) => {
  expect(exitCodeOf({ ...sound, ...change })).toBe(1);
});
