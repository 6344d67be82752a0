import { expect } from 'vitest';
import type { Entry, Leg, LotKey } from '../../shared/domain/ledger/entry.ts';
import type { RecordWrite } from '../../shared/domain/member/decision.ts';
import type { Balance } from '../../shared/domain/points/balance.ts';
import type { BalanceChange } from '../../shared/domain/points/balance-change.ts';
import type { Posting, PostingState } from '../../shared/ports/ledger.ts';
import { lot } from '../support/points.ts';
import type { Stores } from './backends.ts';
import {
  balanceIn,
  type Delivered,
  entryOf,
  insistOn,
  noon,
  owner,
  postingWith,
} from './ledger-actor.ts';
import { changeOf, credited, earned, moved, openLot, pended } from './planner.ts';

/** Everything but earning and returning: what rules, days and commands do to one member. */
export interface StateEvent {
  readonly hash: string;
  readonly kind: 'pend' | 'activate' | 'vest' | 'capped' | 'expire';
  readonly points: bigint;
  readonly lot: LotKey;
}

const cap = 100n;
const shardLimit = 40n;
const shards = 3;
const budget = 'summer';
const counter = 'abcd260615.efgh';
const metric = 'mont2606';

export async function act(
  { ledger }: Stores,
  event: StateEvent,
  delivery: string,
): Promise<Delivered> {
  return await insistOn(ledger, event, {
    delivery,
    read: () => readAll(ledger, [event.hash]),
    plan: (state) => planners[event.kind](state, event, delivery),
  });
}

function readAll(ledger: Stores['ledger'], hashes: readonly string[]): Promise<PostingState> {
  const { program, member, unit } = owner;
  const members = [{ member, units: [unit], records: true }];
  const budgets = [{ budget, shards }];
  return ledger.readForPosting({ program, members, hashes, originals: [], budgets });
}

type Planner = (state: PostingState, event: StateEvent, delivery: string) => Posting;

const planners: Readonly<Record<StateEvent['kind'], Planner>> = {
  pend(state, event, delivery) {
    const { points, lot: vestOn } = event;
    const onDay = points % 2n === 0n ? vestOn : undefined;
    const legs = [moved('issued', owner.unit, -points), pended(owner, points, onDay)];
    return planned(state, { entry: { hash: event.hash, delivery, legs } });
  },

  activate(state, { hash, points, lot: into }, delivery) {
    const balance = balanceIn(state);
    const part = balance.pending < points ? balance.pending : points;
    const legs = [
      pended(owner, -part),
      ...credited(balance, owner, [[openLot(balance, into), part]]),
    ];
    return planned(state, { entry: { hash, delivery, kind: 'activation', legs } });
  },

  vest(state, { hash, points, lot: day }, delivery) {
    const balance = balanceIn(state);
    const held = balance.vesting.get(day) ?? 0n;
    const part = held < points ? held : points;
    const into = openLot(balance, lot('2028-07-01'));
    const legs = [pended(owner, -part, day), ...credited(balance, owner, [[into, part]])];
    const removedVesting = held === part ? [day] : [];
    const entry = { hash, delivery, kind: 'vesting' as const, legs };
    return planned(state, { entry, change: { removedVesting } });
  },

  expire(state, { hash, lot: day }, delivery) {
    const { lots, expiredThrough = '' } = balanceIn(state);
    const entry = { hash, delivery, kind: 'expiry' as const };
    if (expiredThrough >= day) return planned(state, { entry });
    const points = lots.get(day) ?? 0n;
    const account = { kind: 'lot', member: owner.member, lot: day } as const;
    const legs: Leg[] = [
      { account, unit: owner.unit, amount: -points },
      moved('breakage', owner.unit, points),
    ];
    const change = { removedLots: [day], expiredThrough: day };
    return planned(state, { entry: { ...entry, legs }, change });
  },

  capped: (state, event, delivery) => plannedAward(state, event, delivery),
};

