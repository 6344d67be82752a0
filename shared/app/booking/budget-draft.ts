import type { AwardRecord } from '../../domain/ledger/entry.ts';
import type { BudgetDraw } from '../../domain/member/decision.ts';
import { invariant } from '../../domain/result.ts';
import type { ShardDraw } from '../../ports/ledger.ts';

interface Budget {
  readonly id: string;
  readonly points: number;
  readonly shards: number;
}

interface Shard {
  readonly limit: bigint;
  used: bigint;
  drawn: bigint;
}

/**
 * Hard budgets as a posting leaves them. A budget lies in shards, so that many postings can draw
 * from it at once; each posting begins at a shard of its own and goes on to the others.
 */
export class BudgetDraft {
  readonly #shards: ReadonlyMap<string, readonly Shard[]>;

  constructor(budgets: readonly Budget[], used: ReadonlyMap<string, readonly bigint[]>) {
    this.#shards = new Map(
      budgets.map(({ id, points, shards }) => [
        id,
        Array.from({ length: shards }, (_, index) => ({
          limit: shareOf(BigInt(points), shards, index),
          used: used.get(id)?.[index] ?? 0n,
          drawn: 0n,
        })),
      ]),
    );
  }

  left(): ReadonlyMap<string, bigint> {
    return new Map(
      [...this.#shards].map(([id, shards]) => [
        id,
        shards.reduce((sum, { limit, used }) => sum + limit - used, 0n),
      ]),
    );
  }

  /** Draws for the awards that name a budget, and tells each which shards gave what. */
  draw(
    awards: readonly AwardRecord[],
    draws: readonly BudgetDraw[],
    hash: string,
  ): readonly AwardRecord[] {
    const byAward = new Map<number, AwardRecord['budgets']>();
    for (const { budget, points, award } of draws) {
      const taken = this.#take(budget, points, hash);
      byAward.set(award ?? 0, [...(byAward.get(award ?? 0) ?? []), ...taken]);
    }
    return awards.map((award, index) => {
      const budgets = byAward.get(index);
      return budgets === undefined ? award : { ...award, budgets };
    });
  }

  giveBack({ budget, points, shard = 0 }: BudgetDraw): void {
    const from = this.#shards.get(budget)?.[shard];
    // A budget that a later version no longer has takes nothing back.
    if (from === undefined) return;
    from.used += points;
    from.drawn += points;
  }

  #take(budget: string, points: bigint, hash: string): NonNullable<AwardRecord['budgets']> {
    const shards = this.#shards.get(budget) ?? [];
    const first = startAt(hash, shards.length);
    const taken: { budget: string; shard: number; points: bigint }[] = [];
    let wanted = points;
    for (let step = 0; step < shards.length && wanted > 0n; step += 1) {
      const index = (first + step) % shards.length;
      const shard = shards[index];
      if (shard === undefined || shard.used >= shard.limit) continue;
      const free = shard.limit - shard.used;
      const part = free < wanted ? free : wanted;
      shard.used += part;
      shard.drawn += part;
      wanted -= part;
      taken.push({ budget, shard: index, points: part });
    }
    invariant(wanted === 0n, `Budget ${budget} gave more than it has left.`);
    return taken;
  }

  draws(): ShardDraw[] {
    return [...this.#shards].flatMap(([budget, shards]) =>
      shards.flatMap(({ limit, drawn }, shard) =>
        drawn === 0n ? [] : [{ budget, shard, points: drawn, limit }],
      ),
    );
  }
}

/** Equal shares; the first shards take what is over. */
function shareOf(points: bigint, shards: number, index: number): bigint {
  const count = BigInt(shards);
  return points / count + (BigInt(index) < points % count ? 1n : 0n);
}

function startAt(hash: string, shards: number): number {
  let sum = 0;
  for (const character of hash) sum = (sum * 31 + character.charCodeAt(0)) % 65_521;
  return shards === 0 ? 0 : sum % shards;
}
