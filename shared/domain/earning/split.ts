import { allocateWhole } from '../money/arithmetic.ts';
import type { EarningRule } from '../program/schema.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { type EventSubject, fieldAt } from './event.ts';

export interface Share {
  readonly member: string;
  /** A weight, one or more. */
  readonly share: bigint;
}

export interface Part {
  readonly member: string;
  readonly points: bigint;
}

const maximumShare = 1_000_000_000;
const maximumMemberLength = 128;

/**
 * Who shares what a rule gives for the event. An event that does not say is its member's own.
 * `SPLIT_INVALID` names the field that cannot be read.
 */
export function sharesOf(
  { split }: EarningRule,
  subject: EventSubject,
  member: string,
): Result<readonly Share[], Refusal> {
  const value = split && fieldAt(subject, split.by);
  if (split === undefined || value === undefined) return success([{ member, share: 1n }]);
  if (!Array.isArray(value) || value.length === 0 || value.length > split.maximumMembers) {
    return failure(refusal('SPLIT_INVALID', split.by));
  }
  const shares: Share[] = [];
  for (const [index, item] of value.entries()) {
    const field = `${split.by}.${index}`;
    const share = shareIn(item);
    if (share === undefined || shares.some((it) => it.member === share.member)) {
      return failure(refusal('SPLIT_INVALID', field));
    }
    shares.push(share);
  }
  return success(shares);
}

function shareIn(item: unknown): Share | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { member, share } = item as { readonly member?: unknown; readonly share?: unknown };
  if (typeof member !== 'string' || member.length === 0 || member.length > maximumMemberLength) {
    return undefined;
  }
  // References that begin with @ are the program's own.
  if (member.startsWith('@')) return undefined;
  if (typeof share !== 'number' || !Number.isInteger(share)) return undefined;
  return share < 1 || share > maximumShare ? undefined : { member, share: BigInt(share) };
}

/** Whole points, or minor units, by share. Members who get nothing are left out. */
export function splitPoints(points: bigint, shares: readonly Share[]): Part[] {
  const [only, ...others] = shares;
  if (only !== undefined && others.length === 0) return [{ member: only.member, points }];
  const parts = allocateWhole(
    points,
    shares.map(({ share }) => share),
  );
  return shares
    .map(({ member }, index) => ({ member, points: parts[index] ?? 0n }))
    .filter((part) => part.points > 0n);
}
