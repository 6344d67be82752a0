import * as z from 'zod/mini';
import { type DueWork, emptyDecision, type RecordWrite } from '../member/decision.ts';
import { type MemberSnapshot, recordOf, recordsOf, type StoredRecord } from '../member/snapshot.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { addDays, addMs, type Instant, localDateAt, startOfDay } from '../time.ts';

const recordSchema = z.strictObject({
  entitlement: z.string(),
  /** What granted it, such as `tier:gold` or `referral:won:<hash>`: made of our own names only. */
  source: z.string(),
  grantedAt: z.int(),
  /** The first instant without it. */
  until: z.optional(z.int()),
  state: z.enum(['active', 'used', 'ended']),
});

type Grant = z.output<typeof recordSchema>;

/** Used and ended ones older than this have nothing left to tell. */
const keptMs = 400 * 24 * 3_600_000;

/** What a member may have or do at an instant; each name once, sorted. */
export function activeEntitlements(snapshot: MemberSnapshot, at: Instant): string[] {
  const active = grantsOf(snapshot).filter(({ grant }) => isActive(grant, at));
  return [...new Set(active.map(({ grant }) => grant.entitlement))].sort();
}

/**
 * The writes that give a member entitlements. Once per source: what the source has granted and not
 * ended stays as it is, used up or not; what it has ended is granted anew.
 */
export function grantEntitlements({
  compiled,
  snapshot,
  ids,
  source,
  at,
}: {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly ids: readonly string[];
  readonly source: string;
  readonly at: Instant;
}): RecordWrite[] {
  return [...new Set(ids)].flatMap((entitlement) => {
    const id = recordId(entitlement, source);
    const before = recordOf(snapshot, 'entitlement', id);
    if (before && grantIn(before).state !== 'ended') return [];
    const until = endOf(compiled, entitlement, at);
    const next: Grant = { entitlement, source, grantedAt: at, state: 'active', ...until };
    return [writeOf(snapshot, { id, before, next })];
  });
}

/** The writes that end whatever a source has granted; what was used up may be granted again. */
export function endEntitlements({
  snapshot,
  source,
  at,
  keep = [],
}: {
  readonly snapshot: MemberSnapshot;
  readonly source: string;
  readonly at: Instant;
  /** Entitlements that stay. */
  readonly keep?: readonly string[];
}): RecordWrite[] {
  return grantsOf(snapshot)
    .filter(({ grant }) => grant.source === source && grant.state !== 'ended')
    .filter(({ grant }) => !keep.includes(grant.entitlement))
    .map(({ record, grant }) => {
      if (grant.state === 'used') return removal(snapshot, record);
      return ended(snapshot, record, { ...grant, until: Math.min(grant.until ?? at, at) });
    });
}

/** Uses up a free item, the one that ends first. `ENTITLEMENT_NOT_ACTIVE`: there is none. */
export function useEntitlement({
  compiled,
  snapshot,
  entitlement,
  at,
}: {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly entitlement: string;
  readonly at: Instant;
}): Result<RecordWrite[], Refusal> {
  const { kind } = compiled.program.entitlements[entitlement] ?? {};
  if (kind !== 'freeItem') return failure(refusal('ENTITLEMENT_NOT_ACTIVE', 'data.entitlement'));
  const [first] = grantsOf(snapshot)
    .filter(({ grant }) => grant.entitlement === entitlement && grant.state !== 'used')
    .filter(({ grant }) => isActive(grant, at))
    .sort((left, right) => endingOf(left.grant) - endingOf(right.grant));
  if (!first) return failure(refusal('ENTITLEMENT_NOT_ACTIVE', 'data.entitlement'));
  const next: Grant = { ...first.grant, state: 'used', until: at };
  const used = writeOf(snapshot, { id: first.record.id, before: first.record, next });
  return success([used, ...forgotten(snapshot, at)]);
}

/** Ends what was granted for some days. The version tells one grant of a source from the next. */
export function entitlementsDue({
  snapshot,
  now,
}: {
  readonly snapshot: MemberSnapshot;
  readonly now: Instant;
}): DueWork[] {
  return grantsOf(snapshot).flatMap(({ record, grant }) => {
    if (grant.state !== 'active' || grant.until === undefined || grant.until > now) return [];
    const at = grant.until as Instant;
    const explanation = { reason: 'ENTITLEMENT_ENDED', inputs: { entitlement: grant.entitlement } };
    const records = [ended(snapshot, record, grant), ...forgotten(snapshot, at)];
    const decision = { ...emptyDecision('change', explanation), records };
    return [{ at, id: `entitlement:${record.id}:${record.version}:${at}`, decision }];
  });
}

function ended(snapshot: MemberSnapshot, before: StoredRecord, grant: Grant): RecordWrite {
  return writeOf(snapshot, { id: before.id, before, next: { ...grant, state: 'ended' } });
}

/** Removes what was over long ago, so that a member's records stay few. */
function forgotten(snapshot: MemberSnapshot, at: Instant): RecordWrite[] {
  return grantsOf(snapshot)
    .filter(({ grant }) => grant.state !== 'active' && endingOf(grant) < addMs(at, -keptMs))
    .map(({ record }) => removal(snapshot, record));
}

function removal(snapshot: MemberSnapshot, before: StoredRecord): RecordWrite {
  return writeOf(snapshot, { id: before.id, before, next: undefined });
}

function grantsOf(snapshot: MemberSnapshot): { record: StoredRecord; grant: Grant }[] {
  return recordsOf(snapshot, 'entitlement').map((record) => ({ record, grant: grantIn(record) }));
}

function grantIn({ value }: StoredRecord): Grant {
  return z.parse(recordSchema, value);
}

function isActive({ state, grantedAt, until }: Grant, at: Instant): boolean {
  if (grantedAt > at) return false;
  // What has ended since, or was used up since, was still there before.
  return until === undefined ? state === 'active' : at < until;
}

function endingOf({ until }: Grant): number {
  return until ?? Number.MAX_SAFE_INTEGER;
}

function recordId(entitlement: string, source: string): string {
  return `${entitlement}.${source}`;
}

/** The day of the grant is the first of its days. */
function endOf(
  { program }: CompiledProgram,
  entitlement: string,
  at: Instant,
): { until?: Instant } {
  const days = program.entitlements[entitlement]?.days;
  if (days === undefined) return {};
  const firstDay = localDateAt(at, program.timeZone);
  return { until: startOfDay(addDays(firstDay, days), program.timeZone) };
}

function writeOf(
  { member }: MemberSnapshot,
  write: { readonly id: string; readonly before: StoredRecord | undefined; readonly next: unknown },
): RecordWrite {
  const { id, before, next } = write;
  const version = before && { version: before.version };
  return { member, kind: 'entitlement', id, ...version, next };
}
