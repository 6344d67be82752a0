import type { LedgerStore } from '../../ports/ledger.ts';
import { parseBalance } from './balance-item.ts';
import { parseCase } from './case-item.ts';
import { itemPresent } from './condition.ts';
import { getItem, queryItems } from './item-read.ts';
import { readMember, readPostingState } from './member-read.ts';
import { post } from './posting.ts';
import {
  balanceKey,
  casePartition,
  memberListPartition,
  memberListShards,
  waitingKey,
  waitingPartition,
} from './schema.ts';
import { metered, type Table } from './table.ts';
import { Transaction } from './transact.ts';
import { encodeFollowUpCase, parseWaiting } from './waiting-item.ts';

export function createLedgerStore(table: Table): LedgerStore {
  return {
    readForPosting: (query) => readPostingState(table, query),

    post(posting) {
      const { operation, entries } = posting;
      const call = { operation, count: entries.length };
      return metered(table, call, (bill) => post(table, posting, bill));
    },

    async readBalance(owner) {
      return parseBalance(await getItem(table, balanceKey(owner)));
    },

    readMember: (owner) => readMember(table, owner),

    async *members(program) {
      // A sweep that runs out of time must not leave out the same members each time.
      const first = Math.floor(table.randomness.next() * memberListShards);
      for (let step = 0; step < memberListShards; step += 1) {
        const shard = (first + step) % memberListShards;
        const query = { pk: memberListPartition(program, shard), consistent: false };
        for await (const image of queryItems(table, query)) yield image.sk?.S ?? '';
      }
    },

    async *waitingFollowUps(program) {
      for await (const image of queryItems(table, { pk: waitingPartition(program) })) {
        yield parseWaiting(image);
      }
    },

    async openFollowUpCase(waiting, openedAt, reason) {
      const { program, hash: subject } = waiting;
      const item = encodeFollowUpCase(waiting, { program, subject, reason, openedAt });
      await metered(table, { operation: 'followUp', count: 0 }, (bill) =>
        new Transaction(table)
          .delete('waiting', waitingKey(waiting), itemPresent)
          .putAlways('case', item)
          .commit(bill),
      );
    },

    async *cases(program) {
      for await (const image of queryItems(table, { pk: casePartition(program) })) {
        yield parseCase(image);
      }
    },
  };
}
