import {
  type Month,
  monthOf,
  type RateMonth,
  type RateSource,
  rateSources,
} from '../../shared/domain/rates/snapshot.ts';
import { type Instant, localDateAt } from '../../shared/domain/time.ts';
import type { RateReader } from '../../shared/ports/rates.ts';
import type { Clock } from '../../shared/ports/runtime.ts';

/** The evening's rates, and a release from quarantine, are known everywhere after this time. */
const presentLifeMs = 5 * 60_000;
/** Months that are over change when somebody loads a history, and hardly ever else. */
const pastLifeMs = 60 * 60_000;

interface Kept {
  readonly month: RateMonth;
  readonly since: Instant;
}

/**
 * Keeps loaded months for a while; one that there is none of is asked for again each time.
 */
export function cacheRates(reader: RateReader, clock: Clock): RateReader {
  const cached = new Map<string, Kept>();

  const lifeMs = (source: RateSource, month: Month): number => {
    const present = monthOf(localDateAt(clock.now(), rateSources[source].timeZone));
    return month < present ? pastLifeMs : presentLifeMs;
  };

  const keptOf = (source: RateSource, month: Month): RateMonth | undefined => {
    const kept = cached.get(`${source} ${month}`);
    const ageMs = kept === undefined ? -1 : clock.now() - kept.since;
    return ageMs >= 0 && ageMs < lifeMs(source, month) ? kept?.month : undefined;
  };

  return {
    async readMonths(source, months) {
      const wanted = months.filter((month) => keptOf(source, month) === undefined);
      const read = wanted.length === 0 ? [] : await reader.readMonths(source, wanted);
      const since = clock.now();
      for (const [name, month] of read) cached.set(`${source} ${name}`, { month, since });
      const found = months.flatMap((name): [Month, RateMonth][] => {
        const month = keptOf(source, name);
        return month === undefined ? [] : [[name, month]];
      });
      return new Map(found);
    },
  };
}
