import type { BalanceOwner } from '../../domain/points/balance-change.ts';
import { type ItemKey, part } from './schema.ts';

/*
 * | who asks    | what                           | operation     | pk         | sk      |
 * |-------------|--------------------------------|---------------|------------|---------|
 * | payout run  | the newest payout of a wallet  | Get; Transact | p#Y#member | W#unit  |
 */

export function walletKey({ program, member, unit }: BalanceOwner): ItemKey {
  return { pk: `${part(program)}#Y#${part(member)}`, sk: `W#${unit}` };
}
