import type { KeptChoice, PayoutLine, PayoutRun, PayoutStore } from '../../ports/payouts.ts';
import { putVersion } from './contact-version.ts';
import { type ListedRows, membersIn } from './member-list.ts';
import { keyOf } from './memory-table.ts';

export function createMemoryPayoutStore(table: ListedRows): PayoutStore {
  const choices = new Map<string, KeptChoice>();
  const runs = new Map<string, PayoutRun>();
  const lines = new Map<string, Map<string, PayoutLine>>();
  return {
    readChoice: async ({ program, member }) => choices.get(keyOf(program, member)),
    putChoice: async (choice) => putVersion(choices, keyOf(choice.program, choice.member), choice),
    async removeChoice({ program, member }) {
      choices.delete(keyOf(program, member));
    },
    async beginRun(run) {
      const key = keyOf(run.program, run.run);
      const standing = runs.get(key) ?? run;
      runs.set(key, standing);
      return standing;
    },
    async endRun(run) {
      runs.set(keyOf(run.program, run.run), run);
    },
    async keepProgress(run) {
      const key = keyOf(run.program, run.run);
      if (runs.get(key)?.state === 'running') runs.set(key, run);
    },
    async *members(program, after = '') {
      for (const member of [...membersIn(table, program)].sort()) if (member > after) yield member;
    },
    readRun: async (program, run) => runs.get(keyOf(program, run)),
    async putLine(line) {
      const key = keyOf(line.program, line.run);
      const own = lines.get(key) ?? new Map<string, PayoutLine>();
      const wallet = keyOf(line.member, line.unit);
      const { kind = 'skipped' } = own.get(wallet)?.outcome ?? {};
      if (kind !== 'skipped' && line.outcome.kind === 'skipped') return;
      lines.set(key, own.set(wallet, line));
    },
    async *lines(program, run) {
      yield* lines.get(keyOf(program, run))?.values() ?? [];
    },
  };
}
