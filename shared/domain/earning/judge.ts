import type { Explanation, LotKey } from '../ledger/entry.ts';
import { floorDivide, minorPerMajor } from '../money/money.ts';
import { type CompiledPattern, compilePattern } from '../pattern/compile.ts';
import { lotExpiringOn } from '../points/balance.ts';
import type { EarningRule, Program, ReturnRule } from '../program/schema.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { invariant } from '../result.ts';
import { addMs, firstDayAfterMonths, type Instant, instantOf, localDateAt } from '../time.ts';
import type { CustomerEvent } from './event.ts';

const dayMs = 86_400_000;
const earliestEvent = instantOf(Date.UTC(2000, 0, 1));
/** Lots carry two digits of the year; points may live for 20 years after their own month. */
const latestEvent = instantOf(Date.UTC(2078, 11, 31));

/** What one event does to a member's points, before the member's balance is looked at. */
export type Judgement =
  | { readonly kind: 'earn'; readonly points: bigint; readonly unit: string; readonly lot: LotKey }
  | { readonly kind: 'takeBack'; readonly points: bigint; readonly unit: string }
  | { readonly kind: 'nothing' };

export interface Judged {
  readonly judgement: Judgement;
  readonly explanation: Explanation;
}

/** A program whose patterns are compiled, ready to judge events. */
export interface JudgeableProgram {
  readonly program: Program;
  readonly rules: readonly { readonly rule: EarningRule; readonly matches: CompiledPattern }[];
  readonly returns: readonly {
    readonly rule: ReturnRule;
    readonly takesBack: EarningRule;
    readonly matches: CompiledPattern;
  }[];
}

/** Throws on a pattern that the matcher does not know: such a program was never published. */
export function compileProgram(program: Program): JudgeableProgram {
  const rules = program.earning.rules.map((rule) => ({ rule, matches: compiled(rule.when) }));
  const returns = program.earning.returns.map((rule) => {
    const takesBack = program.earning.rules.find(({ id }) => id === rule.rule);
    invariant(takesBack !== undefined, `Return rule ${rule.id} names no earning rule.`);
    return { rule, takesBack, matches: compiled(rule.when) };
  });
  return { program, rules, returns };
}

function compiled(pattern: unknown): CompiledPattern {
  const result = compilePattern(pattern);
  invariant(result.ok, 'A published program holds only patterns that compile.');
  return result.value;
}

/** The program's refusals: type, currency and date. `now` is the instant the event is judged at. */
export function refuseEvent(
  program: Program,
  event: CustomerEvent,
  now: Instant,
): Refusal | undefined {
  if (!program.eventTypes.includes(event.type)) return refusal('UNKNOWN_EVENT_TYPE', 'type');
  if (event.occurredAt > addMs(now, dayMs)) return refusal('EVENT_IN_FUTURE', 'occurredAt');
  if (event.occurredAt < earliestEvent || event.occurredAt > latestEvent) {
    return refusal('DATE_OUT_OF_RANGE', 'occurredAt');
  }
  if (!program.currencies.includes(event.currency)) {
    return refusal('CURRENCY_NOT_IN_PROGRAM', 'currency');
  }
  return undefined;
}

/**
 * The first rule that matches decides. Pure: the same event and program give the same judgement.
 */
export function judge({ program, rules, returns }: JudgeableProgram, event: CustomerEvent): Judged {
  const subject = matchable(event);
  const earning = rules.find(({ matches }) => matches(subject));
  if (earning !== undefined) {
    const { rule } = earning;
    const points = pointsFor(rule, event);
    const lot = lotFor(program, event.occurredAt);
    const judgement = { kind: 'earn', points, unit: rule.award.unit, lot } as const;
    return { judgement, explanation: explain(rule.id, rule, event) };
  }
  const returned = returns.find(({ matches }) => matches(subject));
  if (returned !== undefined) {
    const { rule, takesBack } = returned;
    const points = pointsFor(takesBack, event);
    const judgement = { kind: 'takeBack', points, unit: takesBack.award.unit } as const;
    return { judgement, explanation: explain(rule.id, takesBack, event) };
  }
  return { judgement: { kind: 'nothing' }, explanation: { reason: 'NO_RULE_MATCHES' } };
}

function pointsFor({ award }: EarningRule, event: CustomerEvent): bigint {
  const perMinor = BigInt(award.perMajorUnits) * minorPerMajor(event.currency);
  return floorDivide(event.amountMinor * BigInt(award.points), perMinor);
}

function lotFor(program: Program, occurredAt: Instant): LotKey {
  const earnedOn = localDateAt(occurredAt, program.timeZone);
  return lotExpiringOn(firstDayAfterMonths(earnedOn, program.expiry.months));
}

function explain(ruleId: string, { award }: EarningRule, event: CustomerEvent): Explanation {
  const inputs = {
    amountMinor: event.amountMinor.toString(),
    currency: event.currency,
    rate: `${award.points}/${award.perMajorUnits}`,
  };
  return { rule: ruleId, reason: 'PER_AMOUNT', inputs };
}

/** Patterns see the event as JSON; amounts are numbers there, and only there. */
function matchable(event: CustomerEvent): Record<string, unknown> {
  const { amountMinor, lines, ...rest } = event;
  const visibleLines = lines?.map((line) => ({ ...line, amountMinor: Number(line.amountMinor) }));
  return { ...rest, amountMinor: Number(amountMinor), ...(lines && { lines: visibleLines }) };
}
