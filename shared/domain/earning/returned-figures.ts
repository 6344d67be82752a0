import type { AwardRecord, Entry } from '../ledger/entry.ts';
import type { BudgetDraw, FigureAdd } from '../member/decision.ts';
import type { Standing } from '../member/standing.ts';
import { smaller } from './fraction.ts';
import { isWhole, type Progress, taken } from './returned.ts';

/** Gives back what awards had used of caps and budgets, and what their event had added. */
export class ReturnedFigures {
  readonly budgets: BudgetDraw[] = [];
  readonly #standing: Standing;
  readonly #used = new Map<string, bigint>();

  constructor(standing: Standing) {
    this.#standing = standing;
  }

  /** `points`: what of the award the return takes. A time counts until all of it is returned. */
  giveBack(award: AwardRecord, points: bigint, progress: Progress): void {
    const { pointCounters = [], timeCounters = [], budgets = [] } = award;
    for (const key of pointCounters) this.#less(key, points);
    if (isWhole(progress)) for (const key of timeCounters) this.#less(key, 1n);
    for (const { budget, shard, points: drawn } of budgets) {
      const back = taken(drawn, progress);
      if (back > 0n) this.budgets.push({ budget, shard, points: -back });
    }
  }

  #less(key: string, points: bigint): void {
    this.#used.set(key, (this.#used.get(key) ?? 0n) + points);
  }

  /** Never below zero; figures of windows that are over are kept no longer. */
  counters(): FigureAdd[] {
    return [...this.#used].flatMap(([key, used]) => {
      const read = this.#standing.counters.get(key);
      return read === undefined || used === 0n ? [] : [{ key, add: -smaller(used, read), read }];
    });
  }

  /** In proportion to the event's own amount. */
  metrics({ metrics = [] }: Entry, progress: Progress): FigureAdd[] {
    return metrics.flatMap(([key, added]) => {
      const back = taken(added, progress);
      return back === 0n || !this.#standing.metrics.has(key) ? [] : [{ key, add: -back }];
    });
  }
}
