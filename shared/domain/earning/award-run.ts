import type { Explanation } from '../ledger/entry.ts';
import type { BudgetDraw, Decision } from '../member/decision.ts';
import type { EarningRule, PlainAward } from '../program/schema.ts';
import type { Refusal } from '../refusal.ts';
import type { Result } from '../result.ts';
import { CapUse } from './caps.ts';
import { closedWallet, cooldownOf, ineligible } from './eligibility.ts';
import type { EventContext } from './event-context.ts';
import { larger, smaller } from './fraction.ts';
import type { JudgedAward } from './judged-award.ts';
import { type Kept, keptIn } from './kept-currency.ts';
import {
  type Draw,
  type Multiplied,
  multiplied,
  type PromotionState,
  unmultiplied,
} from './multiply.ts';
import { Placement } from './placement.ts';
import { planOf, type RulePlan } from './plan.ts';
import { sharesOf } from './split.ts';
import { chosenAward, type Worth, worthOf } from './worth.ts';

/** Rules that gave nothing are told up to this number: an entry stays small. */
const maximumNotes = 4;

/** What of a rule's award the explanation names. */
const reasons = {
  fixed: 'FIXED',
  perAmount: 'PER_AMOUNT',
  perQuantity: 'PER_QUANTITY',
  table: 'TABLE',
  percentage: 'PERCENTAGE',
} as const satisfies Record<PlainAward['kind'], string>;

/** Works out what the rules give for one event, one after the other. */
export class AwardRun {
  readonly draws: BudgetDraw[] = [];
  readonly cooldowns: Decision['cooldowns'][number][] = [];
  readonly #judged: JudgedAward[] = [];
  readonly #notes: { readonly rule: string; readonly reason: string }[] = [];
  readonly #context: EventContext;
  readonly #budgets: ReadonlyMap<string, bigint>;
  // Made when a rule first needs them: most events have no use for any.
  #caps: CapUse | undefined;
  #promotions: PromotionState | undefined;
  #taken: Set<string> | undefined;
  #kept: Map<string, Result<Kept, Refusal>> | undefined;
  #reason: string | undefined;

  constructor(context: EventContext, budgets: ReadonlyMap<string, bigint>) {
    this.#context = context;
    this.#budgets = budgets;
  }

  /**
   * Adds what a matching rule gives; `SPLIT_INVALID` when it cannot be shared out, `RATE_STALE`
   * when it cannot be converted.
   */
  add(rule: EarningRule): Refusal | undefined {
    const context = this.#context;
    const excluded = ineligible(rule, context);
    if (excluded !== undefined) return this.#note(rule, excluded);
    if (rule.firstOf !== undefined && this.#taken?.has(rule.firstOf) === true) {
      return this.#note(rule, `NOT_FIRST_OF ${rule.firstOf}`);
    }
    const worth = worthOf(rule.award, context);
    if (worth.kind === 'worthless') return this.#note(rule, worth.reason);
    if (worth.kind === 'unratable') return worth.refusal;
    if (rule.firstOf !== undefined) {
      this.#taken ??= new Set();
      this.#taken.add(rule.firstOf);
    }
    const kept = this.#keptIn(worth);
    const closed = closedWallet(kept?.ok === true ? kept.value.currency : worth.unit, context);
    if (closed !== undefined) return this.#note(rule, closed);
    return this.#award(rule, worth, kept);
  }

