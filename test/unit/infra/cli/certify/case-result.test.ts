import { expect, test } from 'vitest';
import {
  type CaseResult,
  certificateText,
  isCertified,
} from '../../../../../infra/cli/certify/case-result.ts';
import { casesOf } from '../../../../../infra/cli/certify/run-suite.ts';

const suite = 'tremendous is certified';

function report(statuses: readonly string[], success = true) {
  const assertionResults = statuses.map((status, index) => {
    const ancestorTitles = index === 0 ? [suite] : [suite, 'amounts'];
    return { ancestorTitles, title: `case ${index}`, status, failureMessages: ['canary'] };
  });
  return { success, testResults: [{ status: 'passed', assertionResults }] };
}

test('every case ran and passed', () => {
  const cases = casesOf(report(['passed', 'passed']));
  expect(cases).toEqual([
    { group: suite, title: 'case 0', status: 'passed' },
    { group: 'amounts', title: 'case 1', status: 'passed' },
  ]);
  expect(isCertified(cases)).toBe(true);
});

test.each([
  ['one failed', report(['passed', 'failed'], false)],
  ['one was left out', report(['passed', 'pending'])],
  ['one is yet to be written', report(['passed', 'todo'])],
  ['something broke beside the cases', report(['passed'], false)],
  ['none ran', report([])],
  ['there is no test', { success: false, testResults: [] }],
  ['there is no report', undefined],
  ['the report is of another form', { success: true }],
])('not certified where %s', (_what, json) => {
  expect(isCertified(casesOf(json))).toBe(false);
});

test('a table by group, what did not pass, and the verdict', () => {
  const results: readonly CaseResult[] = [
    { group: 'amounts', title: 'exact', status: 'passed' },
    { group: 'webhooks', title: 'signed', status: 'failed', reason: 'it is read as order' },
    { group: 'webhooks', title: 'aged', status: 'skipped' },
  ];
  expect(certificateText('runa', results).split('\n')).toEqual([
    '  group     cases  passed  failed  skipped',
    '  amounts       1       1       0        0  pass',
    '  webhooks      2       0       1        1  FAIL',
    '  all           3       1       1        1  FAIL',
    '  failed: webhooks: signed (it is read as order)',
    '  skipped: webhooks: aged',
    'runa is not certified.',
    '',
  ]);
  expect(certificateText('runa', results.slice(0, 1))).toContain('runa is certified: all 1 cases');
  expect(certificateText('runa', [])).toContain('runa is not certified: no case ran.');
});
