/** Mean and greatest number of billed write units an operation took. */
export interface UnitFigures {
  readonly mean: number;
  readonly max: number;
}

/** Collects what the functions' write-unit meters report. */
export class WriteUnits {
  readonly #perOperation = new Map<string, Spread>();
  readonly #perRedemption = new Map<string, number>();
  readonly #heldHere = new Set<string>();

  /** One JSON line of a function; lines of other kinds are passed over. */
  add(record: Readonly<Record<string, unknown>>): void {
    if (record.metric !== 'writeUnits') return;
    const { operation, units, count, subject } = record;
    if (typeof operation !== 'string' || typeof units !== 'number') return;
    // Projections are told apart: what a redemption costs is its write path.
    if (typeof subject === 'string' && operation !== 'projection') {
      this.#perRedemption.set(subject, (this.#perRedemption.get(subject) ?? 0) + units);
      if (operation === 'redeem') this.#heldHere.add(subject);
    }
    const spread = this.#perOperation.get(operation) ?? new Spread();
    spread.add(units, typeof count === 'number' ? count : 1);
    this.#perOperation.set(operation, spread);
  }

  /**
   * `outcomes` sorts redemptions into captured and released; only those seen from their hold on
   * count: of one that an earlier run held, a part of the units is missing.
   */
  figures(
    outcomes: ReadonlyMap<string, 'pending' | 'captured' | 'released'>,
  ): Record<string, UnitFigures> {
    const captured = new Spread();
    const released = new Spread();
    for (const [redemption, units] of this.#perRedemption) {
      if (!this.#heldHere.has(redemption)) continue;
      const outcome = outcomes.get(redemption);
      if (outcome === 'captured') captured.add(units, 1);
      if (outcome === 'released') released.add(units, 1);
    }
    const of = (operation: string) => (this.#perOperation.get(operation) ?? new Spread()).figures();
    return {
      earn: of('earn'),
      followUp: of('followUp'),
      redeemCaptured: captured.figures(),
      redeemReleased: released.figures(),
      duplicate: of('duplicate'),
      projection: of('projection'),
    };
  }
}

class Spread {
  #units = 0;
  #count = 0;
  #max = 0;

  /** A count of zero: an attempt that changed nothing, whose units the operations share. */
  add(units: number, count: number): void {
    this.#units += units;
    this.#count += count;
    if (count > 0) this.#max = Math.max(this.#max, units / count);
  }

  figures(): UnitFigures {
    const mean = this.#count === 0 ? 0 : this.#units / this.#count;
    return { mean: round(mean), max: round(this.#max) };
  }
}

function round(units: number): number {
  return Math.round(units * 100) / 100;
}
