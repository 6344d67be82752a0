import { describe, expect, it } from 'vitest';
import { type Bends, toldOf } from './whole-program.ts';

type Case = readonly [finding: string, bends: Bends];

function tells(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    it.each(cases)('%s', (finding, bends) => {
      expect(toldOf(bends)).toContainEqual(expect.stringContaining(finding));
    });
  });
}

tells('names that nothing declares', [
  [
    '/earning/rules/1/award/unit: the program has no unit `PTZ`; did you mean `PTS`?',
    { '/earning/rules/1/award/unit': 'PTZ' },
  ],
  [
    '/earning/rules/3/award/options/miles/unit: the program has no unit `MILE`; did you mean',
    { '/earning/rules/3/award/options/miles/unit': 'MILE' },
  ],
  [
    '/earning/rules/2/award/unit: pays in the currency of the purchase, but members have no ' +
      'balance in USD',
    { '/currencies/-': 'USD', '/money/otherwise': undefined },
  ],
  ['/earning/returns/0/rule: the program has no rule `bas`', { '/earning/returns/0/rule': 'bas' }],
  [
    '/earning/rules/1/award/points/rows/glod: the program has no tier level `glod`; did you mean',
    { '/earning/rules/1/award/points/rows/glod': 9 },
  ],
  [
    '/earning/caps/0/points/byTier/platinum: the program has no tier level `platinum`',
    { '/earning/caps/0/points/byTier/platinum': 9 },
  ],
  ['/envelopes/1/unit: the program has no unit `EURO`', { '/envelopes/1/unit': 'EURO' }],
  [
    '/earning/rules/0/award/minimumAmountMinor/USD: the program has no currency `USD`',
    { '/earning/rules/0/award/minimumAmountMinor/USD': 5 },
  ],
  [
    "/rewards/0/countries/1: AT is not among the program's `countries`",
    { '/rewards/0/countries/-': 'AT' },
  ],
  [
    '/earning/rules/3/award/otherwise: the program has no option `point`; did you mean `points`?',
    { '/earning/rules/3/award/otherwise': 'point' },
  ],
]);

tells('names that two things share', [
  ['/metrics/1/id: is the id of /metrics/0 already: give each its own', { '/metrics/1/id': 'sum' }],
  [
    '/checklists/0/tasks/1/id: is the id of /checklists/0/tasks/0 already',
    { '/checklists/0/tasks/-': { id: 'app', when: { type: ['lead.won'] } } },
  ],
  ['/eventTypes/8: `lead.won` stands in this list already', { '/eventTypes/-': 'lead.won' }],
  ['/expiry/2: unit PTS has a rule already', { '/expiry/-': { unit: 'PTS', kind: 'never' } }],
  [
    '/redemption/policies/1/unit: unit PTS has a policy already',
    { '/redemption/policies/-': { unit: 'PTS' } },
  ],
  [
    '/members/wallets/money/units/1: unit PTS is in wallet own already',
    { '/members/wallets/money/units/-': 'PTS' },
  ],
  [
    '/earning/caps/2/id: cap cap-3650 would be counted as cap cap-2042',
    { '/earning/caps/0/id': 'cap-2042', '/earning/caps/2/id': 'cap-3650' },
  ],
]);

tells('texts', [
  [
    '/tiers/levels/1/names: has no name in `de`, a language of the program',
    { '/tiers/levels/1/names/de': undefined },
  ],
  ['/units/PTS/names/en: has no `other`', { '/units/PTS/names/en': { one: 'point' } }],
  ['/units/PTS/names/en/odd: must be one of zero, one', { '/units/PTS/names/en/odd': 'points' }],
  ['/languages/1: must be the tag of a language', { '/languages/1': 'no such' }],
  ['/languages/1: must be the tag of a language', { '/languages/1': 'xx' }],
  ['/units/MILES: has no rule in `expiry`', { '/expiry/1': { unit: 'EUR', kind: 'never' } }],
  ['/units: must not be empty', { '/units': {} }],
]);

const noCashback = { '/earning/rules/2/award': { kind: 'fixed', unit: 'PTS', points: 5 } };

