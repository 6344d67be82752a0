import type { LedgerStore } from '../../ports/ledger.ts';
import { balanceOf } from './balance-change.ts';
import { membersIn } from './member-list.ts';
import { stateIn, wholeIn } from './member-read.ts';
import { keyOf, type LedgerRows, type MemoryTable } from './memory-table.ts';
import { post } from './posting.ts';

/** Each call checks and writes without a pause in between, which makes it atomic here. */
export function createMemoryLedgerStore(
  table: LedgerRows & Pick<MemoryTable, 'members'>,
): LedgerStore {
  return {
    async readForPosting(query) {
      return stateIn(table, query);
    },
    async post(posting) {
      return post(table, posting);
    },
    async readBalance(owner) {
      return balanceOf(table, owner);
    },
    async readMember({ program, member }) {
      return wholeIn(table, program, member);
    },
    async *members(program) {
      yield* membersIn(table, program);
    },
    async *waitingFollowUps(program) {
      const rows = [...table.waiting.values()].filter((row) => row.program === program);
      rows.sort((left, right) => left.waitingSince - right.waitingSince);
      yield* rows;
    },
    async openFollowUpCase(waiting, openedAt, reason) {
      const { program, hash } = waiting;
      if (!table.waiting.delete(keyOf(program, hash))) return;
      table.cases.set(keyOf(program, hash, reason), { program, subject: hash, reason, openedAt });
    },
    async *cases(program) {
      const rows = [...table.cases.values()].filter((row) => row.program === program);
      rows.sort((left, right) => left.openedAt - right.openedAt);
      yield* rows;
    },
  };
}
