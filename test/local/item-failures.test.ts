import { expect, it } from 'vitest';
import { reportedFailures } from '../../infra/local/event-sources/item-failures.ts';

const all = ['a', 'b', 'c'];

it.each([
  [undefined, []],
  ['null', []],
  ['{}', []],
  ['{"batchItemFailures":null}', []],
  ['{"batchItemFailures":[]}', []],
  ['{"batchItemFailures":[{"itemIdentifier":"b"}]}', ['b']],
  ['{"batchItemFailures":[{"itemIdentifier":"b"},{"itemIdentifier":"b"}]}', ['b']],
  ['{"batchItemFailures":[{"itemIdentifier":""}]}', all],
  ['{"batchItemFailures":[{"itemIdentifier":null}]}', all],
  ['{"batchItemFailures":[{"id":"b"}]}', all],
  ['{"batchItemFailures":[{"itemIdentifier":"b"},{"itemIdentifier":"z"}]}', all],
  ['{"batchItemFailures":"b"}', all],
  ['"text"', all],
  ['not json', all],
])('%s means that %j failed', (result, failed) => {
  expect([...reportedFailures(result, all)]).toEqual(failed);
});
