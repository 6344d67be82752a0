import { describe, expect, it } from 'vitest';
import { resultLines } from '../../../../../infra/cli/replay/report.ts';
import { runScenarios } from '../../../../../infra/cli/replay/run-scenarios.ts';
import { richProgramJson } from './rich-program.ts';

type Steps = readonly Readonly<Record<string, unknown>>[];

const order = (facts: Readonly<Record<string, unknown>> = {}) => ({
  type: 'order.paid',
  member: 'anna',
  amountMinor: 10_000,
  ...facts,
});

async function play(steps: Steps, versions?: Readonly<Record<string, unknown>>) {
  const scenarios = [{ name: 'it', start: '2026-01-01', steps }];
  const [result] = await runScenarios(richProgramJson, { program: 'rich', scenarios }, versions);
  if (result === undefined) throw new Error('A scenario has a result.');
  return result;
}

/** `path: expected / got` of each difference. */
async function differences(steps: Steps): Promise<string[]> {
  const result = await play(steps);
  if (result.kind === 'invalid') return result.findings.map(({ message }) => message);
  return result.failures.flatMap(({ differences: found }) =>
    found.map(({ path, expected, got }) => `${path}: ${expected} / ${got}`),
  );
}

describe('events in a scenario', () => {
  it('earn what is expected, whole', async () => {
    const event = { at: '2026-01-10', event: order() };
    expect(await differences([{ ...event, earns: { PTS: 100 }, pends: { CASH: '100' } }])).toEqual(
      [],
    );
    expect(await differences([{ ...event, earns: {} }])).toEqual(['earns.PTS: 0 / 100']);
    expect(await differences([{ ...event, pends: {} }])).toEqual(['pends.CASH: 0 / 100']);
    expect(await differences([{ ...event, reason: 'OTHER' }])).toEqual([
      'reason: OTHER / PER_AMOUNT',
    ]);
  });

  it('come to the outcome that is expected', async () => {
    const at = '2026-01-10';
    const unknown = { at, event: order({ type: 'order.lost' }) };
    expect(await differences([unknown])).toEqual([
      'outcome: accepted / refused UNKNOWN_EVENT_TYPE (type)',
    ]);
    expect(await differences([{ ...unknown, refused: 'UNKNOWN_EVENT_TYPE' }])).toEqual([]);
    const paid = { at, id: 'paid', event: order() };
    expect(await differences([paid, { ...paid, duplicate: true }])).toEqual([]);
    expect(await differences([paid, paid])).toEqual(['outcome: accepted / duplicate']);
    const other = { ...paid, event: order({ amountMinor: 1 }) };
    expect(await differences([paid, { ...other, conflict: true }])).toEqual([]);
    const early = { at, event: order({ type: 'order.returned', refersTo: 'late' }) };
    const late = { at: '2026-01-11', id: 'late', event: order() };
    expect(await differences([{ ...early, waits: true }, late])).toEqual([]);
    expect(await differences([early, late])).toEqual(['outcome: accepted / waits']);
  });

  it('wait for what comes after them, and take it back then', async () => {
    const found = await differences([
      {
        at: '2026-01-10',
        event: order({ type: 'order.returned', refersTo: 'paid', amountMinor: 4000 }),
        waits: true,
      },
      { at: '2026-01-10T12:00', id: 'paid', event: order(), earns: { PTS: 100 } },
      { at: '2026-01-11', expect: { members: { anna: { available: { PTS: 60 } } } } },
    ]);
    expect(found).toEqual([]);
  });
});

describe('commands in a scenario', () => {
  const asked = {
    at: '2026-01-10',
    id: 'asked',
    command: {
      type: 'points.adjusted',
      member: 'anna',
      actor: 'kim',
      data: { unit: 'PTS', points: 70, reason: 'correction' },
    },
  };
  const approved = (actor: string) => ({
    at: '2026-01-11',
    command: {
      type: 'adjustment.approved',
      member: 'anna',
      actor,
      data: { approval: { entryOf: 'asked' } },
    },
  });

  it('name what an earlier step has made', async () => {
    const available = { anna: { available: { PTS: 70 } } };
    const found = await differences([
      asked,
      { ...approved('kim'), refused: 'SAME_PERSON' },
      approved('lou'),
      { at: '2026-01-11', expect: { members: available, cases: ['ADJUSTMENT_TO_APPROVE'] } },
    ]);
    expect(found).toEqual([]);
  });

  it('are refused with a code', async () => {
    expect(await differences([approved('lou')])).toEqual([
      'outcome: accepted / refused UNKNOWN_APPROVAL (data.approval)',
    ]);
  });
});

