import type { Entry } from '../../../shared/domain/ledger/entry.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';

/** What kept a rule from giving all that it would have given. */
export type LimitKind = 'CAP_REACHED' | 'CAP_CUT' | 'COOLDOWN' | 'BUDGET_SHORT';

export interface LimitCount {
  readonly limit: LimitKind;
  /** The cap, the budget, or the rule that cools down. */
  readonly id: string;
  count: number;
}

/** Why entries moved what they moved, and which limits were met. */
export class ReasonCounts {
  readonly reasons = new Map<string, number>();
  readonly #limits = new Map<string, LimitCount>();
  readonly #caps: ReadonlySet<string>;

  constructor({ earning }: Program) {
    this.#caps = new Set(earning.caps.map(({ id }) => id));
  }

  add({ kind, explanation, awards = [] }: Entry): void {
    const { reason, inputs = {} } = explanation;
    const named = `${kind} ${reason}`;
    this.reasons.set(named, (this.reasons.get(named) ?? 0) + 1);
    for (const { arithmetic } of awards) this.#read(arithmetic);
    for (const [rule, note] of Object.entries(inputs)) this.#note(rule, note);
  }

  /** By kind, then by name. */
  limits(): LimitCount[] {
    return [...this.#limits]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, count]) => count);
  }

  #note(rule: string, note: string): void {
    const [what, cap = ''] = note.split(' ');
    if (what === 'CAP_REACHED') this.#met('CAP_REACHED', cap);
    else if (what === 'COOLDOWN') this.#met('COOLDOWN', rule);
    else if (what === 'NO_POINTS') this.#read(note);
  }

  /** Arithmetic ends with the cap that cut an award, and names budgets that fell short. */
  #read(arithmetic: string): void {
    const cut = / ([^ =]+)=\d+$/.exec(arithmetic)?.[1];
    if (cut !== undefined && this.#caps.has(cut)) this.#met('CAP_CUT', cut);
    for (const [, budget = ''] of arithmetic.matchAll(/ budget (\S+) left=/g)) {
      this.#met('BUDGET_SHORT', budget);
    }
  }

  #met(limit: LimitKind, id: string): void {
    const key = `${limit} ${id}`;
    const met = this.#limits.get(key) ?? { limit, id, count: 0 };
    met.count += 1;
    this.#limits.set(key, met);
  }
}
