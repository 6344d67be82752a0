import type { AwardRecord, Entry } from '../../ledger/entry.ts';
import type { BudgetDraw, FigureAdd } from '../../member/decision.ts';
import type { Standing } from '../../member/standing.ts';
import { larger, shareOf, smaller } from '../fraction.ts';
import { isWhole, type Progress, taken } from './progress.ts';

export interface ReturnedMetrics {
  /** In the order of the entry's metrics. */
  readonly returned: readonly bigint[];
  /** What the return counts for a metric that looks at lines; `undefined` for all others. */
  readonly counted: (key: string) => bigint | undefined;
}

/** Gives back what awards had used of caps and budgets, and what their event had added. */
export class FiguresBack {
  readonly budgets: BudgetDraw[] = [];
  readonly lowered: FigureAdd[] = [];
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

  /**
   * In proportion to the event's own amount; of what counts certain lines only, by the same lines
   * of the return. `returned` is how much of each has come back before; tells it anew.
   */
  metrics(entry: Entry, whole: Progress, { returned, counted }: ReturnedMetrics): bigint[] {
    return (entry.metrics ?? []).map(([key, added], index) => {
      const before = returned[index] ?? 0n;
      const byLines = counted(key);
      const after = smaller(
        added,
        byLines === undefined || whole.after >= whole.all
          ? larger(before, shareOf(added, whole.after, whole.all))
          : before + byLines,
      );
      const isKept = this.#standing.metrics.has(key);
      if (isKept && after > before) this.lowered.push({ key, add: before - after });
      return after;
    });
  }
}
