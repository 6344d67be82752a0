import { expect, it } from 'vitest';
import { trialBalance } from '../../../../../infra/cli/ledger/trial-balance.ts';
import { trialBalanceText } from '../../../../../infra/cli/ledger/trial-balance-text.ts';
import type { Account, Entry, Leg } from '../../../../../shared/domain/ledger/entry.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import type { LedgerScan } from '../../../../../shared/ports/stores.ts';
import { lot } from '../../../../support/points.ts';

const legOf = (account: Account, unit: string, amount: bigint): Leg => ({ account, unit, amount });
const never = lot('2099-12-31');

/** 2.00 dollars judged, 1.77 euros kept, a tenth of them given away. */
const converted: Leg[] = [
  legOf({ kind: 'issued' }, 'USD', -200n),
  legOf({ kind: 'fxPosition' }, 'USD', 200n),
  legOf({ kind: 'fxPosition' }, 'EUR', -176n),
  legOf({ kind: 'rounding' }, 'EUR', -1n),
  legOf({ kind: 'lot', member: 'ann', lot: never }, 'EUR', 159n),
  legOf({ kind: 'donation', charity: 'food-banks' }, 'EUR', 18n),
];
const back: Leg[] = [
  legOf({ kind: 'lot', member: 'ann', lot: never }, 'EUR', -59n),
  legOf({ kind: 'debt', member: 'ben' }, 'EUR', -41n),
  legOf({ kind: 'adjusted' }, 'EUR', 100n),
];

function scanOf(...entries: readonly (readonly [day: number, legs: readonly Leg[]])[]): LedgerScan {
  return {
    async *items() {
      for (const [day, legs] of entries) {
        const at = instantOf(Date.UTC(2026, 2, day));
        const entry: Entry = {
          key: { at: 'event', program: 'p', hash: `${day}`, part: '0' },
          ...{ kind: 'accrual', program: 'p', member: 'ann', legs, occurredAt: at, postedAt: at },
          ...{ bodyHash: '', explanation: { reason: 'EARNED' } },
        };
        yield { entry };
      }
    },
    async *balances() {},
  };
}

it('sums up every account by unit, members together and charities apart', async () => {
  const found = await trialBalance(scanOf([1, converted], [2, back]));
  expect(found).toEqual({
    ...{ entries: 2, balanced: true, sumByUnit: { EUR: '0', USD: '0' } },
    accounts: [
      { account: 'lot', unit: 'EUR', amount: '100' },
      { account: 'debt', unit: 'EUR', amount: '-41' },
      { account: 'donation:food-banks', unit: 'EUR', amount: '18' },
      { account: 'adjusted', unit: 'EUR', amount: '100' },
      { account: 'fxPosition', unit: 'EUR', amount: '-176' },
      { account: 'rounding', unit: 'EUR', amount: '-1' },
      { account: 'issued', unit: 'USD', amount: '-200' },
      { account: 'fxPosition', unit: 'USD', amount: '200' },
    ],
  });
  const text = trialBalanceText(found);
  expect(text).toContain('2 entries, balanced');
  expect(text).toMatch(/donation:food-banks, owed to a charity +EUR +0\.18 +credit$/m);
  expect(text).toMatch(/issued, earned by members +USD +-2\.00 +debit$/m);
});

it('has what rewards cost the other way round', async () => {
  const reward = [
    legOf({ kind: 'rewardCost' }, 'EUR', 70n),
    legOf({ kind: 'merchantReceivable' }, 'EUR', 30n),
    legOf({ kind: 'providerPayable', provider: 'runa' }, 'EUR', -100n),
  ];
  const text = trialBalanceText(await trialBalance(scanOf([1, reward])));
  expect(text).toMatch(/providerPayable:runa, owed to a provider +EUR +-1\.00 +credit$/m);
  expect(text).toMatch(/rewardCost, cost of rewards +EUR +0\.70 +debit$/m);
  expect(text).toMatch(/merchantReceivable, collected by merchants +EUR +0\.30 +debit$/m);
});

it('counts what was posted by then', async () => {
  const asOf = instantOf(Date.UTC(2026, 2, 1));
  const { entries, accounts } = await trialBalance(scanOf([1, converted], [2, back]), asOf);
  expect(entries).toBe(1);
  expect(accounts).not.toContainEqual(expect.objectContaining({ account: 'adjusted' }));
});

it('says where books do not balance', async () => {
  const found = await trialBalance(scanOf([1, converted.slice(1)]));
  expect(found).toMatchObject({ balanced: false, sumByUnit: { EUR: '0', USD: '200' } });
  expect(trialBalanceText(found)).toMatch(/sum, NOT ZERO +USD +2\.00/);
});
