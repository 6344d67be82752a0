import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LotKey } from '../../../../../shared/domain/ledger/entry.ts';
import { recordOf } from '../../../../../shared/domain/member/snapshot.ts';
import { emptyStanding, type TierStanding } from '../../../../../shared/domain/member/standing.ts';
import type { Balance } from '../../../../../shared/domain/points/balance.ts';
import { balanceOf, lot } from '../../../../support/points.ts';
import { instant, MemberWorld, noon } from './member-world.ts';
import { merge, two } from './merge-world.ts';

describe('the figures of a merge', () => {
  const tier = (level: string, version = 3n): TierStanding => ({
    ...{ level, since: instant('2026-01-01T00:00:00Z'), version },
    ...{ reason: 'qualified', earlier: [] },
  });

  function figures(own: Partial<Balance['standing']>, theirs: Partial<Balance['standing']>) {
    const world = two();
    world.putBalance('ann', 'PTS', balanceOf({}, { standing: { ...emptyStanding, ...own } }));
    world.putBalance('bob', 'PTS', balanceOf({}, { standing: { ...emptyStanding, ...theirs } }));
    expect(merge(world)).toBe('done');
    return world.decisions.at(-1);
  }

  it('are added, and the later cooldown stands', () => {
    const counters = new Map([['abcd', 2n]]);
    const cooldowns = new Map([
      ['efgh', 20n],
      ['ijkl', 5n],
    ]);
    const own = {
      counters,
      cooldowns: new Map([
        ['efgh', 10n],
        ['ijkl', 6n],
      ]),
    };
    const decision = figures(own, { counters, metrics: new Map([['spnd2603', 9n]]), cooldowns });
    expect(decision).toMatchObject({
      counters: [{ key: 'abcd', add: 2n }],
      metrics: [{ key: 'spnd2603', add: 9n }],
      cooldowns: [{ key: 'efgh', atSeconds: 20n, read: 10n }],
    });
  });

  it('keep the higher tier, from the merge on', () => {
    const taken = figures({ tier: tier('silver') }, { tier: tier('gold', 8n) })?.tier;
    const earlier = [{ level: 'silver', since: instant('2026-01-01T00:00:00Z') }];
    expect(taken).toMatchObject({ level: 'gold', since: instant(noon), version: 4n, earlier });
    for (const lower of ['silver', 'gold']) {
      expect(figures({ tier: tier('gold') }, { tier: tier(lower) })).not.toHaveProperty('tier');
    }
    expect(figures({}, { tier: tier('silver') })?.tier).toMatchObject({ version: 1n, earlier: [] });
  });
});

it('entitlements of a tier that is taken over are those of the survivor', () => {
  const world = two();
  const standing = (level: string): Balance['standing'] => {
    const since = instant('2026-01-01T00:00:00Z');
    const tier = { level, since, version: 1n, reason: 'qualified', earlier: [] } as const;
    return { ...emptyStanding, tier };
  };
  for (const [member, level] of [
    ['ann', 'silver'],
    ['bob', 'gold'],
  ] as const) {
    world.putBalance(member, 'PTS', balanceOf({}, { standing: standing(level) }));
    const source = `tier:${level}`;
    const grant = { entitlement: 'lounge', source, grantedAt: 0, state: 'active' };
    world.putRecord(member, 'entitlement', `lounge.${source}`, grant);
  }
  expect(merge(world)).toBe('done');
  const state = (id: string) => recordOf(world.of('ann'), 'entitlement', id)?.value;
  expect(state('lounge.tier:silver')).toMatchObject({ state: 'ended' });
  expect(state('lounge.tier:gold')).toMatchObject({ state: 'active', grantedAt: instant(noon) });
});

describe('the points of a merge', () => {
  const days = ['2026-02-01', '2026-06-01', '2027-01-01', '2028-04-01'];
  const amount = fc.bigInt({ min: 0n, max: 1_000n });
  const lots = fc.dictionary(fc.constantFrom(...days), amount, { noNullPrototype: true });
  const vesting = fc
    .dictionary(fc.constantFrom('2026-04-01', '2026-05-01'), amount, { noNullPrototype: true })
    .map((held) => new Map(Object.entries(held).map(([day, points]) => [lot(day), points])));
  const balance = fc
    .record({ lots, debt: amount, pending: amount, vesting })
    .map(({ lots: held, ...rest }) => balanceOf(held, rest));

  it('are all there afterwards, in every unit, but for what had expired', () => {
    const sum = (held: ReadonlyMap<LotKey, bigint>) =>
      [...held].reduce(
        (total, [key, points]) => total + (key > lot('2026-03-01') ? points : 0n),
        0n,
      );
    const total = (held: Balance) =>
      [sum(held.lots) - held.debt, held.pending, sum(held.vesting)] as const;
    const property = fc.property(
      balance,
      balance,
      fc.constantFrom('PTS', 'BIZ'),
      (own, theirs, unit) => {
        const world = new MemberWorld({ members: { kinds: ['person'] } });
        world.putBalance('ann', unit, own);
        world.putBalance('bob', unit, theirs);
        expect(merge(world)).toBe('done');
        const [after, left] = [world.balance('ann', unit), world.balance('bob', unit)];
        const before = [total(own), total(theirs)] as const;
        expect(total(after)).toEqual(total(own).map((each, at) => each + (before[1][at] ?? 0n)));
        expect(total(left)).toEqual([0n, 0n, 0n]);
        expect([...left.lots.values()].every((points) => points === 0n)).toBe(true);
      },
    );
    fc.assert(property, { numRuns: 300, seed: 5 });
  });
});
