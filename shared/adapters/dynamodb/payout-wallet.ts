import * as z from 'zod/mini';
import type { BalanceOwner } from '../../domain/points/balance-change.ts';
import type { Hold } from '../../ports/stores.ts';
import { parseImage, toImage } from './attributes.ts';
import { isExactly, itemAbsent } from './condition.ts';
import { getItem } from './item-read.ts';
import { walletKey } from './payout-keys.ts';
import type { Table } from './table.ts';
import type { Transaction } from './transact.ts';

/** Attribute r: the newest payout of the wallet. */
const walletSchema = z.object({ r: z.string() });

/** The hold becomes the newest payout of its wallet, where that is still the one that was read. */
export function putWallet(
  transaction: Transaction,
  { entry: { program, member }, redemption, unit }: Hold,
  lastPayout: string | undefined,
): void {
  const item = toImage({ ...walletKey({ program, member, unit }), r: redemption });
  const condition = lastPayout === undefined ? itemAbsent : isExactly('r', lastPayout);
  transaction.put('wallet', item, condition);
}

export async function readLastPayout(
  table: Table,
  wallet: BalanceOwner,
): Promise<string | undefined> {
  const item = await getItem(table, walletKey(wallet));
  return item && parseImage(walletSchema, item, 'wallet').r;
}
