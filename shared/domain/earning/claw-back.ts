import type { ExchangeRecord } from '../ledger/entry.ts';
import { exchangeRecord, toldExchange } from '../ledger/exchange.ts';
import type { FollowUp } from '../ledger/follow-up.ts';
import { type Decision, emptyDecision, type Movement } from '../member/decision.ts';
import { standingOf } from '../member/snapshot.ts';
import { returnedMetric } from '../metrics/metric.ts';
import { rounded } from '../money/fraction.ts';
import { activityOf } from '../points/expiry.ts';
import type { ReturnRule } from '../program/schema.ts';
import type { Refusal } from '../refusal.ts';
import { failure, invariant, type Result, success } from '../result.ts';
import { cashbackRounding } from './cashback.ts';
import type { EventContext } from './event-context.ts';
import { keptIn } from './kept-currency.ts';
import type { Original } from './original.ts';
import { AwardsBack } from './returns/awards-back.ts';
import { inOriginalCurrency } from './returns/comparable-amounts.ts';
import { ExchangesBack } from './returns/exchanges-back.ts';
import { FiguresBack } from './returns/figures-back.ts';
import { awardProgress, eventProgress } from './returns/progress.ts';
import { WalletTakes } from './returns/wallet-takes.ts';
import { sharesOf, splitPoints } from './split.ts';
import { type Worth, worthOf } from './worth.ts';

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

/**
 * What a return takes of the event that it names: in proportion, never more than was given.
 * `FOLLOW_UP_CURRENCY_MISMATCH` where its amounts cannot be compared.
 */
export function clawBack({ context: asTold, ...rest }: ReturnInput): Result<ClawBack, Refusal> {
  const { entry, followUp } = rest.original;
  const comparable = inOriginalCurrency(asTold, rest.original);
  if (!comparable.ok) return comparable;
  const context = comparable.value;
  const input = { ...rest, context };
  const back = new AwardsBack(input);
  const figures = new FiguresBack(standingOf(context.member, context.compiled.program));
  const whole = eventProgress(entry, followUp, context.event.amountMinor);
  const returnedBases = (entry.awards ?? []).map((award, index) => {
    const progress = awardProgress(award, followUp.returnedBases[index] ?? 0n, whole, context);
    figures.giveBack(award, back.take(award, index, progress), progress);
    return progress.after;
  });
  const metricCount = returnedBases.length;
  const returnedMetrics = figures.metrics(entry, whole, {
    returned: followUp.returnedBases.slice(metricCount),
    counted: (key) => returnedMetric({ ...context, key, at: entry.occurredAt }),
  });
  const movements = back.movements();
  const { budgets } = figures;
  const reason = movements.length > 0 ? 'RETURNED' : 'NOTHING_TO_TAKE';
  const decision: Decision = {
    ...returnDecision({ ...input, context: asTold }, reason, toldIn(movements)),
    ...{ movements, budgets, counters: figures.counters(), records: back.records() },
    metrics: figures.lowered,
  };
  const { version } = followUp;
  const returnedMinor = entry.amountMinor ? whole.after : 0n;
  const bases = [...returnedBases, ...returnedMetrics];
  const followed = { ...followUp, version: version + 1, returnedMinor, returnedBases: bases };
  return success({ decision, followUp: followed });
}

/** What was turned back, by the names of the currencies. */
function toldIn(movements: readonly Movement[]): Readonly<Record<string, string>> {
  const told = movements.flatMap((movement) => {
    if (movement.kind !== 'exchange') return [];
    const { exchange } = movement;
    return [[`${exchange.from}-${exchange.to}`, toldExchange(exchange)] as const];
  });
  return Object.fromEntries(told);
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
  if (worth.kind === 'unratable') return failure(worth.refusal);
  const taken = takenByRate(worth, context);
  if (!taken.ok) return taken;
  const { unit, points, exchange } = taken.value;
  const exchanges = new ExchangesBack();
  if (exchange !== undefined) exchanges.add(exchange, exchange);
  const wallets = new WalletTakes(context, rule.uncovered);
  const takes = splitPoints(points, shares.value).flatMap(({ member: of, points: before }) =>
    wallets.take(unit, {}, { member: of, before, after: 0n }),
  );
  const fromSuccessors = wallets.fromSuccessors(exchanges);
  const movements = [...exchanges.movements(member.member), ...takes, ...fromSuccessors];
  const inputs = { arithmetic: worth.arithmetic, ...toldIn(movements) };
  const decision = returnDecision({ context, rule }, 'RETURNED_BY_RATE', inputs);
  return success({ ...decision, movements });
}

interface Taken {
  readonly unit: string;
  readonly points: bigint;
  /** By which money would have come there. */
  readonly exchange?: ExchangeRecord;
}

/** As an accrual of the day would keep it. */
function takenByRate(worth: Worth, context: EventContext): Result<Taken, Refusal> {
  const points = rounded(worth, worth.rounding);
  if (worth.money === undefined || points === 0n) return success({ unit: worth.unit, points });
  const kept = keptIn(worth.money, context);
  if (!kept.ok) return kept;
  const { currency: unit, rate } = kept.value;
  if (rate === undefined) return success({ unit, points });
  const exchange = exchangeRecord(points, rate, cashbackRounding);
  const { toMinor } = exchange;
  return success({ unit, points: toMinor, ...(toMinor > 0n && { exchange }) });
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
