import type { Decision, RecordWrite } from '../member/decision.ts';
import type { MemberSnapshot } from '../member/snapshot.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Program } from '../program/schema.ts';
import { addDays, type Instant } from '../time.ts';
import { grantEntitlements } from './entitlement.ts';
import { lastOf, occasionWrite } from './occasion.ts';
import { dayOf, recordDecision, type WayInput } from './way.ts';

type Gift = Program['gifts'][number];

/** A gift without points that an event sets off, unless the last one was given lately. */
export function advanceGift(input: WayInput, gift: Gift): Decision | undefined {
  const { compiled, event, subject, member, hash } = input;
  if (!compiled.matches(gift.when, subject)) return undefined;
  const at = event.occurredAt;
  if (!isLongAgo(compiled, member, { gift, at })) return undefined;
  const records = giftWrites({ compiled, snapshot: member, gift, at, hash });
  return recordDecision('GIFT', records, { gift: gift.id });
}

/** Grants what the gift holds, and notes the day where the next one has to wait. */
export function giftWrites({
  compiled,
  snapshot,
  gift,
  at,
  hash,
}: {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly gift: Gift;
  readonly at: Instant;
  readonly hash: string;
}): RecordWrite[] {
  const source = `gift:${gift.id}:${hash}`;
  const granted = grantEntitlements({ compiled, snapshot, ids: gift.entitlements, source, at });
  if (gift.everyDays === undefined) return granted;
  const day = dayOf(compiled, at);
  const last = lastOf(snapshot, recordId(gift));
  const latest = last !== undefined && last > day ? last : day;
  return [occasionWrite(snapshot, recordId(gift), latest), ...granted];
}

/** Also from a later gift: an event that comes late brings none close before it. */
function isLongAgo(
  compiled: CompiledProgram,
  snapshot: MemberSnapshot,
  { gift, at }: { readonly gift: Gift; readonly at: Instant },
): boolean {
  const last = lastOf(snapshot, recordId(gift));
  if (gift.everyDays === undefined || last === undefined) return true;
  return dayOf(compiled, at) >= addDays(last, gift.everyDays);
}

function recordId({ id }: Gift): string {
  return `gift.${id}`;
}
