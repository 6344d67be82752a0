import type { FollowUp } from '../ledger/follow-up.ts';
import { type Decision, emptyDecision } from '../member/decision.ts';
import { standingOf } from '../member/snapshot.ts';
import { returnedMetric } from '../metrics/metric.ts';
import { rounded } from '../money/fraction.ts';
import { activityOf } from '../points/expiry.ts';
import type { ReturnRule } from '../program/schema.ts';
import type { Refusal } from '../refusal.ts';
import { invariant, type Result, success } from '../result.ts';
import type { EventContext } from './event-context.ts';
import type { Original } from './original.ts';
import { awardProgress, eventProgress } from './returned.ts';
import { ReturnedFigures } from './returned-figures.ts';
import { ReturnedPoints } from './returned-points.ts';
import { sharesOf, splitPoints } from './split.ts';
import { worthOf } from './worth.ts';

export interface ReturnInput {
  readonly context: EventContext;
  readonly rule: ReturnRule;
  readonly original: Original;
}

export interface ClawBack {
  readonly decision: Decision;
  /** Of the original, after this return. */
  readonly followUp: FollowUp;
}

/** What a return takes of the event that it names: in proportion, never more than was given. */
export function clawBack(input: ReturnInput): ClawBack {
  const { context, original } = input;
  const { entry, followUp } = original;
  const points = new ReturnedPoints(input);
  const figures = new ReturnedFigures(standingOf(context.member, context.compiled.program));
  const whole = eventProgress(entry, followUp, context.event.amountMinor);
  const returnedBases = (entry.awards ?? []).map((award, index) => {
    const progress = awardProgress(award, followUp.returnedBases[index] ?? 0n, whole, context);
    figures.giveBack(award, points.take(award, index, progress), progress);
    return progress.after;
  });
  const metricCount = returnedBases.length;
  const returnedMetrics = figures.metrics(entry, whole, {
    returned: followUp.returnedBases.slice(metricCount),
    counted: (key) => returnedMetric({ ...context, key, at: entry.occurredAt }),
  });
  const { movements } = points;
  const { budgets } = figures;
  const reason = movements.length > 0 ? 'RETURNED' : 'NOTHING_TO_TAKE';
  const decision: Decision = {
    ...returnDecision(input, reason),
    ...{ movements, budgets, counters: figures.counters(), records: points.records() },
    metrics: figures.lowered,
  };
  const { version } = followUp;
  const returnedMinor = entry.amountMinor ? whole.after : 0n;
  return {
    decision,
    followUp: {
      ...followUp,
      version: version + 1,
      returnedMinor,
      returnedBases: [...returnedBases, ...returnedMetrics],
    },
  };
}

/** A return that names no event: what the rule would give for it, without caps and multipliers. */
export function returnByRate(context: EventContext, rule: ReturnRule): Result<Decision, Refusal> {
  const { compiled, subject, member } = context;
  const earning = compiled.program.earning.rules.find(({ id }) => id === rule.rule);
  invariant(earning !== undefined, `Return rule ${rule.id} names no earning rule.`);
  const shares = sharesOf(earning, subject, member.member);
  if (!shares.ok) return shares;
  const worth = worthOf(earning.award, context);
  if (worth.kind === 'worthless') return success(returnDecision({ context, rule }, worth.reason));
  const { unit, arithmetic } = worth;
  const { uncovered } = rule;
  const movements = splitPoints(rounded(worth, worth.rounding), shares.value).map((part) => ({
    kind: 'take' as const,
    ...{ unit, ...part, uncovered },
  }));
  const decision = returnDecision({ context, rule }, 'RETURNED_BY_RATE', { arithmetic });
  return success({ ...decision, movements });
}

function returnDecision(
  { context, rule }: Pick<ReturnInput, 'context' | 'rule'>,
  reason: string,
  inputs: Readonly<Record<string, string>> = {},
): Decision {
  const { event, compiled } = context;
  const { amountMinor, currency } = event;
  return {
    ...emptyDecision('return', {
      rule: rule.id,
      ...(compiled.from > 0 && { version: compiled.from }),
      reason,
      inputs: { amountMinor: amountMinor.toString(), currency, ...inputs },
    }),
    activeUntil: activityOf(compiled, event, false),
  };
}
