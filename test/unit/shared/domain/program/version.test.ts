import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isSameProgram,
  type ProgramVersion,
  type PublishedProgram,
  programAt,
  publishedOf,
  refuseVersion,
  refuseWithdrawal,
  sinceEver,
} from '../../../../../shared/domain/program/version.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import { sampleProgram, sampleProgramJson } from '../../../../support/sample-program.ts';

const day = (number: number) => instantOf(Date.UTC(2026, 0, number));
const version = (from: ProgramVersion['from'], parts = {}): ProgramVersion => ({
  from,
  program: sampleProgram(parts),
});
const first = version(sinceEver, { name: 'first' });
const second = version(day(10), { name: 'second' });
const published: PublishedProgram = [first, second];
const sentences = (candidate: ProgramVersion, now = day(5), standing = published) =>
  refuseVersion(standing, candidate, now).map(({ pointer, message }) => `${pointer} ${message}`);

describe('the version in force', () => {
  it('is the last that has begun', () => {
    expect(programAt(undefined, day(1))).toBeUndefined();
    expect(programAt(published, day(1))).toBe(first.program);
    expect(programAt(published, instantOf(day(10) - 1))).toBe(first.program);
    expect(programAt(published, day(10))).toBe(second.program);
    expect(programAt(published, day(400))).toBe(second.program);
  });

  it('is none before the first, unless that one holds since ever', () => {
    expect(programAt([second], day(9))).toBeUndefined();
    expect(programAt(published, instantOf(-1))).toBe(first.program);
  });

  it('does not depend on the order in which versions are read', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 31 }));
    const isLatest = fc.property(days, fc.integer({ min: 1, max: 31 }), (numbers, today) => {
      const versions = numbers.map((number) => ({
        from: day(number),
        program: { ...second.program, name: `${number}` },
      }));
      const latest = Math.max(...numbers.filter((number) => number <= today));
      const expected = Number.isFinite(latest) ? `${latest}` : undefined;
      expect(programAt(publishedOf(versions), day(today))?.name).toBe(expected);
    });
    fc.assert(isLatest, { seed: 3 });
  });
});

describe('a version', () => {
  it('keeps the shards and the unit of a budget: what it has given is counted in them', () => {
    const potOf = (from: ProgramVersion['from'], points: number, shards: number) => {
      const budgets = [{ id: 'pot', unit: 'PTS', points, shards }];
      return { from, program: { ...sampleProgram(), budgets } };
    };
    const standing: PublishedProgram = [potOf(sinceEver, 100, 4)];
    expect(sentences(potOf(day(6), 200, 4), day(5), standing)).toEqual([]);
    expect(sentences(potOf(day(6), 100, 2), day(5), standing)).toEqual([
      '/budgets/0 budget pot must keep its 4 shards of PTS',
    ]);
  });

  it('may be the first from any time on, and a later one from now on', () => {
    expect(refuseVersion(undefined, version(day(1)), day(5))).toEqual([]);
    expect(sentences(version(day(5)))).toEqual([]);
    expect(sentences(version(day(12)))).toEqual([]);
  });

  it('is refused where it would change the past', () => {
    expect(sentences(version(day(4)))).toEqual([
      ' 2026-01-04T00:00:00.000Z is past (it is 2026-01-05T00:00:00.000Z): ' +
        'what was judged since then would change',
    ]);
  });

  it('is refused beside another one of the same instant, and not beside itself', () => {
    expect(sentences(version(day(10), { name: 'other' }))).toEqual([
      ' another version is published from 2026-01-10T00:00:00.000Z',
    ]);
    expect(sentences(second)).toEqual([]);
    expect(sentences(first)).toEqual([]);
    expect(isSameProgram(second.program, version(day(1), { name: 'second' }).program)).toBe(true);
    expect(isSameProgram(second.program, { ...second.program, $schema: 'x' })).toBe(true);
    expect(isSameProgram(second.program, first.program)).toBe(false);
  });

  it('is of the same program', () => {
    expect(sentences(version(day(20), { program: 'books' }))).toEqual([
      '/program is books; the published program is online-retail',
    ]);
  });

  it('keeps what members hold, as do the versions after it', () => {
    const { units, members = {} } = sampleProgramJson();
    const miles = { MLS: { names: { en: { one: 'mile', other: 'miles' } } } };
    const more = sampleWith({ units: { ...Object(units), ...miles } });
    const withWallet = sampleWith({
      members: { ...Object(members), wallets: { main: { units: ['PTS'], owner: 'member' } } },
    });
    const levels = [{ id: 'gold', names: { en: 'Gold' } }];
    const tiers = { levels, window: { kind: 'calendarYear' }, up: { when: 'now' } };
    const withTiers = sampleWith({ tiers: { ...tiers, down: { when: 'never' } } });
    const plain = { from: day(20), program: sampleProgram() };
    const after = (program: ProgramVersion['program']) =>
      sentences(plain, day(5), [{ from: sinceEver, program }]);
    expect(after(more)).toEqual(['/units unit MLS of the version before is gone']);
    expect(after(withWallet)).toEqual([
      '/members/wallets wallet main of the version before is gone',
    ]);
    expect(after(withTiers)).toEqual([
      '/tiers/levels tier level gold of the version before is gone',
    ]);
    expect(sentences({ from: day(8), program: more })).toEqual([
      '/units unit MLS would be gone from 2026-01-10T00:00:00.000Z on',
    ]);
    const swapped = { ...more, units: Object.fromEntries(Object.entries(more.units).reverse()) };
    expect(sentences({ from: day(20), program: swapped })).toEqual([
      '/units the first unit must stay PTS: its balances hold counters and tiers',
    ]);
  });

  it('may be withdrawn until it is in force', () => {
    expect(refuseWithdrawal(second, instantOf(day(10) - 1))).toEqual([]);
    expect(refuseWithdrawal(second, day(10))).toHaveLength(1);
    expect(refuseWithdrawal(first, day(1))).toHaveLength(1);
  });
});

/** Parts that only these tests need: the rest of the program does not know of them. */
function sampleWith(parts: Partial<Record<keyof ProgramVersion['program'], unknown>>) {
  return { ...sampleProgram(), ...parts } as ProgramVersion['program'];
}
