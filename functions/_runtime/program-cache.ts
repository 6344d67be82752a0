import type { Program } from '../../shared/domain/program/schema.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Clock } from '../../shared/ports/runtime.ts';
import type { ProgramStore } from '../../shared/ports/stores.ts';

/** A program that was published is used everywhere after this time. */
const programLifeMs = 30_000;

/** Keeps loaded programs for a while; a name that is not published is asked for again each time. */
export function cachePrograms(store: ProgramStore, clock: Clock): ProgramStore {
  const cached = new Map<string, { readonly program: Program; readonly since: Instant }>();
  return {
    ...store,
    async load(name) {
      const found = cached.get(name);
      const ageMs = found === undefined ? programLifeMs : clock.now() - found.since;
      if (found !== undefined && ageMs >= 0 && ageMs < programLifeMs) return found.program;
      const program = await store.load(name);
      if (program === undefined) cached.delete(name);
      else cached.set(name, { program, since: clock.now() });
      return program;
    },
  };
}
