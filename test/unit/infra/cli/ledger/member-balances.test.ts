import { expect, it } from 'vitest';
import { memberBalances } from '../../../../../infra/cli/ledger/member-balances.ts';
import { type Balance, emptyBalance } from '../../../../../shared/domain/points/balance.ts';
import { day } from '../../../../support/points.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';

const program = sampleProgram();

it('lists the units of the program, and of other wallets those that hold something', async () => {
  const rows: readonly (readonly [member: string, unit: string, balance: Balance])[] = [
    ['ann', 'EUR', { ...emptyBalance, debt: 5n }],
    ['ann', 'BGN', emptyBalance],
    ['ben', 'PTS', emptyBalance],
    ['ben', 'JPY', { ...emptyBalance, pending: 7n }],
  ];
  const scan = {
    async *items() {},
    async *balances() {
      for (const [member, unit, balance] of rows) yield { program: 'p', member, unit, balance };
    },
  };
  expect(Object.keys(program.units)).toEqual(['PTS']);
  expect({ ...(await memberBalances(scan, program, day('2026-03-02'))) }).toEqual({
    ann: { PTS: '0', EUR: '-5' },
    ben: { PTS: '0', JPY: '0' },
  });
});
