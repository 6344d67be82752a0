import type { AwardRecord } from '../../shared/domain/ledger/entry.ts';
import type { RecordWrite } from '../../shared/domain/member/decision.ts';
import type { Posting } from '../../shared/ports/ledger.ts';
import { lot } from '../support/points.ts';
import type { Stores } from './backends.ts';
import { balanceIn, entryOf, noon, owner, postingWith, readState } from './ledger-actor.ts';
import { changeOf, earned } from './planner.ts';

/** All that an earn can touch: three awards, six caps, metrics, a tier, a record, a budget. */
export async function widePosting(stores: Stores, hash: string): Promise<Posting> {
  const balance = balanceIn(await readState(stores.ledger, [hash]));
  const keys = ['aaaa', 'bbbb', 'cccc', 'dddd', 'eeee', 'ffff'].map((key) => `${key}260615`);
  const legs = earned(balance, owner, 30n, lot('2028-07-01'));
  const { counters, tier } = balance.standing;
  const version = (tier?.version ?? 0n) + 1n;
  const balances = [
    changeOf(balance, legs, owner, {
      counters: new Map(keys.map((key) => [key, 10n])),
      metrics: new Map(['mmmm2606', 'nnnn2606'].map((key) => [key, 3000n])),
      cooldowns: new Map([['aaaa', 1_800_000_000n]]),
      tier: { level: 'gold', since: noon, version, reason: 'qualified', earlier: [] },
      guards: {
        debt: balance.debt,
        countersExactly: new Map(keys.map((key) => [key, counters.get(key) ?? 0n])),
        tierVersion: version - 1n,
      },
    }),
  ];
  const award: AwardRecord = {
    ...{ rule: 'a-point-for-a-pound-1', unit: owner.unit, points: 10n, basisMinor: 1000n },
    ...{ parts: [{ member: owner.member, points: 10n }], lot: lot('2028-07-01') },
    ...{ pointCounters: keys.slice(0, 2), arithmetic: '1000/100*1=10 *125%=12 cap day=10' },
  };
  const awards = [award, award, award];
  const metrics = [['mmmm2606', 3000n] as const, ['nnnn2606', 3000n] as const];
  const whole = entryOf({ hash, legs, awards, metrics, amountMinor: 3000n });
  const record: RecordWrite = {
    member: owner.member,
    kind: 'pending',
    id: hash,
    next: { legs: 3 },
  };
  const budgets = [{ budget: 'summer', shard: 1, points: 10n, limit: 1_000_000n }];
  return postingWith({ entries: [whole], balances, records: [record], budgets });
}
