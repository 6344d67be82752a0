import type { PoolReference } from '../../domain/catalogue/voucher.ts';
import { parseReference } from '../../domain/redemption/reference.ts';
import { invariant } from '../../domain/result.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { AddedVoucher, NewVoucher, VoucherStore } from '../../ports/vouchers.ts';
import { toImage } from './attributes.ts';
import { allOf, attributeAbsent, isExactly, itemAbsent, itemPresent } from './condition.ts';
import { getItem, queryItems } from './item-read.ts';
import { putOnCondition } from './item-write.ts';
import { metered, type OpenBill, type Table } from './table.ts';
import { maximumActions, Transaction } from './transact.ts';
import {
  encodeFree,
  encodeKnown,
  encodeNewPool,
  parseKnownContent,
  parseOrder,
  parsePool,
  termFields,
} from './voucher-item.ts';
import {
  freeRange,
  poolKey,
  poolPrefix,
  poolsPartition,
  voucherOrderKey,
  voucherPartition,
} from './voucher-keys.ts';
import { takeVoucher } from './voucher-take.ts';

/** Two actions for each code, and one for its pool. */
const codesAtOnce = Math.floor((maximumActions - 1) / 2);

const nothing = { add: new Map(), set: new Map(), remove: [] };

export function createVoucherStore(table: Table): VoucherStore {
  return { ...poolsIn(table), ...codesIn(table) };
}

type PoolCall = 'createPool' | 'changePool' | 'pool' | 'pools' | 'noteStock';

function poolsIn(table: Table): Pick<VoucherStore, PoolCall> {
  return {
    createPool: (pool) =>
      loading(table, async (bill) => {
        const put = { item: encodeNewPool(pool), condition: itemAbsent };
        const { kind } = await putOnCondition(table, put, bill);
        return kind === 'put' ? 'created' : 'exists';
      }),

    changePool: (pool, terms) =>
      loading(table, async (bill) => {
        const changes = { ...nothing, set: termFields(terms) };
        const update = { changes, condition: itemPresent };
        const { kind } = await new Transaction(table)
          .update('pool', poolKey(pool), update)
          .commit(bill);
        requirePool(kind === 'committed');
      }),

    async pool(pool) {
      const image = await getItem(table, poolKey(pool));
      return image && parsePool(image);
    },

    async *pools(program) {
      const within = program === undefined ? {} : { skPrefix: poolPrefix(program) };
      for await (const image of queryItems(table, { pk: poolsPartition, ...within })) {
        yield parsePool(image);
      }
    },

    noteStock: (pool, stock) =>
      loading(table, async (bill) => {
        const changes = { ...nothing, set: new Map([['st', stock]]) };
        const update = { changes, condition: isExactly('n', pool.loaded) };
        const { kind } = await new Transaction(table)
          .update('pool', poolKey(pool), update)
          .commit(bill);
        return kind === 'committed' ? 'noted' : 'stale';
      }),
  };
}

function codesIn(table: Table): Omit<VoucherStore, PoolCall> {
  return {
    async add(pool, vouchers) {
      const outcomes: AddedVoucher[] = [];
      for (let from = 0; from < vouchers.length; from += codesAtOnce) {
        outcomes.push(...(await addBatch(table, pool, vouchers.slice(from, from + codesAtOnce))));
      }
      return outcomes;
    },

    take: (taking) => takeVoucher(table, taking),

    async order(reference) {
      const image = await getItem(table, voucherOrderKey(reference));
      return image && parseOrder(reference, image);
    },

    async retire({ program, pool, reference, at }) {
      const subject = parseReference(reference)?.redemption ?? reference;
      const call = { operation: 'dispatch', count: 0, subject } as const;
      await metered(table, call, async (bill) => {
        const key = voucherOrderKey(reference);
        const item = toImage({ ...key, p: poolKey({ program, pool }).sk, x: at });
        const put = await putOnCondition(table, { item, condition: itemAbsent }, bill);
        if (put.kind === 'put') return;
        const changes = { ...nothing, set: new Map([['x', BigInt(at)]]) };
        const condition = allOf([itemPresent, attributeAbsent('x')]);
        await new Transaction(table).update('order', key, { changes, condition }).commit(bill);
      });
    },

    async counts(pool, usefulFrom) {
      let [free, expired] = [0, 0];
      const all = { pk: voucherPartition(pool), range: freeRange() };
      for await (const { sk } of queryItems(table, all)) {
        if ((sk?.S ?? '') >= freeRange(usefulFrom).from) free += 1;
        else expired += 1;
      }
      return { free, expired, taken: pool.loaded - free - expired };
    },

    freeUpTo: (pool, usefulFrom, most) => freeUpTo(table, { pool, usefulFrom, most }),
  };
}

function loading<Outcome>(
  table: Table,
  work: (bill: OpenBill) => Promise<Outcome>,
  count = 0,
): Promise<Outcome> {
  return metered(table, { operation: 'vouchers', count }, work);
}

/** Adds those that nobody has loaded; each refusal names the others. */
async function addBatch(
  table: Table,
  pool: PoolReference,
  vouchers: readonly NewVoucher[],
): Promise<readonly AddedVoucher[]> {
  const outcomes = new Map<string, AddedVoucher>();
  for (;;) {
    const left = vouchers.filter(({ id }) => !outcomes.has(id));
    if (left.length === 0) break;
    const transaction = new Transaction(table).update('pool', poolKey(pool), {
      changes: { ...nothing, add: new Map([['n', BigInt(left.length)]]) },
      condition: itemPresent,
    });
    for (const voucher of left) {
      transaction.put(voucher.id, encodeKnown(pool, voucher), itemAbsent);
      transaction.putAlways(`free ${voucher.id}`, encodeFree(pool, voucher));
    }
    const outcome = await loading(table, (bill) => transaction.commit(bill), left.length);
    if (outcome.kind === 'committed') for (const { id } of left) outcomes.set(id, 'added');
    else {
      requirePool(!outcome.refused.has('pool'));
      for (const { id, content } of left) {
        const known = outcome.refused.get(id);
        if (known === undefined) continue;
        outcomes.set(id, parseKnownContent(known) === content ? 'known' : 'conflict');
      }
    }
  }
  return vouchers.map(({ id }) => {
    const outcome = outcomes.get(id);
    invariant(outcome !== undefined, 'Every code of a batch comes to an end.');
    return outcome;
  });
}

function requirePool(stands: boolean): void {
  invariant(stands, 'There is no such pool of vouchers.');
}

async function freeUpTo(
  table: Table,
  asked: { readonly pool: PoolReference; readonly usefulFrom: LocalDate; readonly most: number },
): Promise<number> {
  const { pool, usefulFrom, most } = asked;
  const range = freeRange(usefulFrom);
  const free = queryItems(table, { pk: voucherPartition(pool), range, limit: most });
  let count = 0;
  for await (const _ of free) count += 1;
  return count;
}
