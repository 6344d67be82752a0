import type { Order, OrderState } from '../../domain/redemption/order.ts';
import { invariant } from '../../domain/result.ts';
import type {
  Hold,
  HoldOutcome,
  RedemptionRecord,
  RedemptionStore,
  Settlement,
} from '../../ports/stores.ts';
import { type Image, toImage } from './attributes.ts';
import { changeBalance } from './balance-update.ts';
import { encodeCase } from './case-item.ts';
import { itemAbsent } from './condition.ts';
import { encodeHold, encodeSettlement, parseEntryItem } from './entry-item.ts';
import { queryItems } from './item-read.ts';
import { putOnCondition } from './item-write.ts';
import { encodeOrder, orderIs, parseOrder, writeIdOf } from './order-item.ts';
import {
  caseMarkerKey,
  holdSortKey,
  orderSortKey,
  redemptionPartition,
  settlementPrefix,
} from './schema.ts';
import { metered, type OpenBill, type Table } from './table.ts';
import { Transaction, type TransactionOutcome } from './transact.ts';

export function createRedemptionStore(table: Table): RedemptionStore {
  return {
    hold(hold, balance) {
      const call = { operation: 'redeem', count: 1, subject: hold.redemption } as const;
      return metered(table, call, async (bill) => {
        const transaction = new Transaction(table).put('hold', encodeHold(hold), itemAbsent);
        changeBalance(transaction, 'balance', balance);
        return holdOutcome(await transaction.commit(bill), bill);
      });
    },

    read: (redemption) => read(table, redemption),

    createOrder(order) {
      const call = { operation: 'route', count: 1, subject: order.redemption } as const;
      return metered(table, call, async (bill) => {
        const item = encodeOrder(order, newWriteId(table));
        const outcome = await putOnCondition(table, { item, condition: itemAbsent }, bill);
        if (outcome.kind === 'put' || isOwn(outcome, item)) return 'created';
        bill.count = 0;
        return 'exists';
      });
    },

    updateOrder(read, next, operation) {
      const call = { operation, count: 1, subject: next.redemption };
      return metered(table, call, async (bill) => {
        const item = encodeOrder(next, newWriteId(table));
        const outcome = await putOnCondition(table, { item, condition: orderIs(read) }, bill);
        if (outcome.kind === 'put' || isOwn(outcome, item)) return 'done';
        bill.count = 0;
        return 'lost';
      });
    },

    capture(read, settlement) {
      const call = { operation: 'capture', count: 1, subject: read.redemption } as const;
      return metered(table, call, async (bill) => {
        const outcome = await settling(table, read, 'captured', settlement).commit(bill);
        return settled(outcome, bill);
      });
    },

    release(read, settlement, balance) {
      invariant(read.state === 'closing', 'Only a closing order is released.');
      const call = { operation: 'release', count: 1, subject: read.redemption } as const;
      return metered(table, call, async (bill) => {
        const transaction = settling(table, read, 'released', settlement);
        changeBalance(transaction, 'balance', balance);
        const outcome = await transaction.commit(bill);
        if (outcome.kind === 'committed' || outcome.refused.has('order')) {
          return settled(outcome, bill);
        }
        bill.count = 0;
        return outcome.refused.has('settlement') ? 'lost' : 'stale';
      });
    },

    openCase: (opened) => openCase(table, opened),
  };
}

async function openCase(
  table: Table,
  { program, redemption, reason, openedAt }: Parameters<RedemptionStore['openCase']>[0],
): Promise<void> {
  const marker = toImage({ ...caseMarkerKey(redemption, reason), o: openedAt });
  const row = encodeCase({ program, subject: redemption, reason, openedAt });
  await metered(table, { operation: 'audit', count: 1 }, async (bill) => {
    const outcome = await new Transaction(table)
      .put('marker', marker, itemAbsent)
      .put('case', row, itemAbsent)
      .commit(bill);
    if (outcome.kind === 'refused') bill.count = 0;
  });
}

function holdOutcome(outcome: TransactionOutcome, bill: OpenBill): HoldOutcome {
  if (outcome.kind === 'committed') return { kind: 'held' };
  if (!outcome.refused.has('hold')) {
    bill.count = 0;
    return { kind: 'stale' };
  }
  bill.operation = 'duplicate';
  const { hold } = parseEntryItem(outcome.refused.get('hold') ?? {});
  invariant(hold !== undefined, 'The item of a hold is a hold.');
  return { kind: 'exists', hold };
}

function settled(outcome: TransactionOutcome, bill: OpenBill): 'done' | 'lost' {
  if (outcome.kind === 'committed') return 'done';
  bill.count = 0;
  return 'lost';
}

/** The row's last step and the settlement entry, which can stand only once. */
function settling(
  table: Table,
  read: Order,
  state: OrderState,
  settlement: Settlement,
): Transaction {
  const row = encodeOrder({ ...read, state }, newWriteId(table));
  return new Transaction(table)
    .put('order', row, orderIs(read))
    .put('settlement', encodeSettlement(settlement), itemAbsent);
}

function newWriteId({ randomness }: Table): string {
  const draw = () => Math.floor(randomness.next() * 2 ** 32).toString(36);
  return `${draw()}.${draw()}`;
}

/** A put whose answer was lost meets itself. */
function isOwn(
  refused: { readonly existing: Image; readonly mayBeOwn: boolean },
  written: Image,
): boolean {
  return refused.mayBeOwn && writeIdOf(refused.existing) === writeIdOf(written);
}

async function read(table: Table, redemption: string): Promise<RedemptionRecord | undefined> {
  let hold: Hold | undefined;
  let order: Order | undefined;
  const settlements: Settlement[] = [];
  for await (const image of queryItems(table, { pk: redemptionPartition(redemption) })) {
    const sortKey = image.sk?.S ?? '';
    if (sortKey === orderSortKey) order = parseOrder(image);
    else if (sortKey === holdSortKey) hold = parseEntryItem(image).hold;
    else if (sortKey.startsWith(settlementPrefix)) {
      const { settlement } = parseEntryItem(image);
      if (settlement) settlements.push(settlement);
    }
  }
  if (hold === undefined) return undefined;
  settlements.sort((left, right) => left.number - right.number);
  return { hold, settlements, ...(order && { order }) };
}
