import * as z from 'zod/mini';
import type { LotKey } from '../../domain/ledger/entry.ts';
import { type Balance, emptyBalance } from '../../domain/points/balance.ts';
import type { BalanceOwner } from '../../domain/points/balance-change.ts';
import { InvariantError } from '../../domain/result.ts';
import { type Image, parseImage } from './attributes.ts';
import { longDay, shortDay } from './leg-codec.ts';
import { balancePrefix, readMemberPartition } from './schema.ts';
import { decodeTier } from './tier-text.ts';

/*
 * Attributes of a balance: x270131 points of the lot of that date (x2702 on the first of a month),
 * v270131 points that vest on it, pn points that wait for an event, d debt, rv redeem version, lv
 * lots opened, xe the last expired lot, iu active until, wl warned through, t tier and tv its
 * version; then by the keys of member/figure-key.ts c counters, m metrics, k cooldowns (epoch
 * seconds). A lot that was emptied stays as a zero: removing it at once would need a condition that
 * refuses concurrent credits.
 */

export const attributeOf = {
  lot: (lot: LotKey) => `x${shortDay(lot)}`,
  vesting: (day: LotKey) => `v${shortDay(day)}`,
  counter: (key: string) => `c${key}`,
  metric: (key: string) => `m${key}`,
  cooldown: (key: string) => `k${key}`,
} as const;

const dayAttribute = /^([xv])(\d{6}|\d{4})$/;
/** Keys have four letters at least: no name above is as long. */
const figureAttribute = /^([cmk])([A-Za-z0-9.]{4,})$/;

const lotKey = z.optional(z.string().check(z.regex(/^\d{6}$/)));
const amount = z._default(z.bigint().check(z.nonnegative()), 0n);

const balanceSchema = z.looseObject({
  pk: z.string(),
  sk: z.string().check(z.startsWith(balancePrefix)),
  d: amount,
  pn: amount,
  rv: amount,
  lv: amount,
  xe: lotKey,
  iu: lotKey,
  wl: lotKey,
  t: z.optional(z.string()),
  tv: z._default(z.bigint(), 0n),
});

const dayPoints = z.bigint().check(z.nonnegative());

export function parseBalance(image: Image | undefined): Balance {
  return image === undefined ? emptyBalance : parseOwnedBalance(image).balance;
}

export function parseOwnedBalance(image: Image): BalanceOwner & { readonly balance: Balance } {
  const stored = parseImage(balanceSchema, image, 'balance');
  const { pk, sk, d, pn, rv, lv, xe, iu, wl, t, tv, ...rest } = stored;
  const owner = readMemberPartition(pk);
  if (owner === undefined) throw new InvariantError('A stored balance has a key of another kind.');
  const { lots, vesting, ...figures } = byKind(rest);
  const tier = t === undefined ? {} : { tier: decodeTier(t, tv) };
  const balance: Balance = {
    ...{ lots, vesting, debt: d, pending: pn, redeemVersion: rv, lotsOpened: lv },
    ...(xe !== undefined && { expiredThrough: xe as LotKey }),
    ...(iu !== undefined && { activeUntil: iu as LotKey }),
    ...(wl !== undefined && { warnedThrough: wl as LotKey }),
    standing: { ...figures, ...tier },
  };
  return { ...owner, unit: sk.slice(balancePrefix.length), balance };
}

function byKind(attributes: Readonly<Record<string, unknown>>) {
  const days = { x: new Map<LotKey, bigint>(), v: new Map<LotKey, bigint>() };
  const figures = {
    ...{ c: new Map<string, bigint>(), m: new Map<string, bigint>(), k: new Map<string, bigint>() },
  };
  for (const [attribute, value] of Object.entries(attributes)) {
    const [, of, day] = dayAttribute.exec(attribute) ?? [];
    if (day !== undefined) days[of as 'x' | 'v'].set(longDay(day), z.parse(dayPoints, value));
    const [, kind, key] = figureAttribute.exec(attribute) ?? [];
    if (key !== undefined) figures[kind as 'c' | 'm' | 'k'].set(key, z.parse(z.bigint(), value));
  }
  const { c: counters, m: metrics, k: cooldowns } = figures;
  return { lots: days.x, vesting: days.v, counters, metrics, cooldowns };
}
