import { parseProgram } from '../../../../../../shared/domain/program/parse.ts';

type Json = Record<string, unknown>;

const reward = { points: { unit: 'PTS', amount: 10 }, entitlements: ['lounge'] };
const names = (name: string) => ({ en: name, de: name });
const atLeast = (metric: string, figure: number) => ({
  anyOf: [{ allOf: [{ metric, atLeast: figure }] }],
});
const order = { type: ['order.placed'] };

const earning = {
  rules: [
    {
      ...{ id: 'spend', when: order, firstOf: 'purchase', segments: ['new'] },
      award: {
        ...{ kind: 'perAmount', unit: 'PTS', points: 2, perMajorUnits: 1, rounding: 'down' },
        ...{ lines: { except: { productList: 'tobacco' } }, minimumAmountMinor: { EUR: 500 } },
      },
    },
    {
      ...{ id: 'base', when: order, firstOf: 'purchase' },
      award: {
        ...{ kind: 'perAmount', unit: 'PTS', perMajorUnits: 1, rounding: 'down' },
        points: { by: 'tier', rows: { silver: 2, gold: 3 }, otherwise: 1 },
      },
    },
    {
      ...{ id: 'cashback', when: order, tiers: ['gold'], vestAfterDays: 30, plain: true },
      award: {
        ...{ kind: 'percentage', unit: 'purchaseCurrency', rounding: 'down' },
        basisPoints: { by: 'productList', list: 'tobacco', otherwise: 100 },
      },
    },
    {
      ...{ id: 'stay', when: { type: ['stay.booked'] }, cooldownSeconds: 60 },
      award: {
        ...{ kind: 'choice', by: 'data.choice', otherwise: 'points' },
        options: {
          points: { kind: 'fixed', unit: 'PTS', points: 50 },
          miles: { kind: 'fixed', unit: 'MILES', points: 5 },
        },
      },
      pending: { until: [{ when: { type: ['stay.completed'] }, withinDays: 90 }] },
    },
    {
      ...{ id: 'meeting', when: { type: ['meeting.held'] } },
      award: {
        ...{ kind: 'perQuantity', unit: 'MILES', points: 1, per: 1, rounding: 'down' },
        quantity: 'data.rooms',
      },
      split: { by: 'data.planners', maximumMembers: 2 },
    },
  ],
  returns: [{ id: 'back', when: { type: ['order.returned'] }, rule: 'base' }],
  caps: [
    {
      ...{ id: 'monthly', rules: ['spend', 'base'], per: 'member', window: 'month' },
      points: { byTier: { gold: 5000 }, otherwise: 1000 },
    },
    { id: 'meetings', rules: ['meeting'], per: 'event', points: 500, unit: 'MILES' },
    {
      ...{ id: 'films', rules: ['stay'], per: 'member', window: 'year', times: 2 },
      by: { path: 'data.hotel', maximumValues: 2 },
    },
  ],
  multipliers: [
    { id: 'levels', rules: ['spend'], tierPercents: { silver: 125, gold: 150 } },
    { id: 'newcomers', rules: ['base'], segment: 'new', percent: 200 },
    { id: 'mondays', rules: ['base'], daysOfWeek: [1], percent: 200 },
    { id: 'tuesdays', rules: ['base'], daysOfWeek: [2], percent: 300 },
  ],
  promotions: [
    {
      ...{ id: 'spring', names: names('Spring'), rules: ['base'], points: 100, budget: 'fund' },
      ...{ between: { from: '2026-03-01', to: '2026-06-01' }, segments: ['new'], tiers: ['gold'] },
      when: { country: ['DE'] },
    },
  ],
};

const ways = {
  perks: { entitlements: ['lounge'], requirement: { metric: 'sum', atLeast: 5, every: 'month' } },
  referral: {
    id: 'data.referral',
    stages: [{ id: 'won', when: { type: ['lead.won'] }, reward, withinDays: 60 }],
    maximumPerYear: 5,
  },
  challenges: [
    {
      ...{ id: 'card', names: names('Card'), when: order, steps: 10, repeat: 'always', reward },
      proof: 'data.photo',
    },
  ],
  checklists: [
    { id: 'start', names: names('Start'), tasks: [{ id: 'app', when: order, reward }], reward },
  ],
  surveys: [{ id: 'yearly', between: { from: '2026-01-01', to: '2027-01-01' }, reward }],
  occasions: [
    { kind: 'birthday', id: 'birthday', reward },
    { kind: 'milestone', id: 'thousand', metric: 'sum', atLeast: 1000, reward },
  ],
  goodwill: { unit: 'PTS', severities: { bad: { minimum: 10, maximum: 50 } } },
  envelopes: [
    { id: 'team', unit: 'PTS', amount: 1000, period: 'month', segments: ['near'] },
    { id: 'cakes', unit: 'EUR', amount: 1000, period: 'month' },
  ],
  memberships: [
    {
      ...{ id: 'prime', names: names('Prime'), fee: { amountMinor: 900, currency: 'EUR' } },
      ...{ every: 'month', graceDays: 10, entitlements: { trial: ['cake'], active: ['lounge'] } },
      events: { started: { type: ['plan.started'] }, paid: { type: ['plan.paid'] } },
    },
  ],
  gifts: [{ id: 'flowers', when: { type: ['lead.won'] }, entitlements: ['cake'] }],
};

