import { describe, expect, it } from 'vitest';
import { createMemoryLedgerScan } from '../../../../../shared/adapters/memory/ledger-scan.ts';
import { accrue } from '../../../../../shared/app/booking/accrue.ts';
import {
  type CommandDelivery,
  type CommandOutcome,
  executeCommands,
} from '../../../../../shared/app/booking/execute-commands.ts';
import { readMemberCommand } from '../../../../../shared/contracts/commands.ts';
import { available } from '../../../../../shared/domain/points/balance.ts';
import { monthOf } from '../../../../../shared/domain/rates/snapshot.ts';
import { addMs, formatInstant, localDateAt } from '../../../../../shared/domain/time.ts';
import type { LedgerStore } from '../../../../../shared/ports/ledger.ts';
import { audit } from '../../../../stores/auditor.ts';
import { delivery } from '../../../../support/deliveries.ts';
import { day, owner } from '../../../../support/points.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';
import { interleaved, seededTurns } from '../../../../support/scheduling.ts';
import { createWorld, type World } from '../../../../support/world.ts';

const dayMs = 86_400_000;
const terms = { unit: 'PTS', points: 100, amountMinor: 100, currency: 'EUR' };
const both = [
  { id: 'cash', direction: 'pointsToWallet', ...terms },
  { id: 'back', direction: 'walletToPoints', ...terms },
];
const money = { walletCurrency: 'member', otherwise: 'EUR', wallets: ['EUR', 'USD'] };

/** 1,000 points of ann's, and rates of the day before. */
async function worldWith(parts: Readonly<Record<string, unknown>> = {}): Promise<World> {
  const world = createWorld(sampleProgram({ money, exchanges: both, ...parts }));
  await giveRates(world, '2026-06-14', { GBP: '0.8', USD: '1.1' });
  expect(await accrue(world.dependencies, [delivery()])).toEqual([{ kind: 'accrued' }]);
  return world;
}

async function giveRates(
  { dependencies }: World,
  date: string,
  rates: Readonly<Record<string, string>>,
): Promise<void> {
  const snapshot = { date: day(date), rates: new Map(Object.entries(rates)) };
  const snapshots = new Map([[snapshot.date, snapshot]]);
  const month = { source: 'ecb', month: monthOf(snapshot.date), version: 0, snapshots } as const;
  expect(await dependencies.rates.writeMonths([month])).toBe('written');
}

type Body = Readonly<Record<string, unknown>>;

function asked({ clock }: World, id: string, data: Body, parts: Body = {}): CommandDelivery {
  const reading = readMemberCommand({
    ...{ id, source: 'app', actor: 'ann', type: 'wallet.exchanged', member: owner.member },
    ...{ occurredAt: formatInstant(clock.now()), data, ...parts },
  });
  if (!reading.ok) throw new Error(`${reading.failure.code} ${reading.failure.field}`);
  return { delivery: `d-${id}`, program: owner.program, received: reading.value };
}

async function exchange(
  { dependencies }: World,
  sent: CommandDelivery,
  ledger: LedgerStore = dependencies.ledger,
): Promise<string> {
  const [outcome] = await executeCommands({ ...dependencies, ledger }, [sent]);
  return toldOf(outcome);
}

function toldOf(outcome: CommandOutcome | undefined): string {
  if (outcome?.kind === 'failed') throw outcome.error;
  return outcome?.kind === 'refused' ? outcome.refusal.code : (outcome?.kind ?? 'nothing');
}

async function holds(
  { dependencies, clock, program }: World,
  ...units: readonly string[]
): Promise<bigint[]> {
  const today = localDateAt(clock.now(), program.timeZone);
  const balances = units.map((unit) => dependencies.ledger.readBalance({ ...owner, unit }));
  return (await Promise.all(balances)).map((balance) => available(balance, today));
}

const cash = { exchange: 'cash', amount: '337', wallet: 'USD' };

