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

const spring = { from: '2026-03-01', to: '2026-06-01' };
const draws = { id: 'more', between: { from: '2026-05-01' }, percent: 150, budget: 'fund' };
const when = { country: ['DE'] };
const lateDays = { '/lateDays': undefined };
const uncapped = { '/earning/caps': [] };
const noCooldown = { '/earning/rules/3/cooldownSeconds': undefined };

tells('windows', [
  [
    '/earning/promotions/0/between: ends on 2026-03-01, not after 2026-03-01',
    { '/earning/promotions/0/between/to': '2026-03-01' },
  ],
  ['/surveys/0/between: ends on', { '/surveys/0/between/to': '2025-01-01' }],
  [
    '/earning/multipliers/3: holds for rule base at the same time as mondays',
    { '/earning/multipliers/3/daysOfWeek': [1, 2] },
  ],
  [
    '/earning/promotions/1: draws on budget fund for the same awards as spring at the same time',
    { '/earning/promotions/-': { ...draws, when } },
  ],
  ['/lateDays: is missing: cap monthly counts by the month', lateDays],
  ['/lateDays: is missing: rule stay has a cooldown', { ...lateDays, ...uncapped }],
  [
    '/lateDays: is missing: referrals are counted by the year',
    { ...lateDays, ...uncapped, ...noCooldown },
  ],
]);

describe('windows that do not meet', () => {
  it.each<[string, Bends]>([
    ['one after the other', { '/earning/promotions/-': { ...draws, when, between: later() } }],
    ['for other purchases', { '/earning/promotions/-': { ...draws, when: { country: ['FR'] } } }],
    [
      'where only the best counts',
      {
        '/earning/multipliers/3/daysOfWeek': [1, 2],
        '/earning/stacking': { order: ['window'], mode: 'best' },
      },
    ],
    ['without windows', { ...lateDays, ...uncapped, ...noCooldown, '/referral': undefined }],
  ])('may stand %s', (_, bends) => {
    expect(toldOf(bends)).toEqual([]);
  });

  function later() {
    return { from: spring.to };
  }
});

tells('caps', [
  ['/earning/caps/2: limits nothing', { '/earning/caps/2/times': undefined }],
  ['/earning/caps/0: has no `window`', { '/earning/caps/0/window': undefined }],
  ['/earning/caps/1/window: is for caps per member', { '/earning/caps/1/window': 'day' }],
  [
    '/earning/caps/1/by: is for caps per member',
    { '/earning/caps/1/by': { path: 'data.x', maximumValues: 2 } },
  ],
  [
    '/earning/caps/0/points: is zero for everybody',
    { '/earning/caps/0/points': { byTier: { gold: 0 }, otherwise: 0 } },
  ],
  [
    '/earning/caps/0: has no `unit`, though its rules pay PTS and MILES',
    { '/earning/caps/0/rules': ['base', 'stay'] },
  ],
  ['/earning/caps/1/unit: PTS is paid by none of its rules', { '/earning/caps/1/unit': 'PTS' }],
  [
    '/earning/caps/1: is per member, but rule meeting splits its points',
    { '/earning/caps/1/per': 'member', '/earning/caps/1/window': 'year' },
  ],
]);

tells('promotions, multipliers and budgets', [
  ['/earning/promotions/0: gives nothing', { '/earning/promotions/0/points': undefined }],
  ['/budgets/0: budget fund is used by nothing', { '/earning/promotions/0/budget': undefined }],
  [
    '/earning/promotions/0/budget: holds MILES, but the rules of the promotion pay PTS',
    { '/budgets/0/unit': 'MILES' },
  ],
  [
    '/earning/promotions/0/rules/1: rule meeting pays no PTS',
    { '/earning/promotions/0/rules/-': 'meeting' },
  ],
  [
    '/earning/promotions/0/points: is more than all of budget fund, which holds 99',
    { '/budgets/0/points': 99 },
  ],
  [
    '/earning/promotions/0/points: of which unit? Its rules pay PTS and MILES',
    { '/earning/promotions/0/budget': undefined, '/earning/promotions/0/rules': undefined },
  ],
  [
    '/earning/promotions/0/rules/1: rule cashback is `plain`',
    { '/earning/promotions/0/rules/-': 'cashback' },
  ],
  ['/earning/multipliers/1: changes nothing', { '/earning/multipliers/1/percent': undefined }],
  ['/earning/multipliers/1/percent: is 100', { '/earning/multipliers/1/percent': 100 }],
]);

