import { describe, expect, it } from 'vitest';
import { parseProgram } from '../../shared/domain/program/parse.ts';
import type { Program } from '../../shared/domain/program/schema.ts';
import { MemoryStage } from './memory-stage.ts';
import {
  heldAtTheEnd,
  inEuro,
  linesAfter,
  linesBefore,
  programOf,
  type Retiring,
  retiring,
  tooLateLine,
} from './retirement.ts';

describe.each(retiring)('wallets in $currency', (retired) => {
  it('migrate on the last day, in whatever form, and nothing is lost to the cent', async () => {
    const stage = await staged(retired);
    expect(await stage.play(linesBefore(retired))).toEqual([]);
    expect(heldIn(stage, retired.currency)).toEqual(heldAtTheEnd);
    await stage.reach(`${retired.year}-01-01`);
    expect(heldIn(stage, retired.currency)).toEqual({});
    expect(heldIn(stage, 'EUR')).toEqual(inEuroEach(heldAtTheEnd, retired));
    const { accounts, unbalanced } = stage.found();
    expect(unbalanced).toBe(0);
    const { [`fxPosition ${retired.currency}`]: took, ...told } = accounts.told();
    const total = sum(Object.values(heldAtTheEnd));
    expect(BigInt(took ?? 0)).toBe(total);
    const gave = BigInt(told['fxPosition EUR'] ?? 0) + BigInt(told['rounding EUR'] ?? 0);
    expect(-gave).toBe(sum(Object.values(inEuroEach(heldAtTheEnd, retired))));
  });

  it('go on in euro: what waited, what was owed, what goes back', async () => {
    const stage = await staged(retired);
    expect(await stage.play(linesBefore(retired))).toEqual([]);
    expect(await stage.play(linesAfter(retired))).toEqual([]);
    await stage.reach(`${retired.year}-04-01`);
    const { ema: _, fran: __, ...others } = inEuroEach(heldAtTheEnd, retired);
    expect(heldIn(stage, 'EUR')).toEqual({ ...others, davor: 2000n + (others.davor ?? 0n) });
    const { pending, vesting, debts, unbalanced } = stage.found();
    expect([pending.told(), debts.told(), unbalanced]).toEqual([expect.anything(), {}, 0]);
    expect(Object.keys(pending.told())).toEqual(['gita EUR']);
    expect(vesting.told()).toEqual({});
    expect(heldIn(stage, retired.currency)).toEqual({});
  });
});

describe.each(retiring)('what is told late of $currency', (retired) => {
  it('migrates once more where something comes late; the currency itself is over', async () => {
    const stage = await staged(retired);
    const [last] = linesBefore(retired).slice(2, 3);
    await stage.play(linesBefore(retired).slice(0, 2));
    await stage.reach(`${retired.year}-01-01`);
    expect(await stage.play([tooLateLine(retired)])).toEqual([
      expect.stringContaining('CURRENCY_RETIRED'),
    ]);
    if (last !== undefined) expect(await stage.play([last])).toEqual([]);
    await stage.reach(`${retired.year}-02-01`);
    expect(heldIn(stage, retired.currency)).toEqual({});
    const twice = inEuro(617n + 3394n, retired) + inEuro(5000n, retired);
    expect(heldIn(stage, 'EUR')).toEqual({ anna: twice });
    expect(stage.found().unbalanced).toBe(0);
  });

  it('is rounded at each telling, by half a cent at most', async () => {
    const stage = await staged(retired, `${retired.year}-06-01`);
    expect(await stage.play(linesBefore(retired))).toEqual([]);
    expect(await stage.play(linesAfter(retired))).toEqual([]);
    await stage.reach(`${retired.year}-07-01`);
    expect(heldIn(stage, retired.currency)).toEqual({});
    const { ema: _, fran: __, ...others } = inEuroEach(heldAtTheEnd, retired);
    const expected = { ...others, davor: 2000n + (others.davor ?? 0n) };
    const found = heldIn(stage, 'EUR');
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
    for (const [member, minor] of Object.entries(expected)) {
      expect([member, differ(found[member] ?? 0n, minor) <= 2n]).toEqual([member, true]);
    }
    expect(stage.found().unbalanced).toBe(0);
  });

  it('has expired by then, but for what waits and what is owed', async () => {
    const stage = await staged(retired, `${retired.year + 1}-06-01`);
    expect(await stage.play(linesBefore(retired))).toEqual([]);
    await stage.reach(`${retired.year + 1}-07-01`);
    expect(heldIn(stage, retired.currency)).toEqual({});
    expect(heldIn(stage, 'EUR')).toEqual({
      cvita: inEuro(2716n, retired) + inEuro(499n, retired),
      davor: inEuro(-3833n, retired),
      gita: inEuro(160n, retired),
    });
    expect(stage.found().unbalanced).toBe(0);
  });
});

function staged(retired: Retiring, start = `${retired.year - 1}-10-01`): Promise<MemoryStage> {
  return MemoryStage.of(parsed(programOf(retired)), start);
}

function parsed(json: object): Program {
  const read = parseProgram(json);
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  return read.program;
}

/** Everything that members have in a currency, less what they owe; without those who have none. */
function heldIn(stage: MemoryStage, currency: string): Record<string, bigint> {
  const { available, vesting, pending } = stage.found();
  const held = new Map<string, bigint>();
  for (const sums of [available, vesting, pending]) {
    for (const [key, minor] of Object.entries(sums.told())) {
      const [member = ''] = key.split(' ');
      if (key.endsWith(` ${currency}`)) {
        held.set(member, (held.get(member) ?? 0n) + BigInt(minor));
      }
    }
  }
  return Object.fromEntries([...held].filter(([, minor]) => minor !== 0n));
}

function inEuroEach(
  held: Readonly<Record<string, bigint>>,
  retired: Retiring,
): Record<string, bigint> {
  const each = Object.entries(held).map(([member, minor]) => [member, inEuro(minor, retired)]);
  return Object.fromEntries(each);
}

function differ(one: bigint, other: bigint): bigint {
  return one > other ? one - other : other - one;
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
