import { describe, expect, it } from 'vitest';
import { runScenarios } from '../../../../../infra/cli/replay/run-scenarios.ts';
import { richProgramJson } from './rich-program.ts';

const order = (facts: Readonly<Record<string, unknown>> = {}) => ({
  type: 'order.paid',
  member: 'anna',
  amountMinor: 10_000,
  ...facts,
});

describe('money in a scenario', () => {
  const foreign = {
    ...richProgramJson,
    currencies: ['EUR', 'USD'],
    units: {
      PTS: richProgramJson.units.PTS,
      EUR: { names: { en: { one: 'euro', other: 'euros' } } },
      USD: { names: { en: { one: 'dollar', other: 'dollars' } } },
    },
    money: { walletCurrency: 'member', wallets: ['HRK'] },
    donations: { charities: { forest: { names: { en: 'Forest' } } } },
    earning: {
      ...richProgramJson.earning,
      rules: [
        {
          id: 'order',
          when: { type: ['order.paid'] },
          award: {
            ...{ kind: 'percentage', unit: 'purchaseCurrency', basisPoints: 100 },
            rounding: 'down',
          },
        },
      ],
      multipliers: [],
    },
    metrics: [],
    tiers: undefined,
    expiry: [{ unit: 'PTS', kind: 'never' }],
  };
  const rates = { days: { '2026-01-09': { USD: '1.2500' } } };
  const donation = { charity: 'forest', percent: 50 };
  const enrolled = { type: 'member.enrolled', member: 'anna', data: { kind: 'person', donation } };
  const steps = [
    { at: '2026-01-10', command: enrolled },
    { at: '2026-01-10', event: order({ currency: 'USD' }), earns: { EUR: 40 } },
  ];

  async function playMoney(scenario: object): Promise<string[]> {
    const scenarios = [{ name: 'it', start: '2026-01-01', steps, ...scenario }];
    const [result] = await runScenarios(foreign, { program: 'rich', scenarios });
    if (result === undefined) throw new Error('A scenario has a result.');
    if (result.kind === 'invalid') return result.findings.map(({ message }) => message);
    return result.failures.flatMap(({ differences: found }) =>
      found.map(({ path, expected, got }) => `${path}: ${expected} / ${got}`),
    );
  }

  it('is converted at the rates that the scenario gives, and not without', async () => {
    expect(await playMoney({ rates })).toEqual([]);
    expect(await playMoney({})).toEqual(['outcome: accepted / refused RATE_STALE (currency)']);
  });

  it('shows accounts of one charity, and of all', async () => {
    const accounts = {
      ...{ 'donation:forest': { EUR: 40 }, donation: { EUR: 40 }, 'donation:sea': { EUR: 0 } },
      ...{ fxPosition: { USD: 100, EUR: -80 }, rounding: { EUR: 0 } },
    };
    const members = { anna: { available: { EUR: 40, HRK: 0 } } };
    const expected = { at: '2026-01-10', expect: { accounts, members } };
    expect(await playMoney({ rates, steps: [...steps, expected] })).toEqual([]);
  });

  it('needs rates that are some', async () => {
    const odd = { days: { '2026-01-09': { USD: '0', XAU: '1', EUR: '1' }, '2026-02-30': {} } };
    expect((await playMoney({ rates: odd })).length).toBeGreaterThan(0);
    expect(await playMoney({ rates: { days: { '2026-01-09': { EUR: '1' } } } })).toEqual([
      'must be without the base, which is always one',
    ]);
  });
});
