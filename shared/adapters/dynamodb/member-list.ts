import { systemDigest } from '../crypto.ts';
import { queryItems } from './item-read.ts';
import { type ItemKey, memberListPartition, memberListShards } from './schema.ts';
import type { Table } from './table.ts';

/** The place of a member in the list. */
export function listedMemberKey(program: string, member: string): ItemKey {
  return { pk: memberListPartition(program, shardOf(member)), sk: member };
}

function shardOf(member: string): number {
  const digest = systemDigest.sha256Hex(member);
  return Number.parseInt(digest.slice(0, 8), 16) % memberListShards;
}

/** The members of a program, shard by shard, in the order of their names; behind `after`. */
export async function* membersBehind(
  table: Table,
  program: string,
  after: string | undefined,
): AsyncGenerator<string> {
  let startAfter = after;
  const first = after === undefined ? 0 : shardOf(after);
  for (let shard = first; shard < memberListShards; shard += 1) {
    const query = { pk: memberListPartition(program, shard), consistent: false };
    const behind = { ...query, ...(startAfter !== undefined && { startAfter }) };
    for await (const image of queryItems(table, behind)) yield image.sk?.S ?? '';
    startAfter = undefined;
  }
}
