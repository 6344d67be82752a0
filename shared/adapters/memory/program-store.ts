import { type ProgramVersion, publishedOf } from '../../domain/program/version.ts';
import type { ProgramStore } from '../../ports/stores.ts';
import type { MemoryTable } from './memory-table.ts';

export function createMemoryProgramStore({ programs }: MemoryTable): ProgramStore {
  const versionsOf = (name: string): readonly ProgramVersion[] => programs.get(name) ?? [];
  return {
    async load(name) {
      return publishedOf(versionsOf(name));
    },

    async publish(version) {
      const name = version.program.program;
      const versions = versionsOf(name);
      if (versions.some(({ from }) => from === version.from)) return 'exists';
      programs.set(name, [...versions, version]);
      return 'published';
    },

    async withdraw(name, from) {
      const versions = versionsOf(name);
      const left = versions.filter((version) => version.from !== from);
      if (left.length === versions.length) return 'absent';
      programs.set(name, left);
      return 'withdrawn';
    },

    async *names() {
      yield* [...programs.keys()].sort();
    },
  };
}
