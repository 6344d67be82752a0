import * as z from 'zod/mini';
import {
  type Entry,
  type EntryKey,
  type EntryKind,
  entryKinds,
} from '../../domain/ledger/entry.ts';
import { type Fields, instantField } from './attributes.ts';
import { decodeAdds, decodeAwards, encodeAdds, encodeAwards } from './award-codec.ts';
import { decodeExchanges, encodeExchanges } from './exchange-codec.ts';
import { decodeLegs, encodeLegs } from './leg-codec.ts';
import { MemberNumbers } from './member-numbers.ts';

/*
 * Attributes of an entry's body: m member, mm other members, l legs, o occurred at, p posted at
 * (epoch ms), h body hash, x explanation (w reason, r rule, i inputs), vn the version that judged,
 * ea what the event was worth and ec in which currency, a awards, ex exchanges, e metrics, nm new
 * members by number, v delivery.
 */

export const entryKindSchema = z.enum(entryKinds);

const amountField = z.optional(z.bigint());

export const entryBodyShape = {
  m: z.string(),
  mm: z._default(z.array(z.string()), []),
  l: z._default(z.string(), ''),
  o: instantField,
  p: instantField,
  h: z.string(),
  x: z.object({
    w: z.string(),
    r: z.optional(z.string()),
    i: z.optional(z.record(z.string(), z.string())),
  }),
  vn: z.optional(instantField),
  ea: amountField,
  ec: z.optional(z.string()),
  a: z.optional(z.string()),
  ex: z.optional(z.string()),
  e: z.optional(z.string()),
  nm: z.optional(z.string()),
  v: z.optional(z.string()),
};

const bodySchema = z.object(entryBodyShape);

/** The fields of an entry without its key, kind and program; history rows hold them too. */
export function encodeBody(entry: Entry): Fields {
  const { awards = [], exchanges = [], metrics = [], newMembers = [] } = entry;
  const { reason, rule, inputs, version } = entry.explanation;
  const members = new MemberNumbers(entry.member);
  const texts = {
    l: encodeLegs(entry.legs, members) || undefined,
    a: encodeAwards(awards, members) || undefined,
    ex: encodeExchanges(exchanges) || undefined,
    e: encodeAdds(metrics) || undefined,
    nm: newMembers.map((member) => members.numberOf(member)).join(',') || undefined,
  };
  return {
    m: entry.member,
    mm: members.others.length === 0 ? undefined : members.others,
    ...texts,
    o: entry.occurredAt,
    p: entry.postedAt,
    h: entry.bodyHash,
    x: { w: reason, r: rule, i: inputs },
    vn: version,
    ea: entry.amountMinor,
    ec: entry.currency,
    v: entry.delivery,
  };
}

interface EntryFrame {
  readonly key: EntryKey;
  readonly kind: EntryKind;
  readonly program: string;
}

export function decodeBody(body: z.output<typeof bodySchema>, frame: EntryFrame): Entry {
  const { key, kind, program } = frame;
  const { r: rule, i: inputs, w: reason } = body.x;
  const members = new MemberNumbers(body.m, body.mm);
  const newMembers = body.nm?.split(',').map((number) => members.memberAt(Number(number)));
  return {
    key,
    kind,
    program,
    member: body.m,
    legs: decodeLegs(body.l, members),
    occurredAt: body.o,
    postedAt: body.p,
    bodyHash: body.h,
    explanation: {
      reason,
      ...(rule !== undefined && { rule }),
      ...(body.vn !== undefined && { version: body.vn }),
      ...(inputs !== undefined && { inputs }),
    },
    ...(body.ea !== undefined && { amountMinor: body.ea }),
    ...(body.ec !== undefined && { currency: body.ec }),
    ...(body.ex !== undefined && { exchanges: decodeExchanges(body.ex) }),
    ...(body.a !== undefined && { awards: decodeAwards(body.a, members) }),
    ...(body.e !== undefined && { metrics: decodeAdds(body.e) }),
    ...(newMembers && { newMembers }),
    ...(body.v !== undefined && { delivery: body.v }),
  };
}
