import type { PublishedProgram } from '../../shared/domain/program/version.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Clock } from '../../shared/ports/runtime.ts';
import type { ProgramStore } from '../../shared/ports/stores.ts';

/** A version that was published or withdrawn is known everywhere after this time. */
const programLifeMs = 30_000;

/** Keeps loaded programs for a while; a name that is not published is asked for again each time. */
export function cachePrograms(store: ProgramStore, clock: Clock): ProgramStore {
  const cached = new Map<
    string,
    { readonly published: PublishedProgram; readonly since: Instant }
  >();
  return {
    ...store,
    async load(name) {
      const found = cached.get(name);
      const ageMs = found === undefined ? programLifeMs : clock.now() - found.since;
      if (found !== undefined && ageMs >= 0 && ageMs < programLifeMs) return found.published;
      const published = await store.load(name);
      if (published === undefined) cached.delete(name);
      else cached.set(name, { published, since: clock.now() });
      return published;
    },
  };
}
