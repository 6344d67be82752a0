import * as z from 'zod/mini';
import type { LotKey } from '../../domain/ledger/entry.ts';
import { type Balance, emptyBalance } from '../../domain/points/balance.ts';
import type { BalanceChange, BalanceOwner } from '../../domain/points/balance-change.ts';
import { InvariantError } from '../../domain/result.ts';
import { type Image, parseImage } from './attributes.ts';
import { absentOrBefore, allOf, amountIs, amountIsAtLeast, type Condition } from './condition.ts';
import { balanceKey, balancePrefix, readMemberPartition } from './schema.ts';
import type { Transaction } from './transact.ts';

/*
 * Attributes of a balance: x270131 points of the lot of that date, d debt, rv redeem version, lv
 * lots opened, xe the last expired lot. A lot that was emptied stays as a zero: removing it would
 * need a condition that refuses concurrent credits. Expiry removes it with its date.
 */

const lotAttribute = /^x(\d{6})$/;

const balanceSchema = z.looseObject({
  pk: z.string(),
  sk: z.string().check(z.startsWith(balancePrefix)),
  d: z._default(z.bigint(), 0n),
  rv: z._default(z.bigint(), 0n),
  lv: z._default(z.bigint(), 0n),
  xe: z.optional(z.string().check(z.regex(/^\d{6}$/))),
});

const lotPoints = z.bigint().check(z.nonnegative());

export function parseBalance(image: Image | undefined): Balance {
  return image === undefined ? emptyBalance : parseOwnedBalance(image).balance;
}

export function parseOwnedBalance(image: Image): BalanceOwner & { readonly balance: Balance } {
  const { pk, sk, d, rv, lv, xe, ...rest } = parseImage(balanceSchema, image, 'balance');
  const owner = readMemberPartition(pk);
  if (owner === undefined) throw new InvariantError('A stored balance has a key of another kind.');
  const lots = new Map<LotKey, bigint>();
  for (const [attribute, value] of Object.entries(rest)) {
    const [, lot] = lotAttribute.exec(attribute) ?? [];
    if (lot !== undefined) lots.set(lot as LotKey, z.parse(lotPoints, value));
  }
  const expired = xe === undefined ? {} : { expiredThrough: xe as LotKey };
  const balance = { lots, debt: d, redeemVersion: rv, lotsOpened: lv, ...expired };
  return { ...owner, unit: sk.slice(balancePrefix.length), balance };
}

function lotName(lot: LotKey): string {
  return `x${lot}`;
}

/** The guards as one condition. Whatever is taken must be there, also where no guard says so. */
function conditionOf({ lots, guards }: BalanceChange): Condition {
  const { debt, notExpiredThrough, lotAtLeast, lotExactly, lotsOpened, redeemVersion } = guards;
  const least = new Map<LotKey, bigint>();
  for (const [lot, amount] of lots) if (amount < 0n) least.set(lot, -amount);
  for (const [lot, amount] of lotAtLeast ?? []) {
    const other = least.get(lot) ?? 0n;
    if (amount > 0n) least.set(lot, amount > other ? amount : other);
  }
  return allOf([
    amountIs('d', debt),
    ...(notExpiredThrough === undefined ? [] : [absentOrBefore('xe', notExpiredThrough)]),
    ...[...least].map(([lot, amount]) => amountIsAtLeast(lotName(lot), amount)),
    ...[...(lotExactly ?? [])].map(([lot, amount]) => amountIs(lotName(lot), amount)),
    ...(lotsOpened === undefined ? [] : [amountIs('lv', lotsOpened)]),
    ...(redeemVersion === undefined ? [] : [amountIs('rv', redeemVersion)]),
  ]);
}

/** Adds the change to a transaction as the part `balance`. */
export function changeBalance(transaction: Transaction, change: BalanceChange): void {
  const amounts = new Map<string, bigint>();
  for (const [lot, amount] of change.lots) if (amount !== 0n) amounts.set(lotName(lot), amount);
  if (change.debt !== 0n) amounts.set('d', change.debt);
  if (change.opensLot === true) amounts.set('lv', 1n);
  if (change.guards.redeemVersion !== undefined) amounts.set('rv', 1n);
  const condition = conditionOf(change);
  if (amounts.size === 0) transaction.check('balance', balanceKey(change), condition);
  else transaction.add('balance', balanceKey(change), { amounts, condition });
}