describe('an exchange that a member asks for', () => {
  it('is booked once by its id, and another body under that id is a conflict', async () => {
    const world = await worldWith();
    const sent = asked(world, 'x1', cash);
    expect(await exchange(world, sent)).toBe('done');
    const again = { ...sent, delivery: 'another' };
    expect(await exchange(world, again)).toBe('duplicate');
    const other = { ...asked(world, 'x1', { ...cash, amount: '334' }), delivery: 'third' };
    expect(await exchange(world, other)).toBe('conflict');
    // 3.37 euros are 3.707 dollars.
    expect(await holds(world, 'PTS', 'USD')).toEqual([663n, 370n]);
    await audit(createMemoryLedgerScan(world.table));
  });

  it('rounds down into the wallet, and the entry says so', async () => {
    const world = await worldWith();
    expect(await exchange(world, asked(world, 'x1', cash))).toBe('done');
    const [entry] = [...world.table.entries.values()].filter(({ kind }) => kind === 'exchange');
    expect(entry?.exchanges).toMatchObject([
      {
        from: 'EUR',
        fromMinor: 337n,
        to: 'USD',
        toMinor: 370n,
        wholeMinor: 370n,
        rounding: 'down',
      },
    ]);
    expect(entry?.legs.filter(({ account }) => account.kind === 'rounding')).toEqual([]);
  });

  it('is refused with no rate of these days, and may be asked for again', async () => {
    const world = await worldWith();
    world.clock.advance(30 * dayMs);
    expect(await exchange(world, asked(world, 'x1', cash))).toBe('RATE_STALE');
    await giveRates(world, '2026-07-14', { USD: '1.2' });
    expect(await exchange(world, asked(world, 'x2', cash))).toBe('done');
    expect(await holds(world, 'USD')).toEqual([404n]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'never overspends with others at once (seed %i)',
    async (seed) => {
      const world = await worldWith();
      const ledger = interleaved(world.dependencies.ledger, seededTurns(seed));
      const all = Array.from({ length: 8 }, (_, index) => ({ ...cash, amount: `${201 + index}` }));
      const sent = all.flatMap((data, index) => {
        const one = asked(world, `x${index}`, data);
        return [one, { ...one, delivery: `again-${index}` }];
      });
      const told = await Promise.all(sent.map((one) => exchange(world, one, ledger)));
      // Five of more than 200 are more than the 1,000 points.
      expect(told.filter((one) => one === 'done')).toHaveLength(4);
      const entries = await audit(createMemoryLedgerScan(world.table));
      const taken = entries.filter(({ kind }) => kind === 'exchange');
      expect(taken).toHaveLength(4);
      const [points = -1n] = await holds(world, 'PTS');
      expect(points).toBeGreaterThanOrEqual(0n);
      const gone = taken.flatMap(({ legs }) => legs).filter(({ unit }) => unit === 'PTS');
      const given = gone.filter(({ account }) => account.kind === 'converted');
      expect(given.reduce((sum, { amount }) => sum + amount, points)).toBe(1000n);
    },
  );
});

describe('terms that have changed', () => {
  const dearer = both.map((one) => ({ ...one, points: 1000 }));

  it('are those in force now, whatever time the command names', async () => {
    const world = await worldWith();
    const { clock, dependencies } = world;
    const before = formatInstant(clock.now());
    const from = addMs(clock.now(), dayMs);
    await dependencies.programs.publish({
      ...{ from, program: sampleProgram({ money, exchanges: dearer }) },
    });
    clock.advance(2 * dayMs);
    const sent = asked(world, 'x1', { ...cash, wallet: 'EUR' }, { occurredAt: before });
    expect(await exchange(world, sent)).toBe('done');
    expect(await holds(world, 'EUR')).toEqual([33n]);
    const [entry] = [...world.table.entries.values()].filter(({ kind }) => kind === 'exchange');
    expect(entry?.explanation.version).toBe(from);
  });

  it('may need rates where those before them needed none', async () => {
    const world = await worldWith({ exchanges: [], money: { wallets: ['EUR'] } });
    const { clock, dependencies } = world;
    const before = formatInstant(clock.now());
    const from = addMs(clock.now(), dayMs);
    const program = sampleProgram({ money, exchanges: both });
    await dependencies.programs.publish({ from, program });
    clock.advance(2 * dayMs);
    expect(await exchange(world, asked(world, 'x1', cash, { occurredAt: before }))).toBe('done');
    expect(await holds(world, 'USD')).toEqual([370n]);
  });

  it('end with the exchange, also for who says that it was before', async () => {
    const world = await worldWith();
    const { clock, dependencies } = world;
    const before = formatInstant(clock.now());
    const from = addMs(clock.now(), dayMs);
    await dependencies.programs.publish({ from, program: sampleProgram({ money }) });
    clock.advance(2 * dayMs);
    const sent = asked(world, 'x1', cash, { occurredAt: before });
    expect(await exchange(world, sent)).toBe('UNKNOWN_EXCHANGE');
  });
});
