import * as z from 'zod/mini';
import type { Entry, EntryKey, EntryKind } from '../../domain/ledger/entry.ts';
import { InvariantError, invariant } from '../../domain/result.ts';
import type { Hold, LedgerItem, Settlement } from '../../ports/stores.ts';
import { type Fields, type Image, instantField, parseImage, toImage } from './attributes.ts';
import { decodeLegs, encodeLegs } from './leg-codec.ts';
import {
  entryKey,
  holdSortKey,
  type ItemKey,
  readEventPartition,
  readRedemptionPartition,
  redemptionPartition,
  settlementPrefix,
} from './schema.ts';

/*
 * Attributes of an entry: k kind, m member, l legs, mm other members of legs, o occurred at, p
 * posted at (epoch ms), h body hash, x explanation (w reason, r rule, i inputs), v delivery. On a
 * redemption also pr program; on a hold rw reward, am and cu amount, co country, u unit, n points,
 * to sealed address; on a settlement pv provider.
 */

const kindSchema = z.enum(['accrual', 'return', 'hold', 'capture', 'release']);

const bodyShape = {
  m: z.string(),
  l: z._default(z.string(), ''),
  mm: z._default(z.array(z.string()), []),
  o: instantField,
  p: instantField,
  h: z.string(),
  x: z.object({
    w: z.string(),
    r: z.optional(z.string()),
    i: z.optional(z.record(z.string(), z.string())),
  }),
  v: z.optional(z.string()),
};

const bodySchema = z.object(bodyShape);
const keyShape = { pk: z.string(), sk: z.string(), k: kindSchema };
const eventEntrySchema = z.object({ ...bodyShape, ...keyShape, sk: z.enum(['0', 'A']) });
const redemptionEntryShape = { ...bodyShape, ...keyShape, pr: z.string() };
const holdSchema = z.object({
  ...redemptionEntryShape,
  rw: z.string(),
  am: z.bigint(),
  cu: z.string(),
  co: z.string(),
  u: z.string(),
  n: z.bigint(),
  to: z.string(),
});
const settlementSchema = z.object({
  ...redemptionEntryShape,
  sk: z.string().check(z.regex(/^S#\d+$/)),
  pv: z.string(),
});

/** The fields of an entry without its key, kind and program; history rows hold them too. */
export function encodeBody(entry: Entry): Fields {
  const { text, otherMembers } = encodeLegs(entry.legs, entry.member);
  const { reason, rule, inputs } = entry.explanation;
  return {
    m: entry.member,
    l: text === '' ? undefined : text,
    mm: otherMembers.length === 0 ? undefined : otherMembers,
    o: entry.occurredAt,
    p: entry.postedAt,
    h: entry.bodyHash,
    x: { w: reason, r: rule, i: inputs },
    v: entry.delivery,
  };
}

interface EntryFrame {
  readonly key: EntryKey;
  readonly kind: EntryKind;
  readonly program: string;
}

export { bodyShape as entryBodyShape, kindSchema as entryKindSchema };

export function decodeBody(body: z.output<typeof bodySchema>, frame: EntryFrame): Entry {
  const { key, kind, program } = frame;
  return {
    key,
    kind,
    program,
    member: body.m,
    legs: decodeLegs({ text: body.l, otherMembers: body.mm }, body.m),
    occurredAt: body.o,
    postedAt: body.p,
    bodyHash: body.h,
    explanation: {
      reason: body.x.w,
      ...(body.x.r === undefined ? {} : { rule: body.x.r }),
      ...(body.x.i === undefined ? {} : { inputs: body.x.i }),
    },
    ...(body.v === undefined ? {} : { delivery: body.v }),
  };
}

export function itemKeyOf(key: EntryKey): ItemKey {
  if (key.at === 'event') return entryKey(key.program, key.hash, key.part);
  const isKnown = key.part === holdSortKey || /^S#\d+$/.test(key.part);
  invariant(isKnown, 'A redemption entry is part 0 or S#k.');
  return { pk: redemptionPartition(key.redemption), sk: key.part };
}

/** An entry of an event. */
export function encodeEntry(entry: Entry): Image {
  invariant(entry.key.at === 'event', 'An event entry has an event key.');
  return toImage({ ...itemKeyOf(entry.key), k: entry.kind, ...encodeBody(entry) });
}

export function encodeHold(hold: Hold): Image {
  return toImage({
    pk: redemptionPartition(hold.redemption),
    sk: holdSortKey,
    k: hold.entry.kind,
    pr: hold.entry.program,
    ...encodeBody(hold.entry),
    rw: hold.rewardId,
    am: hold.amountMinor,
    cu: hold.currency,
    co: hold.country,
    u: hold.unit,
    n: hold.points,
    to: hold.sealedEmail,
  });
}

export function encodeSettlement({ entry, number, provider }: Settlement): Image {
  const { key } = entry;
  const isSame = key.at === 'redemption' && key.part === `${settlementPrefix}${number}`;
  invariant(isSame, 'A settlement is stored under its own number.');
  return toImage({
    ...itemKeyOf(key),
    k: entry.kind,
    pr: entry.program,
    ...encodeBody(entry),
    pv: provider,
  });
}

type RawImage = Readonly<Record<string, unknown>>;

/**
 * Reads an item with attribute `k`, from the table or from a stream record. Throws on any other.
 */
export function parseEntryItem(image: RawImage): LedgerItem {
  const { pk } = parseImage(z.object({ pk: z.string() }), { pk: image.pk }, 'entry');
  const redemption = readRedemptionPartition(pk);
  if (redemption === undefined) return { entry: parseEventEntry(image) };
  const { sk } = parseImage(z.object({ sk: z.string() }), { sk: image.sk }, 'entry');
  if (sk === holdSortKey) {
    const hold = parseHold(image, redemption);
    return { entry: hold.entry, hold };
  }
  const settlement = parseSettlement(image, redemption);
  return { entry: settlement.entry, settlement };
}

function parseEventEntry(image: RawImage): Entry {
  const body = parseImage(eventEntrySchema, image, 'entry');
  const place = readEventPartition(body.pk);
  if (place === undefined) throw new InvariantError('A stored entry has a key of another kind.');
  const key = { at: 'event', ...place, part: body.sk } as const;
  return decodeBody(body, { key, kind: body.k, program: place.program });
}

function parseHold(image: RawImage, redemption: string): Hold {
  const body = parseImage(holdSchema, image, 'hold');
  const key = { at: 'redemption', redemption, part: body.sk } as const;
  return {
    redemption,
    entry: decodeBody(body, { key, kind: body.k, program: body.pr }),
    rewardId: body.rw,
    amountMinor: body.am,
    currency: body.cu,
    country: body.co,
    unit: body.u,
    points: body.n,
    sealedEmail: body.to,
  };
}

function parseSettlement(image: RawImage, redemption: string): Settlement {
  const body = parseImage(settlementSchema, image, 'settlement');
  const key = { at: 'redemption', redemption, part: body.sk } as const;
  return {
    number: Number(body.sk.slice(settlementPrefix.length)),
    entry: decodeBody(body, { key, kind: body.k, program: body.pr }),
    provider: body.pv,
  };
}
