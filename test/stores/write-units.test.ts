import { beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../shared/domain/redemption/order.ts';
import { useDynamoDbLocal } from '../support/dynamodb-local.ts';
import { lot } from '../support/points.ts';
import { audit } from './auditor.ts';
import { dynamoStores, type MeteredCall, openDynamoTable, type Stores } from './backends.ts';
import {
  balanceIn,
  deliver,
  entryOf,
  noon,
  owner,
  postingOf,
  postingWith,
  readState,
  type TestEvent,
} from './ledger-actor.ts';
import { changeFor, changeOf } from './planner.ts';
import { capture, closeAndRelease, orderOf, redeem, redemption } from './redemption-actor.ts';
import { widePosting } from './wide-posting.ts';

const dynamodb = useDynamoDbLocal();
const seed = 11;

function event(hash: string, more: Partial<TestEvent> = {}): TestEvent {
  return { hash, kind: 'accrual', points: 10n, ...more };
}

/** Posts events of one member in one transaction. */
async function earnTogether(stores: Stores, hashes: readonly string[]): Promise<void> {
  const state = await readState(stores.ledger, hashes);
  const postings = hashes.map((hash) => postingOf(state, event(hash), 'd1'));
  const entries = postings.flatMap((posting) => posting.entries);
  const legs = entries.flatMap((entry) => entry.legs);
  const balances = [changeOf(balanceIn(state), legs, owner)];
  const outcome = await stores.ledger.post(postingWith({ entries, balances }));
  expect(outcome.kind).toBe('posted');
}

describe('write units', () => {
  const meter: MeteredCall[] = [];
  let stores: Stores;
  beforeAll(async () => {
    stores = dynamoStores(await openDynamoTable(dynamodb(), { seed, meter }));
  });
  const costOf = async (work: () => Promise<unknown>): Promise<MeteredCall[]> => {
    meter.length = 0;
    await work();
    return [...meter];
  };
  const deliverOne = (one: TestEvent, delivery = 'd1') => deliver(stores.ledger, one, delivery);

  it('of an earn are 4, of n events in one batch 2n + 2', async () => {
    const one = await costOf(() => deliverOne(event('one')));
    expect(one).toEqual([{ operation: 'earn', units: 4, count: 1 }]);
    const hashes = Array.from({ length: 20 }, (_, index) => `batch${index}`);
    const batch = await costOf(() => earnTogether(stores, hashes));
    expect(batch).toEqual([{ operation: 'earn', units: 42, count: 20 }]);
    const idle = await costOf(() => deliverOne(event('idle', { points: 0n })));
    expect(idle).toEqual([{ operation: 'earn', units: 2, count: 1 }]);
  });

  it('of a duplicate are none where it is read, at most 4 where it is written', async () => {
    const state = await readState(stores.ledger);
    expect(await costOf(() => deliverOne(event('one'), 'd2'))).toEqual([]);
    const planned = postingOf(state, event('one'), 'd2');
    const raced = await costOf(() => stores.ledger.post(planned));
    expect(raced).toEqual([{ operation: 'duplicate', units: 2, count: 1 }]);
    const hashes = ['one', 'new1', 'new2', 'batch1'];
    const entries = hashes.map((hash) => entryOf({ hash, delivery: 'd2' }));
    const batch = await costOf(() => stores.ledger.post({ ...planned, entries }));
    expect(batch).toEqual([
      { operation: 'earn', units: 2, count: 0 },
      { operation: 'duplicate', units: 3, count: 2 },
    ]);
  });

  it('of a stale plan go to the operation that was tried', async () => {
    const entries = [entryOf({ hash: 'stale' })];
    const guards = { debt: 5n };
    const balances = [changeFor(owner, { lots: new Map([[lot('2028-07-01'), 1n]]), guards })];
    const stale = await costOf(() => stores.ledger.post(postingWith({ entries, balances })));
    expect(stale).toEqual([{ operation: 'earn', units: 2, count: 0 }]);
  });

  it('of a return are 2 more for its follow-up, or for its wait', async () => {
    const taken = event('r1', { kind: 'return', original: 'one' });
    const followed = await costOf(() => deliverOne(taken));
    expect(followed).toEqual([{ operation: 'followUp', units: 6, count: 1 }]);
    const early = event('r2', { kind: 'return', original: 'never' });
    const waiting = await costOf(() => deliverOne(early));
    expect(waiting).toEqual([{ operation: 'followUp', units: 6, count: 1 }]);
  });

  it('of an earn under caps, with metrics, cooldowns and a tier are 4 too', async () => {
    const { records: _, budgets: __, ...wide } = await widePosting(stores, 'wide');
    const earn = postingWith(wide);
    const read = await readState(stores.ledger);
    expect(balanceIn(read).lots.size).toBeGreaterThan(0);
    expect(await costOf(() => stores.ledger.post(earn))).toEqual([
      { operation: 'earn', units: 4, count: 1 },
    ]);
  });

  it('of a budget and of a record are 2 each, also of another member or unit', async () => {
    const wide = await widePosting(stores, 'more');
    const both = await costOf(() => stores.ledger.post(wide));
    expect(both).toEqual([{ operation: 'earn', units: 8, count: 1 }]);
    const again = await costOf(() => stores.ledger.post(wide));
    const own = { operation: 'duplicate', units: 2, count: 1 };
    expect(again).toEqual([{ operation: 'earn', units: 2, count: 0 }, own]);
    const others = [
      { ...owner, member: 'ben' },
      { ...owner, unit: 'MILES' },
    ].map((other) => changeFor(other, { lots: new Map([[lot('2028-07-01'), 1n]]) }));
    const split = await postingWithEntry(stores, 'split');
    const balances = [...split.balances, ...others];
    const shared = await costOf(() => stores.ledger.post({ ...split, balances }));
    expect(shared).toEqual([{ operation: 'earn', units: 8, count: 1 }]);
  });

  it('of a sweep and of a command count as theirs', async () => {
    for (const operation of ['sweep', 'command'] as const) {
      const posting = { ...(await postingWithEntry(stores, operation)), operation };
      const cost = await costOf(() => stores.ledger.post(posting));
      expect(cost).toEqual([{ operation, units: 4, count: 1 }]);
    }
  });

  it('of a list of members are 1 each', async () => {
    const names = ['ann', 'ben', 'ann'];
    const cost = await costOf(() => stores.projections.putMembers(owner.program, names));
    expect(cost).toEqual([{ operation: 'projection', units: 2, count: 2 }]);
  });

  it('of a redemption are 11 when captured and 13 when released', async () => {
    expect(await redemptionCosts(stores, costOf, { captured: 1, released: 2 })).toEqual({
      captured: [4, 1, 1, 1, 4],
      released: [4, 1, 1, 1, 6],
    });
  });

  it('of projections are 1 a history row and 1 a change of an open redemption', async () => {
    const row = { ...owner, entry: entryOf({ hash: 'one' }) };
    const rows = ['a', 'b', 'c'].map((hash) => ({ ...row, entry: entryOf({ hash }) }));
    const history = await costOf(() => stores.projections.putHistory(rows));
    expect(history).toEqual([{ operation: 'projection', units: 3, count: 3 }]);
    const id = redemption(9);
    const open = { ...row, redemption: { id, state: 'open' } } as const;
    const opened = await costOf(() => stores.projections.openRedemption(open, 0));
    expect(opened).toEqual([{ operation: 'projection', units: 1, count: 1, subject: id }]);
    const closed = await costOf(() =>
      stores.projections.closeRedemption(open, { turn: 1, at: noon }),
    );
    expect(closed).toEqual([{ operation: 'projection', units: 2, count: 1, subject: id }]);
  });

  it('of a case are written once for each reason', async () => {
    const opened = { program: owner.program, redemption: redemption(8), openedAt: noon };
    const open = (reason: string) => () => stores.redemptions.openCase({ ...opened, reason });
    const first = await costOf(open('UNSETTLED'));
    expect(first).toEqual([{ operation: 'audit', units: 4, count: 1 }]);
    const again = await costOf(open('UNSETTLED'));
    expect(again).toEqual([{ operation: 'audit', units: 2, count: 0 }]);
    expect(await costOf(open('NEVER_ROUTED'))).toEqual(first);
  });

  it('are the same at 10 entries of a member and at 10,000', { timeout: 60_000 }, async () => {
    const table = await openDynamoTable(dynamodb(), { seed, meter });
    stores = dynamoStores(table);
    await earnTogether(stores, ['first', ...Array.from({ length: 9 }, (_, at) => `small${at}`)]);
    const small = await everyCost(stores, costOf, 10);
    let next = 0;
    const work = async () => {
      for (let batch = next++; batch < 102; batch = next++) {
        const hashes = Array.from({ length: 98 }, (_, at) => `large${batch}-${at}`);
        await earnTogether(stores, hashes);
      }
    };
    await Promise.all([work(), work(), work(), work()]);
    const large = await everyCost(dynamoStores(table), costOf, 20);
    expect(large).toEqual(small);
    expect([large.earn, large.wide]).toEqual([[4], [8]]);
    // More than one page of a scan, which is at most 1 MB.
    expect(await audit(stores.scan)).toHaveLength(10 + 102 * 98 + 2 * 7);
  });
});

async function postingWithEntry(stores: Stores, hash: string) {
  return postingOf(await readState(stores.ledger, [hash]), event(hash), 'd1');
}

type CostOf = (work: () => Promise<unknown>) => Promise<MeteredCall[]>;

async function redemptionCosts(
  stores: Stores,
  costOf: CostOf,
  ids: { readonly captured: number; readonly released: number },
) {
  const unitsOf = async (work: () => Promise<unknown>) =>
    (await costOf(work)).map(({ units }) => units);
  const begin = async (id: string): Promise<number[]> => {
    const order = orderOf(id);
    const claimed: Order = { ...order, call: 1, claimedUntil: noon, undecidedUntil: noon };
    return [
      ...(await unitsOf(() => redeem(stores, id, 20n))),
      ...(await unitsOf(() => stores.redemptions.createOrder(order))),
      ...(await unitsOf(() => stores.redemptions.updateOrder(order, claimed))),
    ];
  };
  const [captured, released] = [redemption(ids.captured), redemption(ids.released)];
  const sealed = 's'.repeat(400);
  const code = { program: owner.program, redemption: captured, attempt: 1, kind: 'code', sealed };
  return {
    captured: [
      ...(await begin(captured)),
      ...(await unitsOf(() => stores.codes.put({ ...code, kind: 'code' }))),
      ...(await unitsOf(() => capture(stores, captured))),
    ],
    released: [
      ...(await begin(released)),
      ...(await unitsOf(() => closeAndRelease(stores, released))),
    ],
  };
}

async function everyCost(stores: Stores, costOf: CostOf, first: number) {
  const hash = `cost${first}`;
  const units = (calls: readonly MeteredCall[]) => calls.map((call) => call.units);
  const late = event(`late${first}`, { kind: 'return', original: hash });
  const nothingRead = {
    ...{ members: new Map(), entries: new Map(), followUps: new Map(), budgets: new Map() },
  };
  const raced = postingOf(nothingRead, event(hash), 'd2');
  const wide = await widePosting(stores, `${hash}w`);
  return {
    wide: units(await costOf(() => stores.ledger.post(wide))),
    earn: units(await costOf(() => deliver(stores.ledger, event(hash), 'd1'))),
    followUp: units(await costOf(() => deliver(stores.ledger, late, 'd1'))),
    duplicate: units(await costOf(() => stores.ledger.post(raced))),
    ...(await redemptionCosts(stores, costOf, { captured: first + 1, released: first + 2 })),
  };
}
