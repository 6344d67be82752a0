import type { Hold, LedgerItem, LedgerScan, Settlement } from '../../ports/stores.ts';
import { entryKeyOf, type MemoryTable } from './memory-table.ts';

export function createMemoryLedgerScan(table: MemoryTable): LedgerScan {
  return {
    async *items() {
      const holds = new Map<string, Hold>();
      for (const hold of table.holds.values()) holds.set(entryKeyOf(hold.entry.key), hold);
      const settlements = new Map<string, Settlement>();
      for (const settlement of [...table.settlements.values()].flat()) {
        settlements.set(entryKeyOf(settlement.entry.key), settlement);
      }
      for (const [key, entry] of [...table.entries]) {
        const hold = holds.get(key);
        const settlement = settlements.get(key);
        const item: LedgerItem = {
          entry,
          ...(hold && { hold }),
          ...(settlement && { settlement }),
        };
        yield item;
      }
    },
    async *balances() {
      yield* [...table.balances.values()];
    },
  };
}
