import { expect, it } from 'vitest';
import { encodeEntry } from '../../shared/adapters/dynamodb/entry-item.ts';
import { imageBytes } from '../../shared/adapters/dynamodb/item-size.ts';
import { accrue } from '../../shared/app/booking/accrue.ts';
import { sweepMember } from '../../shared/app/booking/sweep-member.ts';
import { assertBalanced } from '../../shared/domain/ledger/entry.ts';
import { oneWriteUnitBytes } from '../../shared/domain/program/size.ts';
import { addDays, type LocalDate } from '../../shared/domain/time.ts';
import { delivery } from '../support/deliveries.ts';
import { useDynamoDbLocal } from '../support/dynamodb-local.ts';
import { createWorld } from '../support/world.ts';
import { bentProgram } from '../unit/shared/domain/points/bent-program.ts';
import { totalOf } from '../unit/shared/domain/points/wallet-world.ts';
import { collected } from './auditor.ts';
import { dynamoStores, openDynamoTable } from './backends.ts';

const dynamodb = useDynamoDbLocal();
const member = 'm'.repeat(36);
const dayMs = 86_400_000;

/** Lots of EUR end on other days than those of BGN, so that none of both is one. */
const program = bentProgram({
  ...{ timeZone: 'UTC', currencies: ['EUR', 'BGN'], period: 'day', rewards: [] },
  eventTypes: ['order.placed'],
  money: { walletCurrency: 'purchase', otherwise: 'EUR', wallets: ['EUR', 'BGN'] },
  earning: {
    rules: [
      {
        ...{ id: 'cashback', when: { type: ['order.placed'] }, vestAfterDays: 60 },
        award: {
          kind: 'percentage',
          unit: 'purchaseCurrency',
          basisPoints: 1000,
          rounding: 'down',
        },
      },
    ],
  },
  expiry: [
    { unit: 'PTS', kind: 'never' },
    { unit: 'BGN', kind: 'monthsAfterEndOfMonth', months: 26 },
    { unit: 'EUR', kind: 'monthsAfter', months: 27 },
  ],
});

/** One purchase a month for two years, and then one a day until the lev ends. */
function purchaseDays(): LocalDate[] {
  const months = Array.from({ length: 24 }, (_, index) => {
    const month = String(1 + ((index + 9) % 12)).padStart(2, '0');
    return `${2023 + Math.floor((index + 9) / 12)}-${month}-15` as LocalDate;
  });
  const last = '2025-12-31' as LocalDate;
  return [...months, ...Array.from({ length: 60 }, (_, index) => addDays(last, index - 59))];
}

it('a wallet of 24 lots and 60 vesting days migrates into one that has as many', async () => {
  const stores = dynamoStores(await openDynamoTable(dynamodb(), { seed: 12 }));
  const world = createWorld(program, '2023-10-01T00:00:00Z');
  const dependencies = { ...world.dependencies, ...stores, programs: world.dependencies.programs };
  for (const day of purchaseDays()) {
    world.clock.reach(Date.parse(`${day}T12:00:00Z`) as ReturnType<typeof world.clock.now>);
    const events = ['BGN', 'EUR'].map((currency) => {
      const id = `${day} ${currency}`;
      const paid = { currency, amountMinor: '123456789', occurredAt: `${day}T10:00:00Z` };
      return delivery({ id, member, data: {}, ...paid }, id);
    });
    await accrue(dependencies, events);
  }
  const ownerOf = (unit: string) => ({ program: program.program, member, unit });
  const before = await stores.ledger.readBalance(ownerOf('BGN'));
  expect([before.lots.size, before.vesting.size]).toEqual([24, 60]);
  const ownEuro = await stores.ledger.readBalance(ownerOf('EUR'));

  world.clock.advance(dayMs);
  await sweepMember(dependencies, { program: program.program, member });
  const entries = (await collected(stores.scan.items())).map(({ entry }) => entry);
  const [migration, ...others] = entries.filter(({ kind }) => kind === 'migration');
  if (migration === undefined) throw new Error('Nothing migrated.');
  expect(others).toEqual([]);
  assertBalanced(migration.legs);
  expect(imageBytes(encodeEntry(migration))).toBeGreaterThan(oneWriteUnitBytes);
  const euro = await stores.ledger.readBalance(ownerOf('EUR'));
  expect(totalOf(await stores.ledger.readBalance(ownerOf('BGN')))).toBe(0n);
  expect(totalOf(euro) - totalOf(ownEuro)).toBe(migration.exchanges?.[0]?.toMinor);
  expect(euro.lots.size + euro.vesting.size).toBeGreaterThan(100);

  // As much vests at once, and expires at once, where nobody swept for long.
  for (const days of [90, 900]) {
    world.clock.advance(days * dayMs);
    await sweepMember(dependencies, { program: program.program, member });
  }
  expect(totalOf(await stores.ledger.readBalance(ownerOf('EUR')))).toBe(0n);
});
