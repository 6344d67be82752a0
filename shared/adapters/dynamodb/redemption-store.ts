import type { Order, OrderState } from '../../domain/redemption/order.ts';
import type { Review } from '../../domain/redemption/review.ts';
import { invariant } from '../../domain/result.ts';
import type { CashPayment, HoldOutcome, RedemptionStore, Settlement } from '../../ports/stores.ts';
import { type Image, toImage } from './attributes.ts';
import { changeBalance } from './balance-update.ts';
import { encodeCase } from './case-item.ts';
import { itemAbsent } from './condition.ts';
import {
  encodeHold,
  encodePayment,
  encodeRedemptionEntry,
  encodeSettlement,
  parseEntryItem,
} from './entry-item.ts';
import { putOnCondition } from './item-write.ts';
import { encodeOrder, orderIs, writeIdOf } from './order-item.ts';
import { putWallet, readLastPayout } from './payout-wallet.ts';
import { encodeQuoteUse } from './quote-item.ts';
import { readRedemption } from './redemption-read.ts';
import { encodeReview, parseReview, reviewIs } from './review-item.ts';
import { caseMarkerKey } from './schema.ts';
import { metered, type OpenBill, type Table } from './table.ts';
import { Transaction, type TransactionOutcome } from './transact.ts';

export function createRedemptionStore(table: Table): RedemptionStore {
  return { ...holdsIn(table), ...ordersIn(table), ...settlementsIn(table) };
}

type OrderCall = 'createOrder' | 'updateOrder';
type SettlementCall = 'capture' | 'release' | 'reopen' | 'recordLate' | 'recordPayment';

function holdsIn(table: Table): Omit<RedemptionStore, OrderCall | SettlementCall> {
  return {
    hold(hold, balance, { review, lastPayout } = {}) {
      const call = { operation: 'redeem', count: 1, subject: hold.redemption } as const;
      return metered(table, call, async (bill) => {
        const transaction = new Transaction(table).put('hold', encodeHold(hold), itemAbsent);
        changeBalance(transaction, 'balance', balance);
        if (review !== undefined) transaction.putAlways('review', encodeReview(review));
        const { payout, quote } = hold.terms;
        if (payout !== undefined) putWallet(transaction, hold, lastPayout);
        if (quote !== undefined) transaction.put('quote', encodeQuoteUse(hold, quote), itemAbsent);
        return holdOutcome(await transaction.commit(bill), bill);
      });
    },

    read: (redemption) => readRedemption(table, redemption),

    updateReview(read, next) {
      const call = { operation: 'audit', count: 1, subject: read.redemption } as const;
      return metered(table, call, async (bill) => {
        const put = { item: encodeReview(next), condition: reviewIs(read) };
        const outcome = await putOnCondition(table, put, bill);
        if (outcome.kind === 'put') return 'done';
        bill.count = 0;
        // An answer that was lost: the decision that stands is this one.
        return isOwnReview(outcome.existing, next) ? 'done' : 'lost';
      });
    },

    openCase: (opened) => openCase(table, opened),

    lastPayout: (wallet) => readLastPayout(table, wallet),
  };
}

function ordersIn(table: Table): Pick<RedemptionStore, OrderCall> {
  return {
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

    updateOrder(read, next) {
      const call = { operation: 'dispatch', count: 1, subject: next.redemption } as const;
      return metered(table, call, async (bill) => {
        const item = encodeOrder(next, newWriteId(table));
        const outcome = await putOnCondition(table, { item, condition: orderIs(read) }, bill);
        if (outcome.kind === 'put' || isOwn(outcome, item)) return 'done';
        bill.count = 0;
        return 'lost';
      });
    },
  };
}

function settlementsIn(table: Table): Pick<RedemptionStore, SettlementCall> {
  return {
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

    reopen(read, { entry }) {
      invariant(read.state === 'captured', 'Only a captured order is reopened.');
      const call = { operation: 'reopen', count: 1, subject: read.redemption } as const;
      return metered(table, call, async (bill) => {
        const row = encodeOrder({ ...read, state: 'reopened' }, newWriteId(table));
        const transaction = new Transaction(table)
          .put('order', row, orderIs(read))
          .put('reopening', encodeRedemptionEntry(entry), itemAbsent);
        return settled(await transaction.commit(bill), bill);
      });
    },

    recordLate: (late) => recordLate(table, late),
    recordPayment: (payment) => recordPayment(table, payment),
  };
}

function isOwnReview(existing: Image, next: Review): boolean {
  const written = encodeReview(next);
  return JSON.stringify(parseReview(existing)) === JSON.stringify(parseReview(written));
}

async function recordLate(
  table: Table,
  { entry, reason }: Parameters<RedemptionStore['recordLate']>[0],
): Promise<'done' | 'exists'> {
  invariant(entry.key.at === 'redemption', 'A late reward is of a redemption.');
  const { redemption } = entry.key;
  const { program, postedAt: openedAt } = entry;
  const call = { operation: 'late', count: 1, subject: redemption } as const;
  const outcome = await metered(table, call, async (bill) => {
    const written = await new Transaction(table)
      .put('late', encodeRedemptionEntry(entry), itemAbsent)
      .commit(bill);
    if (written.kind === 'refused') bill.count = 0;
    return written;
  });
  await openCase(table, { program, redemption, reason, openedAt });
  return outcome.kind === 'committed' ? 'done' : 'exists';
}

function recordPayment(
  table: Table,
  payment: CashPayment,
): Promise<'done' | 'exists' | 'conflict'> {
  const { key } = payment.entry;
  invariant(key.at === 'redemption', 'A payment is of a redemption.');
  const call = { operation: 'payment', count: 1, subject: key.redemption } as const;
  return metered(table, call, async (bill) => {
    const put = { item: encodePayment(payment), condition: itemAbsent };
    const outcome = await putOnCondition(table, put, bill);
    if (outcome.kind === 'put') return 'done';
    bill.count = 0;
    const standing = parseEntryItem(outcome.existing).payment;
    const isSame =
      standing?.paymentId === payment.paymentId &&
      standing.entry.bodyHash === payment.entry.bodyHash;
    return isSame ? 'exists' : 'conflict';
  });
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
    if (outcome.refused.has('wallet')) return { kind: 'walletBusy' };
    return { kind: outcome.refused.has('quote') ? 'quoteUsed' : 'stale' };
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
