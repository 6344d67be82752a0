import * as z from 'zod/mini';
import type { Entry, EntryKey } from '../../domain/ledger/entry.ts';
import { InvariantError, invariant } from '../../domain/result.ts';
import type { CashPayment, Hold, LedgerItem, Settlement } from '../../ports/stores.ts';
import { type Image, parseImage, toImage } from './attributes.ts';
import { decodeBody, encodeBody, entryBodyShape, entryKindSchema } from './entry-body.ts';
import {
  entryKey,
  holdSortKey,
  type ItemKey,
  paymentSortKey,
  readEventPartition,
  readRedemptionPartition,
  redemptionPartition,
  settlementPrefix,
} from './schema.ts';
import { decodeTerms, encodeTerms, termsBefore, termsField } from './terms-codec.ts';

/*
 * Attributes of an entry: k kind, and those of its body (entry-body.ts). On a redemption also pr
 * program; on a hold rw reward, am and cu amount, co country, u unit, n points, to and ad sealed
 * addresses, py sealed payee, t terms (terms-codec.ts); on a settlement pv provider; on a payment
 * pn its name.
 */

const keyShape = { pk: z.string(), sk: z.string(), k: entryKindSchema };
const eventEntrySchema = z.object({ ...entryBodyShape, ...keyShape, sk: z.enum(['0', 'A']) });
const redemptionEntryShape = { ...entryBodyShape, ...keyShape, pr: z.string() };
const holdSchema = z.object({
  ...redemptionEntryShape,
  rw: z.string(),
  am: z.bigint(),
  cu: z.string(),
  co: z.string(),
  u: z.string(),
  n: z.bigint(),
  to: z.string(),
  ad: z.optional(z.string()),
  py: z.optional(z.string()),
  t: z.optional(termsField),
});
const settlementSchema = z.object({ ...redemptionEntryShape, pv: z.string() });
const paymentSchema = z.object({ ...redemptionEntryShape, pn: z.string() });
const otherSchema = z.object(redemptionEntryShape);

/** A hold, settlement k, what undoes it, the cost of attempt n that came too late, a payment. */
const redemptionParts = /^(?:0|S#\d+|REOPEN#\d+|L#\d{3}|PAY)$/;

export function itemKeyOf(key: EntryKey): ItemKey {
  if (key.at === 'event') return entryKey(key.program, key.hash, key.part);
  invariant(redemptionParts.test(key.part), 'An entry of a redemption has a part that is known.');
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
    ad: hold.sealedAddress,
    py: hold.sealedPayee,
    t: encodeTerms(hold.terms),
  });
}

/** A reopening, or the cost of a reward that came too late. */
export function encodeRedemptionEntry(entry: Entry): Image {
  return toImage({
    ...itemKeyOf(entry.key),
    k: entry.kind,
    pr: entry.program,
    ...encodeBody(entry),
  });
}

export function encodePayment({ entry, paymentId }: CashPayment): Image {
  return { ...encodeRedemptionEntry(entry), ...toImage({ pn: paymentId }) };
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
  if (sk.startsWith(settlementPrefix)) {
    const settlement = parseSettlement(image, redemption);
    return { entry: settlement.entry, settlement };
  }
  if (sk === paymentSortKey) {
    const { pn: paymentId } = parseImage(paymentSchema, image, 'payment');
    const entry = parseOther(image, redemption);
    return { entry, payment: { entry, paymentId } };
  }
  return { entry: parseOther(image, redemption) };
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
  const terms = body.t === undefined ? termsBefore(body.rw, body.o) : decodeTerms(body.t);
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
    ...(body.ad !== undefined && { sealedAddress: body.ad }),
    ...(body.py !== undefined && { sealedPayee: body.py }),
    terms,
  };
}

function parseOther(image: RawImage, redemption: string): Entry {
  const body = parseImage(otherSchema, image, 'entry of a redemption');
  const key = { at: 'redemption', redemption, part: body.sk } as const;
  invariant(redemptionParts.test(body.sk), 'A stored entry has a part that is not known.');
  return decodeBody(body, { key, kind: body.k, program: body.pr });
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
