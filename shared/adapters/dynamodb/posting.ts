import type { Entry } from '../../domain/ledger/entry.ts';
import { invariant } from '../../domain/result.ts';
import type { Posting, PostOutcome } from '../../ports/ledger.ts';
import type { Image } from './attributes.ts';
import { changeBalance } from './balance-update.ts';
import { drawBudget } from './budget-item.ts';
import { encodeCase } from './case-item.ts';
import { itemAbsent, itemPresent } from './condition.ts';
import { encodeEntry, parseEntryItem } from './entry-item.ts';
import { putFollowUp } from './follow-up-item.ts';
import { writeRecord } from './record-item.ts';
import { caseKey, entryKey, waitingKey } from './schema.ts';
import type { OpenBill, Table } from './table.ts';
import { Transaction } from './transact.ts';
import { encodeWaiting } from './waiting-item.ts';

export async function post(table: Table, posting: Posting, bill: OpenBill): Promise<PostOutcome> {
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
 * Duplicates pay for their own items and the balances; the others for what they have tried in vain.
 */
function billDuplicates(
  table: Table,
  refused: { readonly posting: Posting; readonly duplicates: number },
  bill: OpenBill,
): void {
  const { posting, duplicates } = refused;
  const others = Math.max(0, bill.units - duplicates - posting.balances.length);
  bill.operation = 'duplicate';
  bill.count = duplicates;
  if (others === 0) return;
  bill.add(-others);
  table.metrics.writeUnits({ operation: posting.operation, units: others, count: 0 });
}

function transactionOf(table: Table, posting: Posting): Transaction {
  const { program, postedAt, waiting } = posting;
  const transaction = new Transaction(table);
  posting.entries.forEach((entry, index) => {
    transaction.put(`entry ${index}`, encodeEntry(entry), itemAbsent);
  });
  posting.balances.forEach((change, index) => {
    changeBalance(transaction, `balance ${index}`, change);
  });
  for (const write of posting.records) writeRecord(transaction, { program, postedAt }, write);
  for (const followUp of posting.followUps) putFollowUp(transaction, program, followUp);
  for (const draw of posting.budgets) drawBudget(transaction, program, draw);
  for (const row of waiting) transaction.put(`waiting ${row.hash}`, encodeWaiting(row), itemAbsent);
  for (const row of posting.settled) {
    transaction.delete(`settled ${row.hash}`, waitingKey(row), itemPresent);
  }
  for (const hash of new Set(waiting.map(({ original }) => original))) {
    transaction.check(`original ${hash}`, entryKey(program, hash, '0'), itemAbsent);
  }
  openCases(transaction, posting);
  return transaction;
}

/** Put whatever stands there: the entries beside them make sure that they come once. */
function openCases(transaction: Transaction, { program, cases, postedAt }: Posting): void {
  const rows = cases.map((opened) => ({ ...opened, program, openedAt: postedAt }));
  const distinct = new Map(rows.map((row) => [caseKey(row).sk, row]));
  for (const [sk, row] of distinct) transaction.putAlways(`case ${sk}`, encodeCase(row));
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
