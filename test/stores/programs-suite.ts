import { beforeEach, expect, it } from 'vitest';
import { sinceEver } from '../../shared/domain/program/version.ts';
import { instantOf } from '../../shared/domain/time.ts';
import type { ProgramStore } from '../../shared/ports/stores.ts';
import { sampleProgram } from '../support/sample-program.ts';
import { collected } from './auditor.ts';
import type { Backend } from './backends.ts';

const day = (number: number) => instantOf(Date.UTC(2026, 0, number));
const program = sampleProgram();
const name = program.program;

/** A list that no single item of a table could hold. */
function bigList(count: number, points: number) {
  const skus = Array.from({ length: count }, (_, index) => [
    `SKU-${index}-${'é'.repeat(40)}`,
    { points: points + (index % 100) },
  ]);
  return { version: '2026-01', products: Object.fromEntries(skus) };
}

export function programsSuite(backend: Backend): void {
  let programs: ProgramStore;
  beforeEach(async () => {
    ({ programs } = await backend.open());
  });

  it('reads the versions of a program back in order, as they were published', async () => {
    expect(await programs.load(name)).toBeUndefined();
    const versions = [
      { from: sinceEver, program },
      { from: day(1), program: { ...program, name: 'Zweite Fassung – ½ 🎁' } },
      { from: day(10), program: { ...program, name: 'third' } },
    ];
    for (const version of versions.toReversed()) {
      expect(await programs.publish(version)).toBe('published');
    }
    const loaded = await programs.load(name);
    expect(loaded).toEqual(versions);
    expect((await programs.load(name))?.[1]).toBe(loaded?.[1]);
  });

  it('keeps the version that stands from an instant', async () => {
    const first = { from: day(1), program };
    expect(await programs.publish(first)).toBe('published');
    expect(await programs.publish(first)).toBe('exists');
    const other = { from: day(1), program: { ...program, name: 'other' } };
    expect(await programs.publish(other)).toBe('exists');
    expect(await programs.load(name)).toEqual([first]);
  });

  it('withdraws one version and leaves the others', async () => {
    const [first, second] = [1, 2].map((number) => ({ from: day(number), program }));
    if (first === undefined || second === undefined) throw new Error('Two versions.');
    await programs.publish(first);
    await programs.publish(second);
    expect(await programs.withdraw(name, day(3))).toBe('absent');
    expect(await programs.withdraw(name, second.from)).toBe('withdrawn');
    expect(await programs.withdraw(name, second.from)).toBe('absent');
    expect(await programs.load(name)).toEqual([first]);
    expect(await programs.publish(second)).toBe('published');
    expect(await programs.load(name)).toEqual([first, second]);
    expect(await programs.withdraw('other', first.from)).toBe('absent');
  });

  apartTests(() => programs);
}

function apartTests(current: () => ProgramStore): void {
  it('lists programs apart from each other', async () => {
    const other = { from: day(1), program: { ...program, program: 'b-program' } };
    await current().publish({ from: day(1), program });
    await current().publish(other);
    await current().publish({ ...other, from: day(2) });
    const names = await collected(current().names());
    expect(names.toSorted()).toEqual(['b-program', name].toSorted());
    expect(await current().load(name)).toHaveLength(1);
    expect(await current().load('b-program')).toHaveLength(2);
    expect(await current().load('b')).toBeUndefined();
  });

  it('reads product lists of 10,000 products back whole, each version its own', async () => {
    const small = { version: '1', products: { 'a/b': { basisPoints: 250 }, c: {} } };
    const lists = { hospitality: bigList(10_000, 0), small };
    const versions = [
      { from: day(1), program: { ...program, productLists: lists } },
      {
        from: day(2),
        program: { ...program, productLists: { ...lists, hospitality: bigList(10_000, 5) } },
      },
    ];
    for (const version of versions) await current().publish(version);
    expect(await current().load(name)).toEqual(versions);
    expect(Object.keys((await current().load(name))?.[0].program.productLists ?? {})).toEqual([
      'hospitality',
      'small',
    ]);
  });
}
