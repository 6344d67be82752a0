import * as z from 'zod/mini';
import type { LotKey } from '../../domain/ledger/entry.ts';
import type { FollowUp } from '../../domain/ledger/follow-up.ts';
import { type Image, parseImage, toImage, wholeNumber } from './attributes.ts';
import { amountIs } from './condition.ts';
import { followUpKey } from './schema.ts';
import type { Transaction } from './transact.ts';

/*
 * Attributes of a follow-up: n version, r returned of the event's amount, b returned of each
 * award's basis, p what became of pending points, l where they went: `0:270501` by award.
 */

const part = z.bigint().check(z.nonnegative());
const pendingStates = { a: 'activated', f: 'forfeited' } as const;

const followUpSchema = z.object({
  n: wholeNumber,
  r: z._default(part, 0n),
  b: z._default(z.array(part), []),
  p: z.optional(z.enum(['a', 'f'])),
  l: z._default(z.array(z.string().check(z.regex(/^\d{1,3}:\d{6}$/))), []),
});

export function parseFollowUp(image: Image): FollowUp {
  const { n, r, b, p, l } = parseImage(followUpSchema, image, 'follow-up');
  const pending = p === undefined ? {} : { pending: pendingStates[p] };
  const lots = l.map((text) => {
    const [place, lot] = text.split(':');
    return [Number(place), lot as LotKey] as const;
  });
  const activated = lots.length === 0 ? {} : { activatedLots: new Map(lots) };
  return { version: n, returnedMinor: r, returnedBases: b, ...pending, ...activated };
}

/** Puts what has followed, if it still is the version before. An absent row counts as zero. */
export function putFollowUp(
  transaction: Transaction,
  program: string,
  { original, next }: { readonly original: string; readonly next: FollowUp },
): void {
  const { version, returnedMinor, returnedBases, pending, activatedLots } = next;
  const item = toImage({
    ...followUpKey(program, original),
    n: version,
    r: returnedMinor === 0n ? undefined : returnedMinor,
    b: returnedBases.length === 0 ? undefined : returnedBases,
    p: pending?.slice(0, 1),
    l: activatedLots && [...activatedLots].map(([place, lot]) => `${place}:${lot}`),
  });
  transaction.put(`followUp ${original}`, item, amountIs('n', BigInt(version - 1)));
}
