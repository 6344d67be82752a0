import type { BalanceOwner } from '../../domain/points/balance-change.ts';
import type { Order } from '../../domain/redemption/order.ts';
import { invariant } from '../../domain/result.ts';
import type { Hold, RedemptionStore, Settlement } from '../../ports/stores.ts';
import { changeBalance, mayChange } from './balance-change.ts';
import { entryKeyOf, keyOf, type MemoryTable } from './memory-table.ts';

export function createMemoryRedemptionStore(table: MemoryTable): RedemptionStore {
  return { ...holdsIn(table), ...ordersIn(table), ...settlementsIn(table) };
}

type OrderCall = 'createOrder' | 'updateOrder';
type SettlementCall = 'capture' | 'release' | 'reopen' | 'recordLate' | 'recordPayment';

function holdsIn(table: MemoryTable): Omit<RedemptionStore, OrderCall | SettlementCall> {
  return {
    async hold(hold, balance, { review, lastPayout } = {}) {
      const existing = table.holds.get(hold.redemption);
      if (existing) return { kind: 'exists', hold: existing };
      const used = quoteUseOf(hold);
      if (used !== undefined && table.usedQuotes.has(used)) return { kind: 'quoteUsed' };
      const wallet = walletOf(hold);
      if (wallet !== undefined && table.lastPayouts.get(wallet) !== lastPayout) {
        return { kind: 'walletBusy' };
      }
      if (!mayChange(table, balance)) return { kind: 'stale' };
      if (wallet !== undefined) table.lastPayouts.set(wallet, hold.redemption);
      if (used !== undefined) table.usedQuotes.add(used);
      table.holds.set(hold.redemption, hold);
      table.entries.set(entryKeyOf(hold.entry.key), hold.entry);
      changeBalance(table, balance);
      if (review !== undefined) table.reviews.set(hold.redemption, review);
      return { kind: 'held' };
    },
    async read(redemption) {
      const hold = table.holds.get(redemption);
      if (hold === undefined) return undefined;
      const order = table.orders.get(redemption);
      const review = table.reviews.get(redemption);
      const payment = table.payments.get(redemption);
      return {
        hold,
        settlements: table.settlements.get(redemption) ?? [],
        reopenings: table.reopenings.get(redemption) ?? [],
        ...(order && { order }),
        ...(review && { review }),
        ...(payment && { payment }),
      };
    },
    async updateReview(read, next) {
      if (table.reviews.get(read.redemption)?.version !== read.version) return 'lost';
      table.reviews.set(read.redemption, next);
      return 'done';
    },
    async openCase(opened) {
      openCase(table, opened);
    },
    async lastPayout(wallet) {
      return table.lastPayouts.get(walletKey(wallet));
    },
  };
}

function ordersIn(table: MemoryTable): Pick<RedemptionStore, OrderCall> {
  return {
    async createOrder(order) {
      if (table.orders.has(order.redemption)) return 'exists';
      table.orders.set(order.redemption, order);
      return 'created';
    },
    async updateOrder(read, next) {
      if (!isUnchanged(table, read)) return 'lost';
      table.orders.set(next.redemption, next);
      return 'done';
    },
  };
}

function settlementsIn(table: MemoryTable): Pick<RedemptionStore, SettlementCall> {
  return {
    async capture(read, settlement) {
      if (!maySettle(table, read, settlement)) return 'lost';
      settle(table, { ...read, state: 'captured' }, settlement);
      return 'done';
    },
    async release(read, settlement, balance) {
      invariant(read.state === 'closing', 'Only a closing order is released.');
      if (!maySettle(table, read, settlement)) return 'lost';
      if (!mayChange(table, balance)) return 'stale';
      settle(table, { ...read, state: 'released' }, settlement);
      changeBalance(table, balance);
      return 'done';
    },
    async reopen(read, reopening) {
      invariant(read.state === 'captured', 'Only a captured order is reopened.');
      const key = entryKeyOf(reopening.entry.key);
      if (!isUnchanged(table, read) || table.entries.has(key)) return 'lost';
      const before = table.reopenings.get(read.redemption) ?? [];
      table.orders.set(read.redemption, { ...read, state: 'reopened' });
      table.reopenings.set(read.redemption, [...before, reopening]);
      table.entries.set(key, reopening.entry);
      return 'done';
    },
    async recordLate({ entry, reason }) {
      invariant(entry.key.at === 'redemption', 'A late reward is of a redemption.');
      const { redemption } = entry.key;
      const key = entryKeyOf(entry.key);
      openCase(table, { program: entry.program, redemption, reason, openedAt: entry.postedAt });
      if (table.entries.has(key)) return 'exists';
      table.entries.set(key, entry);
      return 'done';
    },
    async recordPayment(payment) {
      invariant(payment.entry.key.at === 'redemption', 'A payment is of a redemption.');
      const { redemption } = payment.entry.key;
      const standing = table.payments.get(redemption);
      if (standing === undefined) {
        table.payments.set(redemption, payment);
        table.entries.set(entryKeyOf(payment.entry.key), payment.entry);
        return 'done';
      }
      const isSame =
        standing.paymentId === payment.paymentId &&
        standing.entry.bodyHash === payment.entry.bodyHash;
      return isSame ? 'exists' : 'conflict';
    },
  };
}

function walletOf({ entry, terms, unit }: Hold): string | undefined {
  const { program, member } = entry;
  return terms.payout && walletKey({ program, member, unit });
}

function walletKey({ program, member, unit }: BalanceOwner): string {
  return JSON.stringify([program, member, unit]);
}

function quoteUseOf({ entry, terms }: Hold): string | undefined {
  if (terms.quote === undefined) return undefined;
  return keyOf(entry.program, entry.member, terms.quote);
}

function openCase(
  table: MemoryTable,
  { program, redemption, reason, openedAt }: Parameters<RedemptionStore['openCase']>[0],
): void {
  const key = keyOf(program, redemption, reason);
  if (table.cases.has(key)) return;
  table.cases.set(key, { program, subject: redemption, reason, openedAt });
}

function isUnchanged(table: MemoryTable, read: Order): boolean {
  const row = table.orders.get(read.redemption);
  return row !== undefined && watched.every((field) => row[field] === read[field]);
}

const watched = ['attempt', 'call', 'state', 'cancelled', 'toldLate'] as const;

function maySettle(table: MemoryTable, read: Order, { entry }: Settlement): boolean {
  return isUnchanged(table, read) && !table.entries.has(entryKeyOf(entry.key));
}

function settle(table: MemoryTable, order: Order, settlement: Settlement): void {
  const { redemption } = order;
  const before = table.settlements.get(redemption) ?? [];
  table.orders.set(redemption, order);
  table.settlements.set(redemption, [...before, settlement]);
  table.entries.set(entryKeyOf(settlement.entry.key), settlement.entry);
}
