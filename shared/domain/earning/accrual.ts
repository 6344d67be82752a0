import { type Decision, joined } from '../member/decision.ts';
import { metricAdds, metricRate } from '../metrics/metric.ts';
import { activityOf } from '../points/expiry.ts';
import type { Refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { placement } from '../tiers/tier.ts';
import { advanceWays } from '../ways/ways.ts';
import { AwardRun } from './award-run.ts';
import type { EventContext } from './event-context.ts';
import { newPendingRecord } from './pending.ts';
import type { Placement } from './placement.ts';

export interface AccrualInput {
  readonly context: EventContext;
  /** Points left by budget. */
  readonly budgets: ReadonlyMap<string, bigint>;
  /** Names what the event makes. */
  readonly hash: string;
}

/** What an event earns by the rules and the other ways, and what it adds to figures. */
export function accrual(input: AccrualInput): Result<Decision, Refusal> {
  const { context, hash } = input;
  const { compiled, event, subject, member } = context;
  const run = new AwardRun(context, input.budgets);
  for (const rule of compiled.rules.matching(subject)) {
    const refused = run.add(rule);
    if (refused !== undefined) return failure(refused);
  }
  const toProgram = metricRate(context);
  if (!toProgram.ok) return toProgram;
  const rate = toProgram.value && { toProgram: toProgram.value };
  const placed = run.placed();
  const { awards } = placed;
  const byWays = advanceWays({ compiled, event, subject, member, hash, awards, ...rate });
  const all = byWays === undefined ? awards : [...awards, ...byWays.awards];
  const metrics = metricAdds({ compiled, event, subject, awards: all, ...rate });
  const decision = decisionOf(run, placed, { context, hash, metrics, earns: all.length > 0 });
  return success(byWays === undefined ? decision : withWays(decision, byWays));
}

interface Counted extends Omit<AccrualInput, 'budgets'> {
  readonly metrics: Decision['metrics'];
  readonly earns: boolean;
}

/** What the rules give, and what follows from the event and all that it earns. */
function decisionOf(
  run: AwardRun,
  placed: Placement,
  { context, hash, metrics, earns }: Counted,
): Decision {
  const { compiled, event, subject, member: snapshot } = context;
  const { draws, cooldowns, counters } = run;
  const { awards, movements, pending, told } = placed;
  const records =
    pending.length === 0
      ? []
      : [newPendingRecord(snapshot.member, hash, event.occurredAt, pending)];
  const decision: Decision = {
    kind: 'accrual',
    movements,
    awards,
    counters,
    metrics,
    cooldowns,
    budgets: draws,
    records,
    cases: [],
    activeUntil: activityOf(compiled, event, earns),
    amountMinor: event.amountMinor,
    currency: event.currency,
    explanation: run.explanation(told),
  };
  if (compiled.program.tiers?.placements === undefined) return decision;
  const tier = placement({ compiled, snapshot, subject, at: event.occurredAt });
  return tier === undefined ? decision : { ...decision, tier };
}

/** Ways alone are the reason where no rule gives anything. */
function withWays(byRules: Decision, byWays: Decision): Decision {
  const onlyWays = byRules.awards.length === 0 && byWays.awards.length > 0;
  const { explanation } = onlyWays ? byWays : byRules;
  const inputs = { ...byRules.explanation.inputs, ...byWays.explanation.inputs };
  return { ...joined(byRules, byWays), explanation: { ...explanation, inputs } };
}
