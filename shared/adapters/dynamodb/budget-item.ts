import * as z from 'zod/mini';
import type { ShardDraw } from '../../ports/ledger.ts';
import { type Image, parseImage } from './attributes.ts';
import { amountIsAtLeast, amountIsAtMost } from './condition.ts';
import { budgetShardKey } from './schema.ts';
import type { Transaction } from './transact.ts';

/* Attribute of a budget's shard: us points drawn from it so far. */

const shardSchema = z.object({ us: z.bigint().check(z.nonnegative()) });

/** A shard that nothing was drawn from is not stored. */
export function parseShard(image: Image | undefined): bigint {
  return image === undefined ? 0n : parseImage(shardSchema, image, 'budget').us;
}

/** Draws while the shard's limit covers it, or gives back what was drawn. */
export function drawBudget(transaction: Transaction, program: string, draw: ShardDraw): void {
  const { budget, shard, points, limit } = draw;
  const key = budgetShardKey(program, budget, shard);
  const isDrawn = points >= 0n;
  const condition = isDrawn ? amountIsAtMost('us', limit - points) : amountIsAtLeast('us', -points);
  const changes = { add: new Map([['us', points]]), set: new Map(), remove: [] };
  transaction.update(`budget ${key.pk} ${key.sk}`, key, { changes, condition });
}
