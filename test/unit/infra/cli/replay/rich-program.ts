import { parseProgram } from '../../../../../shared/domain/program/parse.ts';
import type { Program } from '../../../../../shared/domain/program/schema.ts';

/** A program whose calendar brings something of every kind. */
export const richProgramJson = {
  program: 'rich',
  name: 'Rich',
  region: 'eu-west-1',
  timeZone: 'Europe/Berlin',
  languages: ['en'],
  units: {
    PTS: { names: { en: { one: 'point', other: 'points' } } },
    CASH: { names: { en: { one: 'credit', other: 'credits' } } },
  },
  currencies: ['EUR'],
  eventTypes: ['order.paid', 'order.returned', 'fee.paid'],
  earning: {
    rules: [
      {
        id: 'order',
        when: { type: ['order.paid'] },
        award: { kind: 'perAmount', unit: 'PTS', points: 1, perMajorUnits: 1, rounding: 'down' },
      },
      {
        id: 'back',
        when: { type: ['order.paid'] },
        award: { kind: 'percentage', unit: 'CASH', basisPoints: 100, rounding: 'down' },
        vestAfterDays: 14,
      },
    ],
    returns: [{ id: 'return', when: { type: ['order.returned'] }, rule: 'order' }],
    multipliers: [{ id: 'gold-extra', tierPercents: { gold: 150 } }],
  },
  metrics: [{ id: 'spend', when: { type: ['order.paid'] }, of: 'amount' }],
  tiers: {
    levels: [
      { id: 'blue', names: { en: 'Blue' } },
      {
        id: 'gold',
        names: { en: 'Gold' },
        qualify: { anyOf: [{ allOf: [{ metric: 'spend', atLeast: 20000 }] }] },
        entitlements: ['lounge'],
      },
    ],
    window: { kind: 'rolling', months: 6 },
    up: { when: 'now' },
    down: { when: 'review', every: 'quarter', graceMonths: 1, step: 'all' },
  },
  entitlements: {
    lounge: { names: { en: 'Lounge' }, kind: 'access' },
    cake: { names: { en: 'Cake' }, kind: 'freeItem', days: 30 },
  },
  occasions: [
    {
      kind: 'birthday',
      id: 'birthday',
      reward: { points: { unit: 'PTS', amount: 50 }, entitlements: ['cake'] },
    },
  ],
  memberships: [
    {
      id: 'plus',
      names: { en: 'Plus' },
      fee: { amountMinor: 500, currency: 'EUR' },
      every: 'month',
      graceDays: 5,
      entitlements: { active: ['lounge'] },
      events: { started: { type: ['fee.paid'] }, paid: { type: ['fee.paid'] } },
    },
  ],
  expiry: [
    { unit: 'PTS', kind: 'monthsAfterEndOfMonth', months: 4, warnDays: [30, 7] },
    { unit: 'CASH', kind: 'inactivity', months: 3 },
  ],
  redemption: {},
  followUps: { caseAfterDays: 20 },
};

export function richProgram(parts: Readonly<Record<string, unknown>> = {}): Program {
  const read = parseProgram({ ...richProgramJson, ...parts });
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  return read.program;
}