describe('expectations', () => {
  it('see every part of a member', async () => {
    const anna = {
      available: { PTS: 250 },
      debt: { PTS: 0 },
      lots: { PTS: { '2026-06-01': 250 } },
      vesting: { CASH: { '2026-01-24': 250 } },
      pending: { PTS: 0 },
      activeUntil: { CASH: '2026-04-10' },
      tier: 'gold',
      tierSince: '2026-01-10T10:00',
      tierReason: 'qualified',
      entitlements: ['lounge'],
      segments: [],
      projection: null,
      metrics: { spend: { '2026-01': 25_000 } },
      records: { profile: { 0: null } },
    };
    const earn = { at: '2026-01-10T10:00', event: order({ amountMinor: 25_000 }) };
    const expectation = (state: object) => ({ at: '2026-01-10T10:00', expect: { members: state } });
    expect(await differences([earn, expectation({ anna })])).toEqual([]);
    const wrong = {
      available: { PTS: 1 },
      lots: { PTS: { '2026-06-02': 250 } },
      vesting: { CASH: {} },
      activeUntil: { CASH: 'never' },
      tier: 'blue',
      entitlements: [],
      projection: { level: 'gold' },
      metrics: { spend: { '2026-02': 1 } },
      records: { profile: { 0: { kind: 'person' } } },
    };
    expect(await differences([earn, expectation({ anna: wrong })])).toEqual([
      'members.anna.available.PTS: 1 / 250',
      'members.anna.lots.PTS.2026-06-01: 0 / 250',
      'members.anna.lots.PTS.2026-06-02: 250 / 0',
      'members.anna.vesting.CASH.2026-01-24: 0 / 250',
      'members.anna.activeUntil.CASH: never / 2026-04-10',
      'members.anna.tier: blue / gold',
      'members.anna.entitlements: [] / [lounge]',
      'members.anna.projection: {"level":"gold"} / nothing',
      'members.anna.metrics.spend.2026-02: 1 / 0',
      'members.anna.records.profile.0: {"kind":"person"} / nothing',
    ]);
  });

  it('see the way to the next level', async () => {
    const earn = { at: '2026-01-10', event: order() };
    const projection = { level: 'gold', by: '2026-01-31', missing: { spend: 10_000 } };
    const expectation = { at: '2026-01-10', expect: { members: { anna: { projection } } } };
    expect(await differences([earn, expectation])).toEqual([]);
  });

  it('see what the calendar brought, and the accounts of the program', async () => {
    const found = await differences([
      { at: '2026-01-10', event: order() },
      { at: '2026-05-03', expect: { members: { anna: { warnedThrough: { PTS: '2026-05-02' } } } } },
      {
        at: '2026-06-01',
        expect: {
          members: { anna: { lots: { PTS: {} } } },
          accounts: { breakage: { PTS: 100, CASH: 100 } },
          cases: [],
        },
      },
    ]);
    expect(found).toEqual([]);
  });
});

describe('further versions', () => {
  const steps = [
    { at: '2026-01-10', publish: { file: 'double.json', from: '2026-02-01' } },
    { at: '2026-01-31T23:59:59', event: order(), earns: { PTS: 100 } },
    { at: '2026-02-01', event: order({ member: 'ben' }), earns: { PTS: 200 } },
    { at: '2026-02-02', publish: { file: 'double.json', from: '2026-01-15' }, refused: true },
  ];
  const double = structuredClone(richProgramJson);
  const [rule] = double.earning.rules;
  if (rule?.award) Object.assign(rule.award, { points: 2 });

  it('judge what happens from their day on', async () => {
    expect(await play(steps, { 'double.json': double })).toMatchObject({ kind: 'passed' });
  });

  it('are read whole before anything is played', async () => {
    const result = await play(steps, { 'double.json': { ...double, name: 7 } });
    expect(result).toMatchObject({ kind: 'invalid', what: 'double.json' });
  });
});

it('a step that throws ends its scenario, and says where', async () => {
  const result = await play([
    { at: '2026-01-10', redeem: { member: 'anna', points: -5 }, take: true },
    { at: '2026-01-10', event: order(), earns: {} },
  ]);
  expect(result).toMatchObject({ kind: 'failed', failures: [{ step: 1, kind: 'redeem' }] });
});

it('a failure is told with its step, its time, and what led there', async () => {
  const result = await play([
    { at: '2026-01-10T09:30', event: order(), earns: { PTS: 90 }, note: 'nine tenths' },
  ]);
  expect(resultLines({ name: 'rich', lineOf: () => undefined }, result)).toEqual([
    'FAIL rich: it',
    '  step 1 at 2026-01-10T09:30 (event): nine tenths',
    '    earns.PTS',
    '      expected 90',
    '      got      100',
    expect.stringMatching(/^ {4}because 2026-01-10T09:30:00 accrual PER_AMOUNT order .*=100/),
  ]);
});
