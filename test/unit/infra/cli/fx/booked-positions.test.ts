import { expect, it } from 'vitest';
import { positionReport } from '../../../../../infra/cli/fx/position.ts';
import { trialBalance } from '../../../../../infra/cli/ledger/trial-balance.ts';
import { verifyLedger } from '../../../../../infra/cli/ledger/verify.ts';
import { keepGivenRates, ratesOfScenario } from '../../../../../infra/cli/replay/given-rates.ts';
import { ReplayWorld } from '../../../../../infra/cli/replay/world.ts';
import { SeededRandom } from '../../../../../infra/cli/sample/random.ts';
import { createMemoryLedgerScan } from '../../../../../shared/adapters/memory/ledger-scan.ts';
import { readMemberCommand } from '../../../../../shared/contracts/commands.ts';
import { readCustomerEvent } from '../../../../../shared/contracts/events.ts';
import { sinceEver } from '../../../../../shared/domain/program/version.ts';
import { formatInstant, type LocalDate, startOfDay } from '../../../../../shared/domain/time.ts';
import { richProgram } from '../replay/rich-program.ts';

/*
 * Books as the engine itself makes them: cashback in several currencies, donations, returns, and
 * the lev that becomes a euro on the way.
 */

const named = (one: string) => ({ names: { en: { one, other: `${one}s` } } });
const program = richProgram({
  timeZone: 'Europe/Sofia',
  currencies: ['EUR', 'USD', 'BGN'],
  units: { EUR: named('cent'), USD: named('cent'), BGN: named('stotinka') },
  money: { walletCurrency: 'member', wallets: ['JPY'] },
  donations: { charities: { forest: { names: { en: 'Forest' } } } },
  earning: {
    rules: [
      {
        id: 'order',
        when: { type: ['order.paid'] },
        award: {
          ...{ kind: 'percentage', unit: 'purchaseCurrency', basisPoints: 333 },
          rounding: 'down',
        },
        vestAfterDays: 14,
      },
    ],
    returns: [{ id: 'return', when: { type: ['order.returned'] }, rule: 'order' }],
  },
  ...{ metrics: [], tiers: undefined, entitlements: {}, occasions: [], memberships: [] },
  expiry: ['EUR', 'USD', 'BGN', 'JPY'].map((unit) => ({ unit, kind: 'never' })),
});

const dayOf = (index: number) =>
  new Date(Date.UTC(2025, 11, 15 + index)).toISOString().slice(0, 10) as LocalDate;

function ratesOf(random: SeededRandom, dayCount: number) {
  const days = Array.from({ length: dayCount }, (_, index) => {
    const USD = `1.${random.between(1000, 1999)}`;
    const rates = {
      USD,
      JPY: `18${random.between(0, 9)}.${random.between(10, 99)}`,
      BGN: '1.9558',
    };
    return [dayOf(index), rates] as const;
  });
  return { source: 'ecb' as const, days: Object.fromEntries(days) };
}

async function enrol(world: ReplayWorld, member: string, currency: string, percent: number) {
  const donation = { charity: 'forest', percent };
  const read = readMemberCommand({
    ...{ id: `enrol-${member}`, source: 'test', actor: 'shop', type: 'member.enrolled', member },
    ...{ occurredAt: formatInstant(world.now), data: { kind: 'person', currency, donation } },
  });
  if (!read.ok) throw new Error(read.failure.code);
  return world.deliverCommand(read.value);
}

async function send(world: ReplayWorld, event: object) {
  const occurredAt = formatInstant(world.now);
  const read = readCustomerEvent({ source: 'test', occurredAt, ...event });
  if (!read.ok) throw new Error(read.failure.code);
  const outcome = await world.deliverEvent(read.value);
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.code);
  if (outcome.kind === 'failed') throw outcome.error;
}

const members = ['EUR', 'USD', 'BGN', 'JPY'];

/** Some forty days of orders, of which some come back in parts. */
async function played(dayCount: number): Promise<ReplayWorld> {
  const random = new SeededRandom(20_261_122);
  const midnight = (index: number) => startOfDay(dayOf(index), program.timeZone);
  const world = new ReplayWorld({ from: sinceEver, program }, midnight(0), midnight(dayCount));
  const given = ratesOfScenario(ratesOf(random, dayCount));
  await keepGivenRates(world.dependencies.rates, given);
  for (const [index, currency] of members.entries()) {
    await enrol(world, currency, currency, [0, 50, 33, 100][index] ?? 0);
  }
  const orders: { readonly id: string; readonly member: string; readonly currency: string }[] = [];
  for (let index = 0; index < dayCount; index += 1) {
    await world.advanceTo(midnight(index));
    for (const member of members) {
      const isLevGone = dayOf(index) >= '2026-01-01';
      const currency = ['EUR', 'USD', isLevGone ? 'EUR' : 'BGN'][random.between(0, 2)] ?? 'EUR';
      const order = { id: `o-${member}-${index}`, member, currency };
      const amountMinor = `${random.between(40, 99_999)}`;
      await send(world, { ...order, type: 'order.paid', amountMinor });
      orders.push(order);
      const old = orders[random.between(0, orders.length - 1)];
      if (old === undefined || (isLevGone && old.currency === 'BGN')) continue;
      const refersTo = { source: 'test', id: old.id };
      const back = {
        ...old,
        id: `r-${member}-${index}`,
        amountMinor: `${random.between(1, 30_000)}`,
      };
      await send(world, { ...back, type: 'order.returned', refersTo });
    }
  }
  await world.advanceTo(midnight(dayCount - 1));
  return world;
}

it('balance, agree with their exchanges, and are explained to the cent', async () => {
  const world = await played(40);
  const scan = createMemoryLedgerScan(world.table);
  expect((await verifyLedger(scan)).mismatches).toEqual([]);
  const { sumByUnit, accounts } = await trialBalance(scan);
  expect(sumByUnit).toEqual({ BGN: '0', EUR: '0', JPY: '0', USD: '0' });
  const isMembers = ({ account }: { account: string }) =>
    ['lot', 'pending', 'debt'].includes(account);
  const levs = accounts.filter((row) => row.unit === 'BGN' && isMembers(row));
  expect(levs.every(({ amount }) => amount === '0')).toBe(true);
  const { rates } = world.dependencies;
  const report = await positionReport({ scan, rates, program, asOf: world.now });
  expect(report.positions.map(({ currency }) => currency)).toEqual(['BGN', 'EUR', 'JPY', 'USD']);
  for (const row of report.positions) {
    if (!('valueMinor' in row)) throw new Error(`${row.currency} is ${row.refused}.`);
    const { rateChangeMinor, bookingMinor, roundingMinor } = row;
    const gains = BigInt(rateChangeMinor) + BigInt(bookingMinor) + BigInt(roundingMinor);
    expect(gains).toBe(BigInt(row.valueMinor) - BigInt(row.costMinor));
  }
  const costs = BigInt(report.totals.costMinor);
  expect(costs >= -2n && costs <= 2n).toBe(true);
  const fixed = report.days.filter((row) => row.currency === 'BGN' && row.day > '2026-01-01');
  expect(fixed.every(({ rateChangeMinor }) => rateChangeMinor === '0')).toBe(true);
});
