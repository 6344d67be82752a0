import type { TierReason, TierStanding } from '../../domain/member/standing.ts';
import { InvariantError, invariant } from '../../domain/result.ts';
import { instantOf, type LocalDate } from '../../domain/time.ts';

/*
 * A tier as one short text; its version stands beside it, where a condition can see it.
 *
 *   gold mi2d3k00 q|silver lz1x0c00|v261231 g270331
 *
 * The level, since when (milliseconds in base 36) and why; levels before it, newest first; then v
 * reviewed on, g grace until, o override until, h held until.
 */

const reasons = {
  joined: 'j',
  qualified: 'q',
  placed: 'p',
  review: 'r',
  override: 'o',
  hold: 'h',
} as const satisfies Record<TierReason, string>;

const reasonOf = new Map(
  Object.entries(reasons).map(([reason, code]) => [code as string, reason as TierReason]),
);

export function encodeTier(tier: TierStanding): string {
  const { level, since, reason, earlier } = tier;
  const levels = [[level, since.toString(36), reasons[reason]].join(' ')];
  for (const before of earlier) levels.push(`${before.level} ${before.since.toString(36)}`);
  invariant(
    [level, ...earlier.map((before) => before.level)].every((id) => /^[a-z0-9-]+$/.test(id)),
    'A level is small letters, digits and dashes.',
  );
  const days = [
    ...dayText('v', tier.reviewedOn),
    ...dayText('g', tier.graceUntil),
    ...dayText('o', tier.overrideUntil),
    ...dayText('h', tier.heldUntil),
  ];
  return [...levels, days.join(' ')].join('|');
}

function dayText(letter: string, day: LocalDate | undefined): string[] {
  if (day === undefined) return [];
  invariant(day.startsWith('20'), 'A day of a tier is in this century.');
  return [`${letter}${day.slice(2).replaceAll('-', '')}`];
}

/** Throws on a text that `encodeTier` never writes. */
export function decodeTier(text: string, version: bigint): TierStanding {
  const parts = text.split('|');
  const days = new Map(
    (parts.pop() ?? '').split(' ').map((day) => [day.slice(0, 1), day.slice(1)]),
  );
  const [level, ...earlier] = parts.map((part) => part.split(' '));
  const [id = '', since = '', code = ''] = level ?? [];
  const reason = reasonOf.get(code);
  if (reason === undefined) throw new InvariantError('A stored tier has no reason.');
  const [reviewedOn, graceUntil] = [dayOf(days.get('v')), dayOf(days.get('g'))];
  const [overrideUntil, heldUntil] = [dayOf(days.get('o')), dayOf(days.get('h'))];
  return {
    level: id,
    since: instantIn(since),
    version,
    reason,
    earlier: earlier.map(([before = '', from = '']) => ({ level: before, since: instantIn(from) })),
    ...(reviewedOn && { reviewedOn }),
    ...(graceUntil && { graceUntil }),
    ...(overrideUntil && { overrideUntil }),
    ...(heldUntil && { heldUntil }),
  };
}

function instantIn(text: string) {
  const epochMs = Number.parseInt(text, 36);
  invariant(Number.isSafeInteger(epochMs), 'A stored tier has no instant.');
  return instantOf(epochMs);
}

function dayOf(text: string | undefined): LocalDate | undefined {
  if (text === undefined) return undefined;
  return `20${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4)}` as LocalDate;
}