tells('money', [
  [
    '/money/otherwise: is USD, in which members have no balance: name it among `wallets`',
    { '/money/otherwise': 'USD' },
  ],
  [
    "/money: keeps money in SEK, the program's currency, where it can be kept nowhere else",
    {
      '/money/otherwise': undefined,
      '/money/walletCurrency': 'member',
      '/money/programCurrency': 'SEK',
    },
  ],
  [
    '/money/wallets/1: is replaced by RON on 2005-07-01, in which members have no balance',
    { '/money/wallets/-': 'ROL' },
  ],
  ['/money/wallets/1: `EUR` stands in this list already', { '/money/wallets/-': 'EUR' }],
  [
    '/earning/rules/2/award/unit: the program has no unit `GBP`',
    { '/earning/rules/2/award/unit': 'GBP' },
  ],
  ['/donations: gives away cashback, but no rule pays any', noCashback],
  ['/donations/charities: must not be empty', { '/donations/charities': {} }],
  ['/donations/percents/0: is more than all of it', { '/donations/percents/0': 101 }],
  [
    '/donations/charities/oaks/names: has no name in `de`',
    { '/donations/charities/oaks/names': { en: 'Oaks' } },
  ],
  ['/exchanges/0/unit: the program has no unit `PTZ`', { '/exchanges/0/unit': 'PTZ' }],
  ['/exchanges/0/unit: EUR is money: name a unit of points', { '/exchanges/0/unit': 'EUR' }],
  ['/exchanges/0/currency: SEK is neither among', { '/exchanges/0/currency': 'SEK' }],
  [
    '/earning/caps/1/unit: USD is paid by none of its rules',
    { '/earning/caps/1/unit': 'USD', '/currencies/-': 'USD' },
  ],
  ['/budgets/0/unit: the program has no unit `USD`', { '/budgets/0/unit': 'USD' }],
  ['/metrics/1/amountIn: has no meaning where', { '/metrics/1/amountIn': 'programCurrency' }],
  ['/money/wallets/1: is in no wallet', { '/money/wallets/-': 'GBP' }],
]);

it('asks for no wallets of all currencies where money is kept elsewhere', () => {
  const bends: Bends = {
    ...{ '/currencies/-': 'USD', '/earning/promotions': [], '/budgets': [] },
    '/earning/multipliers': [],
  };
  expect(toldOf(bends)).toEqual([]);
  expect(toldOf({ ...bends, '/money/walletCurrency': 'program' })).toEqual([]);
});

describe('money without any wallet', () => {
  it('is told where it is said in what it is kept', () => {
    const bends: Bends = {
      ...{ '/units/EUR': undefined, '/money': { walletCurrency: 'member' } },
      ...{ '/members/wallets/money': undefined },
    };
    const told = toldOf(bends).filter((finding) => finding.startsWith('/money'));
    expect(told).toEqual([
      '/money/walletCurrency: is `member`, but members may hold no money: name `wallets`',
    ]);
    expect(toldOf(bends)).toContainEqual(expect.stringContaining('/exchanges/0: needs money'));
  });
});

tells('lots', [
  [
    '/expiry/0/extendDays: has no meaning where points never expire',
    { '/expiry/0': { unit: 'PTS', kind: 'never', extendDays: 3 } },
  ],
  [
    '/expiry/0/warnDays/0: must be less than 30',
    { '/expiry/0': { unit: 'PTS', kind: 'daysAfter', days: 30, warnDays: [30] } },
  ],
  ['/conversions/0/to: is PTS, as `from` is', { '/conversions/0/to': 'PTS' }],
]);

const everySilver = { anyOf: [{ allOf: [{ metric: 'sum', atLeast: 90 }] }] };
const noDown = { when: 'never' };

tells('tiers', [
  ['/tiers/levels/0/qualify: must be left out', { '/tiers/levels/0/qualify': everySilver }],
  [
    '/tiers/levels/2: has no `qualify`, and no placement leads to it',
    { '/tiers/levels/2/qualify': undefined },
  ],
  [
    '/tiers/levels/2/qualify: whoever qualifies for silver qualifies for gold too',
    { '/tiers/levels/2/qualify': everySilver },
  ],
  ['/tiers/levels/2/keep: has no meaning while `down` is `never`', { '/tiers/down': noDown }],
  ['/tiers/down/on: is the day of a yearly review', { '/tiers/down/every': 'month' }],
  ['/tiers/nearPercent: must be less than 100', { '/tiers/nearPercent': 100 }],
  ['/tiers/placements/0/level: is the lowest level', { '/tiers/placements/0/level': 'blue' }],
  [
    '/segments/1/level: level blue has no `qualify`, so that nobody comes near',
    { '/segments/1/level': 'blue' },
  ],
]);

tells('ways to earn and redemption', [
  ['/surveys/0/reward: gives nothing', { '/surveys/0/reward': {} }],
  [
    '/goodwill/severities/bad/maximum: must be at least the minimum, 10',
    { '/goodwill/severities/bad/maximum': 9 },
  ],
  [
    '/targets/0/goal/cap: must be at least the floor, 9',
    { '/targets/0/goal': { averageOfLast: 1, plusPercent: 0, floor: 9, cap: 8 } },
  ],
  ['/metrics/0/unit: has a meaning only where', { '/metrics/0/unit': 'PTS' }],
  ['/rewards/0/countries: must not be empty', { '/rewards/0/countries': [] }],
  [
    '/redemption/policies/0/steps/0: must be at least the minimum, 100',
    { '/redemption/policies/0/steps/0': 99 },
  ],
  [
    '/redemption/policies/0/steps/1: must be more than the step before it, 100',
    { '/redemption/policies/0/steps/1': 100 },
  ],
  [
    '/redemption/policies/0/maximumSharePercent: needs `worth`',
    { '/redemption/policies/0/worth': undefined },
  ],
]);