/** Within a cap and a budget, with a metric, a tier and a record: all that an earn can touch. */
function plannedAward(state: PostingState, event: StateEvent, delivery: string): Posting {
  const balance = balanceIn(state);
  const used = balance.standing.counters.get(counter) ?? 0n;
  const wanted = cap - used < event.points ? cap - used : event.points;
  const budgets = drawShards(state.budgets.get(budget) ?? [], wanted);
  const points = budgets.reduce((sum, draw) => sum + draw.points, 0n);
  const into = openLot(balance, event.lot);
  const award = {
    ...{ rule: 'capped', unit: owner.unit, points, basisMinor: 0n, lot: into },
    ...{ parts: [{ member: owner.member, points }], pointCounters: [counter], budgets },
    arithmetic: `${event.points} cap=${points}`,
  };
  const { tier } = balance.standing;
  const version = (tier?.version ?? 0n) + 1n;
  const change = {
    ...{ counters: new Map([[counter, points]]), metrics: new Map([[metric, points]]) },
    cooldowns: new Map([['cool', version]]),
    tier: { level: `l${version}`, since: noon, version, reason: 'placed' as const, earlier: [] },
    guards: {
      debt: balance.debt,
      countersExactly: new Map([[counter, used]]),
      tierVersion: version - 1n,
    },
  };
  const entry = { hash: event.hash, delivery, legs: earned(balance, owner, points, into) };
  const withAwards = { ...entry, awards: [award], metrics: [[metric, points] as const] };
  const posting = planned(state, { entry: withAwards, change });
  const draws = budgets.map((draw) => ({ ...draw, limit: shardLimit }));
  return { ...posting, records: [countedRecord(state)], budgets: draws };
}

function drawShards(used: readonly bigint[], points: bigint) {
  let left = points;
  return used.flatMap((drawnBefore, shard) => {
    const free = shardLimit - drawnBefore;
    const part = free < left ? free : left;
    left -= part;
    return part > 0n ? [{ budget, shard, points: part }] : [];
  });
}

function countedRecord({ members }: PostingState): RecordWrite {
  const read = members.get(owner.member)?.records.get('progress#count');
  const next = Number(read?.value ?? 0) + 1;
  const record: RecordWrite = { member: owner.member, kind: 'progress', id: 'count', next };
  return { ...record, ...(read && { version: read.version }) };
}

function planned(
  state: PostingState,
  {
    entry,
    change = {},
  }: { readonly entry: Parameters<typeof entryOf>[0]; readonly change?: Partial<BalanceChange> },
): Posting {
  const legs = (entry.legs ?? []).filter(({ amount }) => amount !== 0n);
  const balance = changeOf(balanceIn(state), legs, owner, change);
  return postingWith({ entries: [entryOf({ ...entry, legs })], balances: [balance] });
}

/** Figures, budgets, tier and records add up to what the entries tell. */
export async function auditState({ ledger }: Stores, entries: readonly Entry[]): Promise<void> {
  const state = await readAll(ledger, []);
  const { standing }: Balance = balanceIn(state);
  const awards = entries.flatMap((entry) => entry.awards ?? []);
  const awarded = awards.reduce((sum, { points }) => sum + points, 0n);
  expect(awarded).toBeLessThanOrEqual(cap);
  expect(standing.counters.get(counter) ?? 0n).toBe(awarded);
  expect(standing.metrics.get(metric) ?? 0n).toBe(awarded);
  expect(standing.tier?.version ?? 0n).toBe(BigInt(awards.length));
  expect(standing.cooldowns.get('cool') ?? 0n).toBe(BigInt(awards.length));
  const record = state.members.get(owner.member)?.records.get('progress#count');
  expect(record?.value ?? 0).toBe(awards.length);
  const drawn = awards.flatMap((award) => award.budgets ?? []);
  const used = state.budgets.get(budget) ?? [];
  expect(used).toHaveLength(shards);
  for (const [shard, points] of used.entries()) {
    const told = drawn.filter((draw) => draw.shard === shard);
    expect(points).toBe(told.reduce((sum, draw) => sum + draw.points, 0n));
    expect(points).toBeLessThanOrEqual(shardLimit);
  }
}