const tiers = {
  levels: [
    { id: 'blue', names: names('Blue') },
    { id: 'silver', names: names('Silver'), qualify: atLeast('sum', 100) },
    {
      ...{ id: 'gold', names: names('Gold'), entitlements: ['lounge'] },
      ...{ qualify: atLeast('sum', 500), keep: atLeast('sum', 400) },
    },
  ],
  window: { kind: 'rolling', months: 6 },
  up: { when: 'now' },
  down: { when: 'review', every: 'year', on: '03-01', step: 'one' },
  placements: [{ when: { amountMinor: [{ numeric: ['>=', 90_000] }] }, level: 'silver' }],
};

const redemption = {
  ...{ claimLinkDays: 30, releaseGraceDays: 30, unsettledCaseHours: 24 },
  policies: [
    {
      ...{ unit: 'PTS', minimumPoints: 100, steps: [100, 200], maximumSharePercent: 50 },
      worth: { currency: 'EUR', amountMinor: 1, points: 1 },
    },
  ],
};

const money = {
  money: { wallets: ['EUR'], otherwise: 'EUR' },
  donations: { charities: { oaks: { names: names('Oaks') } }, percents: [50, 100] },
  exchanges: [
    {
      ...{ id: 'cash-out', direction: 'pointsToWallet', unit: 'PTS', points: 100 },
      ...{ amountMinor: 50, currency: 'EUR' },
    },
  ],
};

/** A program in which everything that has a name is used, and nothing is wrong. */
export function wholeProgram(): Json {
  return structuredClone({
    ...{ program: 'whole', name: 'Whole', region: 'eu-west-1', timeZone: 'UTC' },
    languages: ['en', 'de'],
    units: {
      PTS: { names: { en: { one: 'point', other: 'points' }, de: { other: 'Punkte' } } },
      MILES: { names: { en: { other: 'miles' }, de: { other: 'Meilen' } } },
      EUR: { names: { en: { other: 'euros' }, de: { other: 'Euro' } } },
    },
    currencies: ['EUR'],
    countries: ['DE', 'FR'],
    eventTypes: [
      ...['order.placed', 'order.returned', 'stay.booked', 'stay.completed', 'meeting.held'],
      ...['lead.won', 'plan.started', 'plan.paid'],
    ],
    ...{ lateDays: 10, period: 'month' },
    productLists: { tobacco: { version: '1', products: { A: { basisPoints: 500 } } } },
    earning,
    budgets: [{ id: 'fund', unit: 'PTS', points: 10_000, shards: 2 }],
    metrics: [
      { id: 'sum', when: order, of: 'amount', minimumAmountMinor: { EUR: 100 } },
      { id: 'earned', when: order, of: 'points', unit: 'PTS' },
    ],
    targets: [
      {
        ...{ id: 'quarterly', metric: 'earned', period: 'quarter', goal: 100 },
        award: { unit: 'PTS', points: 1, per: 10, counts: 'all' },
      },
    ],
    expiry: [
      { unit: 'PTS', kind: 'monthsAfter', months: 12, warnDays: [30] },
      { unit: 'MILES', kind: 'inactivity', months: 18, activity: ['stay.completed'] },
    ],
    ...money,
    conversions: [
      { id: 'swap', from: 'PTS', points: 100, to: 'MILES', gives: 10, on: ['03-01', '09-01'] },
    ],
    tiers,
    segments: [
      { kind: 'listed', id: 'new' },
      { kind: 'nearTier', id: 'near', level: 'gold', withinPercent: 20 },
    ],
    entitlements: {
      lounge: { names: names('Lounge'), kind: 'access' },
      cake: { names: names('Cake'), kind: 'freeItem', days: 30 },
    },
    ...ways,
    members: {
      wallets: {
        ...{ own: { units: ['PTS', 'MILES'], owner: 'member', requires: ['data.invoice'] } },
        money: { units: ['EUR'], owner: 'member' },
      },
    },
    rewards: [
      {
        ...{ id: 'card', kind: 'eGiftCard', name: 'Card', currency: 'EUR', countries: ['DE'] },
        ...{ unit: 'PTS', pointsPerMajorUnit: 100, rounding: 'up', minimumPoints: 100 },
        ...{ provider: 'tremendous', products: ['CARD'] },
      },
    ],
    redemption,
    followUps: { caseAfterDays: 30 },
  });
}

/** New values by JSON pointer; `undefined` removes what is there, `-` adds to a list. */
export type Bends = Readonly<Record<string, unknown>>;

/** What is found once the whole program is bent, as `pointer: message`. */
export function toldOf(bends: Bends): string[] {
  const program = wholeProgram();
  for (const [pointer, value] of Object.entries(bends)) bend(program, pointer, value);
  return toldIn(program);
}

export function toldIn(program: Json): string[] {
  const read = parseProgram(program);
  if ('program' in read) return [];
  return read.findings.map(({ pointer, message }) => `${pointer}: ${message}`);
}

function bend(program: Json, pointer: string, value: unknown): void {
  const keys = pointer.split('/').slice(1);
  const last = keys.pop() ?? '';
  let parent: unknown = program;
  for (const key of keys) parent = Object(parent)[key];
  if (typeof parent !== 'object' || parent === null) throw new Error(`${pointer} leads nowhere.`);
  if (Array.isArray(parent) && last === '-') parent.push(value);
  else if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
}
