import type { Order } from '../../domain/redemption/order.ts';
import { invariant } from '../../domain/result.ts';
import type { RedemptionStore, Settlement } from '../../ports/stores.ts';
import { changeBalance, mayChange } from './balance-change.ts';
import { entryKeyOf, keyOf, type MemoryTable } from './memory-table.ts';

export function createMemoryRedemptionStore(table: MemoryTable): RedemptionStore {
  return {
    async hold(hold, balance) {
      const existing = table.holds.get(hold.redemption);
      if (existing) return { kind: 'exists', hold: existing };
      if (!mayChange(table, balance)) return { kind: 'stale' };
      table.holds.set(hold.redemption, hold);
      table.entries.set(entryKeyOf(hold.entry.key), hold.entry);
      changeBalance(table, balance);
      return { kind: 'held' };
    },
    async read(redemption) {
      const hold = table.holds.get(redemption);
      if (hold === undefined) return undefined;
      const order = table.orders.get(redemption);
      const settlements = table.settlements.get(redemption) ?? [];
      return { hold, settlements, ...(order && { order }) };
    },
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
    async openCase({ program, redemption, reason, openedAt }) {
      const key = keyOf(program, redemption, reason);
      if (table.cases.has(key)) return;
      table.cases.set(key, { program, subject: redemption, reason, openedAt });
    },
  };
}

function isUnchanged(table: MemoryTable, { redemption, attempt, call, state }: Order): boolean {
  const row = table.orders.get(redemption);
  return row?.attempt === attempt && row.call === call && row.state === state;
}

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
