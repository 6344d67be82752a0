import type { Viewer } from '../../domain/catalogue/offer.ts';
import { localDayAt } from '../../domain/earning/local-day.ts';
import type { MemberSnapshot } from '../../domain/member/snapshot.ts';
import type { CompiledProgram } from '../../domain/program/compiled.ts';
import { inSegment } from '../../domain/tiers/segment.ts';
import { tierAt } from '../../domain/tiers/tier.ts';
import type { Instant } from '../../domain/time.ts';

interface Seen {
  readonly compiled: CompiledProgram;
  readonly now: Instant;
  readonly country: string;
  readonly language: string | undefined;
}

/** A member as the catalogue sees them. */
export function viewerOf(
  { compiled, now, country, language }: Seen,
  snapshot: MemberSnapshot,
): Viewer {
  const { program } = compiled;
  const tier = tierAt(snapshot, program, now);
  const segments = program.segments.filter(({ id }) =>
    inSegment({ compiled, snapshot, segment: id, at: now }),
  );
  return {
    ...anybody({ compiled, now, country, language }),
    ...(tier !== undefined && { tier }),
    segments: segments.map(({ id }) => id),
  };
}

/** Somebody of whom nothing is known but where they are. */
export function anybody({ compiled, now, country, language }: Seen): Viewer {
  const { languages, timeZone } = compiled.program;
  return {
    ...{ country, language: language ?? languages[0] ?? 'en' },
    ...{ today: localDayAt(now, timeZone).date, segments: [] },
  };
}
