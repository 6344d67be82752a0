import { describe, expect, it } from 'vitest';
import { runScenarios } from '../../../../../infra/cli/replay/run-scenarios.ts';

const names = { en: 'A rail', de: 'Ein Weg' };
const minimumMinor = { EUR: 100, USD: 100 };
const sources = [{ provider: 'wise' }];
const bank = { id: 'bank', kind: 'bankAccount', names, minimumMinor, sources };
const payPal = {
  ...bank,
  id: 'pay-pal',
  kind: 'payPal',
  sources: [{ provider: 'paypal-payouts' }],
};
const cashback = {
  ...{ id: 'cashback', when: { type: ['order.paid'] } },
  award: { kind: 'percentage', unit: 'EUR', basisPoints: 1000, rounding: 'down' },
};
const program = {
  ...{ program: 'rich', name: 'Rich', region: 'eu-west-1', timeZone: 'UTC', languages: ['en'] },
  ...{ units: { PTS: { names: { en: { other: 'points' } } } }, currencies: ['EUR'] },
  ...{
    eventTypes: ['order.paid'],
    earning: { rules: [cashback] },
    money: { wallets: ['EUR', 'USD'] },
  },
  ...{ expiry: [{ unit: 'PTS', kind: 'never' }], followUps: { caseAfterDays: 30 } },
  ...{ redemption: {}, payouts: { rails: [bank, payPal], sanctionsList: 'names' } },
};

const at = '2026-01-02';
const earn = { at, event: { type: 'order.paid', member: 'anna', amountMinor: 10_000 } };
const payee = {
  ...{ rail: 'bankAccount', holderName: 'Anna A', country: 'DE' },
  account: { kind: 'iban', iban: 'DE02120300000000202051' },
};
const choose = (parts: object = {}, expected: object = {}) => {
  const choice = { member: 'anna', rail: 'bank', currency: 'EUR', country: 'DE', payee };
  return { at, payoutChoice: { ...choice, ...parts }, ...expected };
};
const run = (parts: object = {}, named: object = {}) => {
  return { at, payout: { run: 'one', ...named }, ...parts };
};
const act = (name: string, parts: object = {}) => {
  return { at, redemption: { id: 'one/anna/EUR', act: name }, ...parts };
};
const report = (row: object) => {
  return { at, expect: { payouts: { one: [{ rail: 'bank', currency: 'EUR', ...row }] } } };
};

async function differences(steps: readonly object[], parts: object = {}): Promise<string[]> {
  const days = { '2026-01-02': { USD: '2.0' }, '2026-01-05': { USD: '2.5' } };
  const rates = { source: 'ecb', days };
  const scenarios = [{ name: 'it', start: '2026-01-01', rates, steps }];
  const [result] = await runScenarios({ ...program, ...parts }, { program: 'rich', scenarios });
  if (result?.kind === 'invalid') return result.findings.map(({ message }) => message);
  return (result?.failures ?? []).flatMap(({ step, differences: found }) =>
    found.map(({ path, expected, got }) => `${step} ${path}: ${expected} / ${got}`),
  );
}

it('keeps how a member wants to be paid, or says why not', async () => {
  const receiver = { rail: 'payPal', receiverKind: 'email', receiver: 'anna@example.com' };
  expect(await differences([earn, choose({ rail: 'pay-pal', payee: receiver })])).toEqual([]);
  const unknown = { rail: 'cheque' };
  expect(await differences([earn, choose(unknown, { refused: 'RAIL_NOT_OFFERED' })])).toEqual([]);
  expect(await differences([earn, choose(unknown)])).toEqual([
    '2 outcome: allowed / refused RAIL_NOT_OFFERED',
  ]);
});

describe('a payout run of a scenario', () => {
  it('pays a wallet once, and says how many, and why not the others', async () => {
    expect(await differences([earn, choose(), run({ placed: 1, skipped: {} })])).toEqual([]);
    expect(await differences([earn, run({ placed: 0, skipped: { NO_CHOICE: 1 } })])).toEqual([]);
    expect(await differences([earn, run({ placed: 1, skipped: {} })])).toEqual([
      '2 placed: 1 / 0',
      '2 skipped.NO_CHOICE: 0 / 1',
    ]);
    expect(await differences([earn, choose(), run(), run({ placed: 1 })])).toEqual([]);
  });

  it('is refused where the program pays out nothing', async () => {
    const without = { payouts: undefined };
    const refused = run({ refused: 'PAYOUTS_NOT_OFFERED' });
    expect(await differences([earn, refused], without)).toEqual([]);
    expect(await differences([earn, run()], without)).toEqual([
      '2 outcome: allowed / refused PAYOUTS_NOT_OFFERED',
    ]);
  });

  it('converts by the rate of the day, and tells what a return has cost', async () => {
    const steps = [earn, choose({ currency: 'USD' }), run({ placed: 1 }), act('deliver')];
    const row = { currency: 'USD', grossMinor: 2000, paidMinor: 2000 };
    expect(await differences([...steps, report(row)])).toEqual([]);
    const later = { at: '2026-01-05' };
    const lost = { currency: 'USD', returnedMinor: 2000, fxResult: { EUR: -200 } };
    const undone = [...steps, act('undo', later), act('fail', later)];
    expect(await differences([...undone, { ...report(lost), ...later }])).toEqual([]);
    const back = { currency: 'USD', paidMinor: 0, returnedMinor: 2000, fxResult: {} };
    expect(await differences([...steps, act('undo'), act('fail'), report(back)])).toEqual([]);
  });

  it('stops a name on the list for a person', async () => {
    const listed = run({}, { listed: ['A, ANNA'] });
    const stopped = { at, expect: { redemptions: { 'one/anna/EUR': 'underReview' } } };
    expect(await differences([earn, choose(), listed, stopped])).toEqual([]);
    const other = run({}, { listed: ['B, ANNA'] });
    expect(await differences([earn, choose(), other, stopped])).toEqual([
      '4 redemptions.one/anna/EUR: underReview / requested',
    ]);
  });

  it('is reported by rail and currency', async () => {
    const steps = [earn, choose(), run(), act('deliver', { status: 'delivered' })];
    const row = { members: 1, payouts: 1, netMinor: 1000, donated: {} };
    expect(await differences([...steps, report(row)])).toEqual([]);
    expect(await differences([...steps, report({ netMinor: 999, donated: { EUR: 1 } })])).toEqual([
      '5 payouts.one.bank EUR.netMinor: 999 / 1000',
      '5 payouts.one.bank EUR.donated.EUR: 1 / 0',
    ]);
    expect(await differences([...steps, report({ rail: 'card' })])).toEqual([
      '5 payouts.one: [card EUR] / [bank EUR]',
    ]);
  });

  it('stands in the history of its member', async () => {
    const lines = [{ kind: 'capture', amounts: { EUR: '-1000' } }, { kind: 'accrual' }];
    const told = { at, expect: { history: { anna: lines } } };
    const steps = [earn, choose(), run(), act('deliver')];
    expect(await differences([...steps, told])).toEqual([]);
    const more = { at, expect: { history: { anna: [...lines, { kind: 'accrual' }] } } };
    expect(await differences([...steps, more])).toEqual([
      '5 history.anna.2: {"kind":"accrual"} / nothing',
    ]);
  });

  it('is named by a step before', async () => {
    const missing = 'there is no step one; did you mean ones?';
    const named = run({}, { run: 'ones' });
    expect(await differences([earn, choose(), named, act('deliver')])).toEqual([missing]);
    expect(await differences([earn, choose(), named, report({})])).toEqual([missing]);
  });
});
