import * as z from 'zod/mini';
import type { RecordWrite } from '../member/decision.ts';
import { type MemberSnapshot, recordOf, type StoredRecord } from '../member/snapshot.ts';
import type { Program } from '../program/schema.ts';

interface MovedRecords {
  readonly program: Program;
  readonly survivor: MemberSnapshot;
  readonly from: MemberSnapshot;
  /** Of the command: tells two free items of one name apart. */
  readonly hash: string;
}

/** Where a record goes, and as what; `undefined`: the survivor's own of that name stands. */
type Place = { readonly id: string; readonly next: unknown } | undefined;

/** How far a record has come, for each shape that has such a thing. */
const measures = [
  measured(z.object({ rounds: z.int(), steps: z.int() }), ({ rounds, steps }) => [rounds, steps]),
  measured(z.object({ done: z.array(z.string()) }), ({ done }) => [done.length]),
  measured(z.object({ paid: z.array(z.string()) }), ({ paid }) => [paid.length]),
  measured(z.object({ lapsed: z.boolean() }), ({ lapsed }) => [lapsed ? 0 : 1]),
  measured(z.object({ last: z.string() }), ({ last }) => [last]),
  measured(z.object({ through: z.string() }), ({ through }) => [through]),
  measured(z.object({ day: z.string() }), ({ day }) => [day]),
  measured(z.object({ facts: z.object({ paid: z.optional(z.int()) }) }), ({ facts }) => [
    facts.paid ?? 0,
  ]),
];

function measured<Schema extends z.ZodMiniType>(
  schema: Schema,
  measure: (value: z.output<Schema>) => Distance,
): (value: unknown) => Distance | undefined {
  return (value) => {
    const read = z.safeParse(schema, value);
    return read.success ? measure(read.data) : undefined;
  };
}

const grant = z.object({
  entitlement: z.string(),
  source: z.string(),
  state: z.string(),
  until: z.optional(z.int()),
});
const waitingPoints = z.looseObject({
  awards: z.array(z.looseObject({ parts: z.array(z.looseObject({ member: z.string() })) })),
});

/**
 * Records of the other member under the survivor's name. Where both have one: of progress,
 * referrals, memberships and marks of days the further stands, of perks the one that ends later;
 * free items are kept both; of all else the survivor's stands.
 */
export function movedRecords(input: MovedRecords): RecordWrite[] {
  const { survivor, from } = input;
  return [...from.records.values()].filter(isMoved).flatMap((record) => {
    const { kind, id, version } = record;
    const gone: RecordWrite = { member: from.member, kind, id, version, next: undefined };
    const place = placeOf(record, input);
    if (place === undefined) return [gone];
    const standing = recordOf(survivor, kind, place.id);
    const taken = { member: survivor.member, kind, ...place };
    return [gone, standing === undefined ? taken : { ...taken, version: standing.version }];
  });
}

/** What has ended tells of the other member only, and stays there; a tier brings its own. */
function isMoved({ kind, value }: StoredRecord): boolean {
  if (kind === 'profile') return false;
  if (kind !== 'entitlement') return true;
  const { state, source = '' } = grantIn(value) ?? {};
  return state !== 'ended' && !source.startsWith('tier:');
}

function placeOf(record: StoredRecord, input: MovedRecords): Place {
  const { kind, id, value } = record;
  const { survivor, from } = input;
  const own = recordOf(survivor, kind, id);
  if (kind === 'pending') return { id, next: renamed(value, from.member, survivor.member) };
  if (own === undefined) return { id, next: value };
  if (kind === 'entitlement') return entitlementPlace(record, own, input);
  return isFurther(value, own.value) ? { id, next: value } : undefined;
}

/** Points that wait name whose they are. */
function renamed(value: unknown, from: string, survivor: string): unknown {
  const { awards, ...rest } = z.parse(waitingPoints, value);
  const moved = awards.map((award) => ({
    ...award,
    parts: award.parts.map((part) => ({
      ...part,
      member: part.member === from ? survivor : part.member,
    })),
  }));
  return { ...rest, awards: moved };
}

function entitlementPlace(
  { id, value }: StoredRecord,
  own: StoredRecord,
  { program, hash }: MovedRecords,
): Place {
  const [theirs, standing] = [grantIn(value), grantIn(own.value)];
  if (theirs?.state !== 'active') return undefined;
  if (standing?.state === 'ended') return { id, next: value };
  const { kind } = program.entitlements[theirs.entitlement] ?? {};
  if (kind === 'freeItem') return { id: `${id}.${hash}`, next: value };
  if (standing?.state !== 'active') return { id, next: value };
  return endOf(theirs) > endOf(standing) ? { id, next: value } : undefined;
}

function grantIn(value: unknown): z.output<typeof grant> | undefined {
  const read = z.safeParse(grant, value);
  return read.success ? read.data : undefined;
}

function endOf({ until }: z.output<typeof grant>): number {
  return until ?? Number.MAX_SAFE_INTEGER;
}

/** More rounds, then more steps; more tasks; more stages; the later payment or day. */
function isFurther(theirs: unknown, own: unknown): boolean {
  const [left, right] = [distance(theirs), distance(own)];
  if (left === undefined || right === undefined) return false;
  const place = left.findIndex((reached, index) => reached !== right[index]);
  const [ahead, behind] = [left[place], right[place]];
  return ahead !== undefined && behind !== undefined && ahead > behind;
}

type Distance = readonly (number | string)[];

function distance(value: unknown): Distance | undefined {
  for (const measure of measures) {
    const reached = measure(value);
    if (reached !== undefined) return reached;
  }
  return undefined;
}