tells('awards', [
  [
    '/earning/rules/1/award/points: is a table without `rows`',
    { '/earning/rules/1/award/points/rows': undefined },
  ],
  [
    '/earning/rules/1/award/points/list: is for tables by `productList`',
    { '/earning/rules/1/award/points/list': 'tobacco' },
  ],
  ['/earning/rules/1/award/points/by: is `tier`, but the program has no', { '/tiers': undefined }],
  [
    '/earning/rules/1/award/points: is zero in every row',
    { '/earning/rules/1/award/points': { by: 'tier', rows: { gold: 0 }, otherwise: 0 } },
  ],
  [
    '/earning/rules/2/award/basisPoints: has no `list`',
    { '/earning/rules/2/award/basisPoints/list': undefined },
  ],
  [
    '/earning/rules/2/award/basisPoints/list: no product of list tobacco says its `basisPoints`',
    { '/productLists/tobacco/products/A': { points: 5 } },
  ],
  ['/earning/rules/2/award/basisPoints: is zero', { '/earning/rules/2/award/basisPoints': 0 }],
  [
    '/earning/rules/3/vestAfterDays: has no effect beside `pending`',
    { '/earning/rules/3/vestAfterDays': 3 },
  ],
]);

tells('fields of events', [
  [
    '/earning/rules/4/split/by: must be a field below data',
    { '/earning/rules/4/split/by': 'member' },
  ],
  [
    '/earning/rules/4/award/quantity: must be a field below data',
    { '/earning/rules/4/award/quantity': 'lines.quantity' },
  ],
  ['/referral/id: events have no field `Member`', { '/referral/id': 'Member' }],
  ['/referral/id: events have no field `data`', { '/referral/id': 'data' }],
  ['/challenges/0/proof: leads into the lines', { '/challenges/0/proof': 'lines.sku' }],
  [
    '/metrics/0/of: events have no field `amont`; did you mean amount?',
    { '/metrics/0/of': 'amont' },
  ],
  [
    '/members/wallets/own/requires/0: events have no field `invoice`; what is free stands below',
    { '/members/wallets/own/requires/0': 'invoice' },
  ],
]);

const sameWhen = { '/earning/rules/0/when': { type: ['order.placed'], country: ['DE'] } };

tells('patterns', [
  [
    '/earning/rules/0/when/data/class/0: no pattern: The operator prefx is not known.',
    { '/earning/rules/0/when': { data: { class: [{ prefx: 'a' }] } } },
  ],
  [
    '/metrics/0/when/data/a.b/c/1/numeric: no pattern',
    { '/metrics/0/when': { data: { 'a.b': { c: [1, { numeric: ['<>', 2] }] } } } },
  ],
  [
    '/gifts/0/when: matches no event. type: This field holds only "order.placed"',
    { '/gifts/0/when': { type: ['lead.wno'] } },
  ],
  [
    '/earning/promotions/0/when: matches no event. country: This field holds only "DE", "FR"',
    { '/earning/promotions/0/when': { country: ['AT'] } },
  ],
  [
    '/memberships/0/events/paid: matches no event. detail: Events have no such field',
    { '/memberships/0/events/paid': { detail: { plan: ['a'] } } },
  ],
  [
    '/tiers/placements/0/when: matches no event. lines.quantty: Events have no such field; did you',
    { '/tiers/placements/0/when': { lines: { quantty: [{ numeric: ['>', 5] }] } } },
  ],
  [
    '/earning/rules/1: never pays: of `purchase` rule spend comes first',
    {
      '/earning/rules/0/segments': undefined,
      '/earning/rules/0/award/minimumAmountMinor': undefined,
    },
  ],
  [
    '/earning/rules/2/when: never pays: what it matches is a return by back',
    { '/earning/returns/0/when': { type: ['order.placed', 'order.returned'] } },
  ],
]);

it('lets a narrower rule come first, and rules that exclude each other', () => {
  const bends = {
    ...sameWhen,
    '/earning/rules/0/segments': undefined,
    '/earning/rules/0/award/minimumAmountMinor': undefined,
  };
  expect(toldOf(bends)).toEqual([]);
  const eitherOr = { $or: [{ type: ['lead.won'] }, { detail: ['x'] }] };
  expect(toldOf({ '/gifts/0/when': eitherOr })).toEqual([]);
});
