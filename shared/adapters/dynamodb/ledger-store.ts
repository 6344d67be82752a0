import type { Entry } from '../../domain/ledger/entry.ts';
import { invariant } from '../../domain/result.ts';
import type { FollowUp, LedgerStore, Posting, PostOutcome } from '../../ports/stores.ts';
import type { Image } from './attributes.ts';
import { changeBalance, parseBalance } from './balance-item.ts';
import { itemAbsent, itemPresent } from './condition.ts';
import { encodeEntry, parseEntryItem } from './entry-item.ts';
import {
  encodeFollowUpCase,
  encodeWaiting,
  parseFollowUp,
  parseWaiting,
  setReturned,
} from './follow-up-item.ts';
import { getItem, getItems, queryItems } from './item-read.ts';
import { balanceKey, entryKey, followUpKey, waitingKey, waitingPartition } from './schema.ts';
import { metered, type OpenBill, type Table } from './table.ts';
import { Transaction } from './transact.ts';

export function createLedgerStore(table: Table): LedgerStore {
  return {
    async readForAccrual({ owner, hashes, originals }) {
      const { program } = owner;
      const wanted = [...new Set([...hashes, ...originals])];
      const found = await getItems(table, [
        balanceKey(owner),
        ...wanted.map((hash) => entryKey(program, hash, '0')),
        ...originals.map((hash) => followUpKey(program, hash)),
      ]);
      const entries = new Map<string, Entry>();
      for (const hash of wanted) {
        const image = found(entryKey(program, hash, '0'));
        if (image) entries.set(hash, parseEntryItem(image).entry);
      }
      const followUps = new Map<string, FollowUp>();
      for (const hash of originals) {
        const image = found(followUpKey(program, hash));
        if (image) followUps.set(hash, parseFollowUp(image));
      }
      return { balance: parseBalance(found(balanceKey(owner))), entries, followUps };
    },

    async readBalance(owner) {
      return parseBalance(await getItem(table, balanceKey(owner)));
    },

    post(posting) {
      const { operation, entries } = posting;
      const call = { operation, count: entries.length };
      return metered(table, call, (bill) => post(table, posting, bill));
    },

    async *waitingReturns(program) {
      for await (const image of queryItems(table, { pk: waitingPartition(program) })) {
        yield parseWaiting(image);
      }
    },

    async openFollowUpCase(waiting, openedAt, reason) {
      await metered(table, { operation: 'followUp', count: 0 }, (bill) =>
        new Transaction(table)
          .delete('waiting', waitingKey(waiting), itemPresent)
          .put('case', encodeFollowUpCase(waiting, openedAt, reason), itemAbsent)
          .commit(bill),
      );
    },
  };
}

async function post(table: Table, posting: Posting, bill: OpenBill): Promise<PostOutcome> {
  const outcome = await transactionOf(table, posting).commit(bill);
  if (outcome.kind === 'committed') return { kind: 'posted' };
  const existing = existingEntries(posting.entries, outcome.refused);
  if (existing.size === 0) {
    bill.count = 0;
    return { kind: 'stale' };
  }
  billDuplicates(table, { posting, duplicates: existing.size }, bill);
  return { kind: 'entriesExist', existing };
}

/**
 * Duplicates pay for their own items and the balance; the others for what they have tried in vain.
 */
function billDuplicates(
  table: Table,
  refused: { readonly posting: Posting; readonly duplicates: number },
  bill: OpenBill,
): void {
  const { posting, duplicates } = refused;
  const others = Math.max(0, bill.units - duplicates - (posting.balance ? 1 : 0));
  bill.operation = 'duplicate';
  bill.count = duplicates;
  if (others === 0) return;
  bill.add(-others);
  table.metrics.writeUnits({ operation: posting.operation, units: others, count: 0 });
}

function transactionOf(table: Table, posting: Posting): Transaction {
  const { entries, balance, followUps, waiting, settled } = posting;
  const transaction = new Transaction(table);
  entries.forEach((entry, index) => {
    transaction.put(`entry ${index}`, encodeEntry(entry), itemAbsent);
  });
  if (balance) changeBalance(transaction, balance);
  for (const followUp of followUps) setReturned(transaction, followUp);
  for (const row of waiting) transaction.put(`waiting ${row.hash}`, encodeWaiting(row), itemAbsent);
  for (const row of settled) {
    transaction.delete(`settled ${row.hash}`, waitingKey(row), itemPresent);
  }
  const originals = new Map(waiting.map(({ program, original }) => [original, program]));
  for (const [hash, program] of originals) {
    transaction.check(`original ${hash}`, entryKey(program, hash, '0'), itemAbsent);
  }
  return transaction;
}

/** An entry that exists explains a stale balance, so it is told first. */
function existingEntries(
  entries: readonly Entry[],
  refused: ReadonlyMap<string, Image | undefined>,
): Map<string, Entry> {
  const existing = new Map<string, Entry>();
  entries.forEach((entry, index) => {
    const part = `entry ${index}`;
    if (!refused.has(part) || entry.key.at !== 'event') return;
    const image = refused.get(part);
    invariant(image !== undefined, 'The service hands back the entry that stands there.');
    existing.set(entry.key.hash, parseEntryItem(image).entry);
  });
  return existing;
}
