import type { BalanceOwner } from '../../domain/points/balance-change.ts';
import { systemDigest } from '../crypto.ts';
import { type ItemKey, part } from './schema.ts';

/*
 * | who asks        | what                           | operation     | pk           | sk          |
 * |-----------------|--------------------------------|---------------|--------------|-------------|
 * | payout run      | the newest payout of a wallet  | Get; Transact | p#Y#member   | W#unit      |
 * | payout run, API | a member's choice of a rail    | Get; Put      | p#Y#member   | CHOICE      |
 * | payout run      | a run, once                    | Get; Put      | p#YR         | run         |
 * | payout run      | what it made of each wallet    | Put; Query    | p#YL#run#00  | member#unit |
 *
 * The lines of a run lie in 16 shards: it writes faster than one partition takes.
 */

interface MemberOf {
  readonly program: string;
  readonly member: string;
}

function payoutPartition({ program, member }: MemberOf): string {
  return `${part(program)}#Y#${part(member)}`;
}

export function walletKey(wallet: BalanceOwner): ItemKey {
  return { pk: payoutPartition(wallet), sk: `W#${wallet.unit}` };
}

export function payoutChoiceKey(owner: MemberOf): ItemKey {
  return { pk: payoutPartition(owner), sk: 'CHOICE' };
}

export function payoutRunKey(program: string, run: string): ItemKey {
  return { pk: `${part(program)}#YR`, sk: run };
}

const lineShards = 16;

/** Every partition in which a run has lines. */
export function payoutLinePartitions(program: string, run: string): string[] {
  return Array.from({ length: lineShards }, (_, shard) => linePartition({ program, run }, shard));
}

export function payoutLineKey(line: BalanceOwner & { readonly run: string }): ItemKey {
  const digest = systemDigest.sha256Hex(line.member);
  const shard = Number.parseInt(digest.slice(0, 8), 16) % lineShards;
  return { pk: linePartition(line, shard), sk: `${part(line.member)}#${line.unit}` };
}

function linePartition(of: { readonly program: string; readonly run: string }, shard: number) {
  return `${part(of.program)}#YL#${part(of.run)}#${shard.toString().padStart(2, '0')}`;
}
