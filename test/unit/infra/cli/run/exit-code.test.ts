import { expect, it } from 'vitest';
import {
  deadLetterLines,
  exitCodeOf,
  type RunSummary,
} from '../../../../../infra/cli/run/run-pipeline.ts';
import { summaryTable } from '../../../../../infra/cli/run/summary-table.ts';

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
  ...{ deadLetters: 0, deadLettersByQueue: [], seconds: 0, eventsPerSecond: 0 },
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

it('names who has failed, in which queue and with what', () => {
  const queue = 'stage-settleFailures';
  const deadLettersByQueue = [
    { queue, function: 'settle', count: 1, lastCode: 'MESSAGE_UNREADABLE' },
    { queue: 'stage-routeFailures', function: 'route', count: 2 },
  ];
  const summary = { ...sound, deadLetters: 3, deadLettersByQueue };
  const [settle, route] = deadLetterLines(summary);
  expect(settle).toContain(`1 dead letter of settle, in ${queue}.`);
  expect(settle).toContain('MESSAGE_UNREADABLE');
  expect(settle).toContain('GUERDON_DEBUG=1');
  expect(route).toContain('2 dead letters of route');
  const table = summaryTable(summary);
  expect(table).toMatch(/^ {4}of settle +1, last fault MESSAGE_UNREADABLE$/m);
  expect(table).toMatch(/^ {4}of route +2$/m);
});
