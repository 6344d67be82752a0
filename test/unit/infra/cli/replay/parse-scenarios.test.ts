import { expect, it } from 'vitest';
import { parseScenarios } from '../../../../../infra/cli/replay/parse-scenarios.ts';
import { timeIn } from '../../../../../infra/cli/replay/replay-time.ts';
import { runScenarios } from '../../../../../infra/cli/replay/run-scenarios.ts';
import { formatInstant } from '../../../../../shared/domain/time.ts';
import { richProgramJson } from './rich-program.ts';

const at = '2026-01-01';
const event = { type: 'order.paid', member: 'anna' };

function fileOf(...steps: readonly object[]) {
  return { program: 'rich', scenarios: [{ name: 'it', start: at, steps }] };
}

function findingsIn(...steps: readonly object[]): string[] {
  const read = parseScenarios(fileOf(...steps));
  return 'findings' in read
    ? read.findings.map(({ pointer, message }) => `${pointer} ${message}`)
    : [];
}

it('reads a file whole, or says everything that is wrong with it', () => {
  expect(findingsIn({ at, event })).toEqual([]);
  expect(findingsIn({ at, evnt: event }, { at, event: { ...event, amountMinr: 1 } })).toEqual([
    '/scenarios/0/steps/0/evnt did you mean `event`?',
    '/scenarios/0/steps/1/event/amountMinr unknown key `amountMinr`; did you mean `amountMinor`?',
  ]);
  expect(findingsIn({ at }, { at, event, expect: {} })).toEqual([
    '/scenarios/0/steps/0 has none of event, command, publish, quote, redeem, redemption, ' +
      'choice, choose, payoutChoice, payout, expect',
    '/scenarios/0/steps/1 holds event and expect; one is a step',
  ]);
  expect(findingsIn({ at: '2026-02-30', event }, { at, event, refused: 'TO_LATE' })).toEqual([
    expect.stringMatching(
      '^/scenarios/0/steps/0/at must be a date .*, a local time .* or an instant',
    ),
    expect.stringContaining('/scenarios/0/steps/1/refused must be one of'),
  ]);
});

it('refuses names that the program has not, and steps out of order', async () => {
  const member = { lots: { PTX: {} }, tier: 'golden', entitlements: ['loung'], segments: ['vip'] };
  const expectation = { members: { anna: member }, budgets: { launch: 1 } };
  const [result] = await runScenarios(
    richProgramJson,
    fileOf(
      { at: '2026-01-02', event, earns: { EURO: 1 } },
      { at: '2026-01-01', event: { ...event, refersTo: 'paid' } },
      { at: '2026-01-03', expect: expectation },
      { at: '2026-01-03', redeem: { member: 'anna', unit: 'CSH' } },
    ),
  );
  const findings = result?.kind === 'invalid' ? result.findings : [];
  expect(findings.map(({ pointer, message }) => `${pointer} ${message}`)).toEqual([
    '/scenarios/0/steps/1/at lies before the step above',
    '/scenarios/0/steps/1/event/refersTo there is no step paid',
    '/scenarios/0/steps/0/earns/EURO there is no unit EURO; did you mean EUR?',
    '/scenarios/0/steps/2/expect/members/anna/lots/PTX there is no unit PTX; did you mean PTS?',
    '/scenarios/0/steps/2/expect/members/anna/tier there is no tier golden; did you mean gold?',
    expect.stringMatching('entitlements/0 there is no entitlement loung; did you mean lounge'),
    '/scenarios/0/steps/2/expect/members/anna/segments/0 there is no segment vip',
    '/scenarios/0/steps/2/expect/budgets/launch there is no budget launch',
    '/scenarios/0/steps/3/redeem/unit there is no unit CSH; did you mean CASH?',
  ]);
});

it('says what is wrong with the program, and plays nothing', async () => {
  const broken = { ...richProgramJson, timeZone: 'Mars/North' };
  const [result] = await runScenarios(broken, fileOf({ at, event }));
  expect(result).toMatchObject({
    kind: 'invalid',
    what: 'program',
    findings: [{ pointer: '/timeZone' }],
  });
});

it.each([
  ['2026-03-01', '2026-02-28T23:00:00.000Z'],
  ['2026-07-01T10:00', '2026-07-01T08:00:00.000Z'],
  ['2026-07-01T10:00:30', '2026-07-01T08:00:30.000Z'],
  ['2026-07-01T10:00:00+09:00', '2026-07-01T01:00:00.000Z'],
  ['2026-07-01T25:00', undefined],
  ['2026-13-01', undefined],
  ['tomorrow', undefined],
])('reads %s in Berlin as %s', (text, expected) => {
  const instant = timeIn(text, 'Europe/Berlin');
  expect(instant === undefined ? undefined : formatInstant(instant)).toBe(expected);
});