  /** Where cashback goes: the same for all awards that name the same. */
  #keptIn({ money }: Worth): Result<Kept, Refusal> | undefined {
    if (money === undefined) return undefined;
    this.#kept ??= new Map();
    const kept = this.#kept.get(money) ?? keptIn(money, this.#context);
    this.#kept.set(money, kept);
    return kept;
  }

  #award(
    rule: EarningRule,
    worth: Worth,
    kept: Result<Kept, Refusal> | undefined,
  ): Refusal | undefined {
    const context = this.#context;
    const shares = sharesOf(rule, context.subject, context.member.member);
    if (!shares.ok) return shares.failure;
    const cooldown = cooldownOf(rule, context);
    if (cooldown === 'cooling') return this.#note(rule, 'COOLDOWN');
    const plan = planOf(context.compiled.program, rule);
    const offered = this.#multiplied(plan, worth);
    if (offered.points === 0n) return this.#note(rule, `NO_POINTS ${offered.arithmetic}`);
    const { unit, basisMinor } = worth;
    const caps = this.#capsOf(plan);
    const { points, cap } = caps?.fit(plan.caps, unit, offered.points) ?? {
      points: offered.points,
    };
    if (points === 0n) return this.#note(rule, `CAP_REACHED ${cap}`);
    if (kept?.ok === false) return kept.failure;
    if (cooldown !== undefined) this.cooldowns.push(cooldown);
    this.#draw(offered, points);
    const counted = caps?.use(plan.caps, unit, points);
    const { arithmetic: sum } = offered;
    const arithmetic = cap === undefined ? sum : `${sum} ${cap}=${points}`;
    const given = { rule: rule.id, unit, points, basisMinor, ...counted, arithmetic };
    this.#reason ??= reasons[chosenAward(rule.award, context).kind];
    this.#judged.push({ rule, shares: shares.value, given, ...(kept && { kept: kept.value }) });
    return undefined;
  }

  #multiplied(plan: RulePlan, worth: Worth): Multiplied {
    if (plan.influences.length === 0) return unmultiplied(worth);
    return multiplied(plan, worth, this.#context, this.#promotionState());
  }

  #promotionState(): PromotionState {
    this.#promotions ??= { budgets: this.#budgets, drawn: new Map(), paid: new Set() };
    return this.#promotions;
  }

  #capsOf(plan: RulePlan): CapUse | undefined {
    if (plan.caps.length === 0) return undefined;
    this.#caps ??= new CapUse(this.#context);
    return this.#caps;
  }

  /** Where caps leave less than everything, promotions pay only what is beyond the rest. */
  #draw({ points: offered, draws, onTop }: Multiplied, points: bigint): void {
    if (onTop.length === 0 && draws.length === 0) return;
    for (const promotion of onTop) this.#promotionState().paid.add(promotion);
    const drawn = draws.reduce((sum, draw) => sum + draw.points, 0n);
    let allowed = larger(points - (offered - drawn), 0n);
    for (const draw of draws) {
      const part = smaller(draw.points, allowed);
      allowed -= part;
      if (part > 0n) this.#drawFrom({ budget: draw.budget, points: part });
    }
  }

  #drawFrom(draw: Draw): void {
    const { drawn } = this.#promotionState();
    drawn.set(draw.budget, (drawn.get(draw.budget) ?? 0n) + draw.points);
    this.draws.push({ ...draw, award: this.#judged.length });
  }

  /** Where what is judged so far goes. */
  placed(): Placement {
    return new Placement(this.#context, this.#judged);
  }

  #note({ id }: EarningRule, reason: string): undefined {
    this.#notes.push({ rule: id, reason });
  }

  get counters(): Decision['counters'] {
    return this.#caps?.adds() ?? [];
  }

  /** Why the event earns what it earns, or nothing. */
  explanation(told: Readonly<Record<string, string>> | undefined): Explanation {
    const { event, compiled, tier } = this.#context;
    const [note] = this.#notes;
    const rule = this.#judged[0]?.rule.id ?? note?.rule;
    const reason = this.#reason ?? note?.reason.split(' ')[0] ?? 'NO_RULE_MATCHES';
    const inputs: Record<string, string> = {
      amountMinor: event.amountMinor.toString(),
      currency: event.currency,
    };
    if (tier !== undefined) inputs.tier = tier;
    if (told !== undefined) Object.assign(inputs, told);
    for (const it of this.#notes.slice(0, maximumNotes)) inputs[it.rule] = it.reason;
    const version = compiled.from > 0 && { version: compiled.from };
    return rule === undefined
      ? { ...version, reason, inputs }
      : { rule, ...version, reason, inputs };
  }
}
