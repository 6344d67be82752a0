import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PayMemberDependencies } from '../../../../../shared/app/payouts/paying-run.ts';
import { reportPayouts } from '../../../../../shared/app/payouts/report-payouts.ts';
import { type RunResult, runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import { addMs } from '../../../../../shared/domain/time.ts';
import { runs } from '../../../../properties/runs.ts';
import { account, type PayingWorld, payingWorld, program } from '../../../../support/paying.ts';
import { wrapped } from '../../../../support/scheduling.ts';

const amountMinor = 2_500n;

async function paidWorld(members: number): Promise<PayingWorld> {
  const paying = payingWorld();
  for (let index = 0; index < members; index += 1) {
    await join(paying, `m-${index.toString().padStart(4, '0')}`);
  }
  return paying;
}

async function join(paying: PayingWorld, member: string): Promise<void> {
  await paying.give(member, 'EUR', amountMinor);
  await paying.choose(member, {}, account);
}

class Killed extends Error {}

/** What goes wrong: a process's `nth` call, before or after that took effect. */
interface Death {
  readonly nth: number;
  readonly when: 'before' | 'after';
  /** It is this call alone that fails: the process lives on. */
  readonly isFault?: boolean;
}

const ports = ['ledger', 'redemptions', 'payouts', 'contacts', 'sealer', 'checkQueue'] as const;

/** Nothing that a dead process calls has any effect; `calls` says how many there were. */
function dying(dependencies: PayMemberDependencies, { nth, when, isFault = false }: Death) {
  let calls = 0;
  const wrap = <Port extends object>(port: Port): Port =>
    wrapped(port, async (call) => {
      calls += 1;
      const isFatal = calls === nth;
      const isOver = calls > nth && !isFault;
      if (isOver || (isFatal && when === 'before')) throw new Killed();
      const answer = await call();
      if (isFatal) throw new Killed();
      return answer;
    });
  const dead = Object.fromEntries(ports.map((name) => [name, wrap(dependencies[name])]));
  return { dependencies: { ...dependencies, ...dead }, calls: () => calls };
}

/** A call of the run with time for so many members; `undefined` where it died. */
async function run(
  { world }: PayingWorld,
  dependencies: PayMemberDependencies,
  members = Number.POSITIVE_INFINITY,
): Promise<RunResult | undefined> {
  const asOf = world.clock.now();
  // Those that are met again count for nothing, but where there is no time at all.
  let asked = members === 0 ? 0 : -1;
  const payouts = {
    ...dependencies.payouts,
    async *members(name: string, after?: string) {
      for await (const member of dependencies.payouts.members(name, after)) {
        asked += 1;
        yield member;
      }
    },
  };
  const clock = { now: () => addMs(asOf, asked >= members ? 1 : 0) };
  const command = { program, run: 'r', asOf, requestedBy: 'fin', until: addMs(asOf, 1) };
  try {
    const ran = await runPayouts({ ...dependencies, clock, payouts }, command);
    return ran.ok ? ran.value : undefined;
  } catch (error) {
    if (error instanceof Killed) return undefined;
    throw error;
  }
}

/**
 * Everybody has one payout, of everything they had, and the run is done, with the lines of all; of
 * those that have joined meanwhile nobody has two.
 */
async function expectPaidOnce(paying: PayingWorld, members: number): Promise<void> {
  const { dependencies, world } = paying;
  const { holds } = world.table;
  const held = [...holds.values()].map(({ entry }) => entry.member);
  expect(new Set(held).size).toBe(held.length);
  expect(held.filter((member) => /^m-\d{4}$/.test(member)).length).toBe(members);
  expect([...holds.values()].every(({ points }) => points === amountMinor)).toBe(true);
  const told = await reportPayouts(dependencies, { program, run: 'r' });
  expect([told.report.mismatches(), told.unplaced]).toEqual([[], 0]);
  const ended = await dependencies.payouts.readRun(program, 'r');
  expect(ended).toMatchObject({ state: 'done' });
  expect(ended?.progress).toBeUndefined();
}

describe('a run of payouts that is killed', () => {
  it.each(['before', 'after'] as const)(
    'loses nobody and pays nobody twice, wherever it dies (%s the effect of a call)',
    async (when) => {
      const members = 4;
      for (let nth = 1; ; nth += 1) {
        const paying = await paidWorld(members);
        const { dependencies } = paying;
        const { sealer } = dependencies;
        const seal = async () => Promise.reject(new Error('down'));
        await run(paying, { ...dependencies, sealer: { ...sealer, seal } }, 2);
        await run(paying, dependencies, 0);
        expect((await dependencies.payouts.readRun(program, 'r'))?.progress?.failed.length).toBe(2);
        const death = dying(dependencies, { nth, when });
        await run(paying, death.dependencies, members);
        await run(paying, dependencies);
        await expectPaidOnce(paying, members);
        if (death.calls() < nth) break;
      }
    },
  );

  const death = fc.record({
    nth: fc.integer({ min: 1, max: 150 }),
    when: fc.constantFrom('before', 'after'),
    time: fc.integer({ min: 0, max: 12 }),
    isFault: fc.boolean(),
  });

  it('does so again and again, with members that join and runs that go on at once', async () => {
    const scenario = fc.record({
      members: fc.integer({ min: 1, max: 12 }),
      deaths: fc.array(fc.array(death, { minLength: 1, maxLength: 3 }), { maxLength: 6 }),
      joining: fc.array(fc.constantFrom('a', 'm-0002', 'z'), { maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ members, deaths, joining }) => {
        const paying = await paidWorld(members);
        const { dependencies } = paying;
        for (const [round, atOnce] of deaths.entries()) {
          const name = joining[round];
          if (name !== undefined) await join(paying, `${name}${round}`);
          await Promise.all(
            atOnce.map((one) => run(paying, dying(dependencies, one).dependencies, one.time)),
          );
        }
        await run(paying, dependencies);
        await run(paying, dependencies);
        await expectPaidOnce(paying, members);
      }),
      runs(40),
    );
  });
});

describe('a run over many members', () => {
  it('goes on near where it died, and not from the first', async () => {
    const paying = await paidWorld(700);
    const { dependencies } = paying;
    const { payouts } = dependencies;
    const held: number[] = [];
    const keepProgress: typeof payouts.keepProgress = async (kept) => {
      held.push(paying.world.table.holds.size);
      await payouts.keepProgress(kept);
    };
    const watched = { ...dependencies, payouts: { ...payouts, keepProgress } };
    // Each is paid by nine calls.
    await run(paying, dying(watched, { nth: 600 * 9, when: 'before' }).dependencies);
    // Nobody of them was still on their way.
    expect(held).toEqual([500]);
    const begun = await dependencies.payouts.readRun(program, 'r');
    expect(begun?.progress).toEqual({ through: 'm-0499', failed: [] });
    expect(await run(paying, dependencies)).toMatchObject({ members: 200 });
    await expectPaidOnce(paying, 700);
  });

  it('remembers few that failed, and goes over many again', async () => {
    const paying = await paidWorld(550);
    const { dependencies } = paying;
    const { redemptions } = dependencies;
    const without = (isDown: (member: string) => boolean) => ({
      ...dependencies,
      redemptions: {
        ...redemptions,
        lastPayout: async (wallet: { readonly program: string; member: string; unit: string }) =>
          isDown(wallet.member)
            ? Promise.reject(new Error('down'))
            : redemptions.lastPayout(wallet),
      },
    });
    const few = without((member) => member < 'm-0100');
    expect(await run(paying, few)).toMatchObject({ members: 550, paid: 450, failed: 100 });
    const many = without((member) => member < 'm-0100' || member > 'm-0548');
    expect(await run(paying, many)).toMatchObject({ members: 100, failed: 100 });
    expect(await run(paying, dependencies)).toMatchObject({ members: 100, paid: 100, failed: 0 });
    await expectPaidOnce(paying, 550);
  });

  it('pays those behind the ones that cannot be, however many they are', async () => {
    const paying = await paidWorld(150);
    const { dependencies } = paying;
    const { sealer } = dependencies;
    const open: typeof sealer.open = async (context, sealed) =>
      context.redemption < 'm-0120'
        ? Promise.reject(new Error('down'))
        : sealer.open(context, sealed);
    const stuck = { ...dependencies, sealer: { ...sealer, open } };
    expect(await run(paying, stuck)).toMatchObject({ paid: 30, failed: 120 });
    expect((await dependencies.payouts.readRun(program, 'r'))?.progress).toBeUndefined();
    expect(await run(paying, dependencies)).toMatchObject({ members: 150, paid: 120, failed: 0 });
    await expectPaidOnce(paying, 150);
  });
});
