import type { BalanceOwner } from '../../domain/points/balance-change.ts';
import { systemDigest } from '../crypto.ts';
import { type ItemKey, part, unescaped } from './schema.ts';

/*
 * | who asks        | what                           | operation     | pk           | sk          |
 * |-----------------|--------------------------------|---------------|--------------|-------------|
 * | payout run      | the newest payout of a wallet  | Get; Transact | p#Y#member   | W#unit      |
 * | payout run, API | a member's choice of a rail    | Get; Put      | p#Y#member   | CHOICE      |
 * | payout run      | everybody, behind a member     | Query         | p#N#shard    | member      |
 * | payout run      | a run, once; how far it is     | Get; Put      | p#YR         | run         |
 * | payout run      | what it made of each wallet    | Put; Query    | p#YL#run#00  | member#unit |
 *
 * The lines of a run lie in 16 shards: it writes faster than one partition takes.
 * The reader `relay` hears of a choice by its sort key and its rail; members, and runs, may be
 * called CHOICE too.
 */

interface MemberOf {
  readonly program: string;
  readonly member: string;
}

function payoutPartition({ program, member }: MemberOf): string {
  return `${part(program)}#Y#${part(member)}`;
}

/** Whose partition it is; `undefined` for one of anything else. */
export function readPayoutPartition(pk: string): MemberOf | undefined {
  const [program, kind, member, ...rest] = pk.split('#');
  if (program === undefined || kind !== 'Y' || member === undefined || rest.length > 0) {
    return undefined;
  }
  return { program: unescaped(program), member: unescaped(member) };
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
  // The other end of the digest: a run meets members by the shards of their list, one at a time.
  const shard = Number.parseInt(digest.slice(-8), 16) % lineShards;
  return { pk: linePartition(line, shard), sk: `${part(line.member)}#${line.unit}` };
}

function linePartition(of: { readonly program: string; readonly run: string }, shard: number) {
  return `${part(of.program)}#YL#${part(of.run)}#${shard.toString().padStart(2, '0')}`;
}
