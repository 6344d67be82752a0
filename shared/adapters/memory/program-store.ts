import type { ProgramStore } from '../../ports/stores.ts';
import type { MemoryTable } from './memory-table.ts';

export function createMemoryProgramStore(table: MemoryTable): ProgramStore {
  return {
    async load(program) {
      return table.programs.get(program);
    },
    async publish(program) {
      table.programs.set(program.program, program);
    },
    async *names() {
      yield* [...table.programs.keys()].sort();
    },
  };
}
