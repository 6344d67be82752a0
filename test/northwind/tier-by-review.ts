/** The bonus and the average spend a month, in cents, that it takes; the lowest takes nothing. */
const levels = [
  { percent: 100n, monthly: 0n },
  { percent: 125n, monthly: 50_000n },
  { percent: 150n, monthly: 125_000n },
  { percent: 175n, monthly: 250_000n },
];
const reviewedMonths = 3;
const graceMonths = 3;

/**
 * One member's tier. On the first of each month the three months before it are looked at: up at
 * once; down only on the day of the year when membership began, after a grace of three months.
 */
export class TierByReview {
  readonly #enrolledMonth: number;
  readonly #spent = new Map<number, bigint>();
  #rank = 0;
  /** The month whose first day ends it. */
  #graceUntil: number | undefined;
  #reviewed: number;

  /** `enrolled`: the first of a month. */
  constructor(enrolled: string) {
    this.#enrolledMonth = monthOf(enrolled);
    this.#reviewed = this.#enrolledMonth;
  }

  spend(date: string, cents: bigint): void {
    const month = monthOf(date);
    this.#spent.set(month, (this.#spent.get(month) ?? 0n) + cents);
  }

  /** Of orders on a day; days are asked for in their order. */
  percentOn(date: string): bigint {
    this.reviewBy(date);
    return levels[this.#rank]?.percent ?? 100n;
  }

  /** Looks at the figures as they are known by now on every first of a month up to the day. */
  reviewBy(date: string): void {
    while (this.#reviewed < monthOf(date)) {
      this.#reviewed += 1;
      this.#review(this.#reviewed);
    }
  }

  #review(month: number): void {
    const earned = levels.findLastIndex(({ monthly }) => this.#reaches(month, monthly));
    if (earned > this.#rank) {
      this.#rank = earned;
      this.#graceUntil = undefined;
      return;
    }
    const isAnniversary = (month - this.#enrolledMonth) % 12 === 0;
    if (this.#rank === 0 || (!isAnniversary && month !== this.#graceUntil)) return;
    if (earned === this.#rank) this.#graceUntil = undefined;
    else if (this.#graceUntil === undefined) this.#graceUntil = month + graceMonths;
    else if (this.#graceUntil <= month) {
      this.#rank = earned;
      this.#graceUntil = undefined;
    }
  }

  #reaches(month: number, monthly: bigint): boolean {
    let sum = 0n;
    for (let before = 1; before <= reviewedMonths; before += 1) {
      sum += this.#spent.get(month - before) ?? 0n;
    }
    return sum >= monthly * BigInt(reviewedMonths);
  }
}

/** Months since the year zero. */
function monthOf(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}
