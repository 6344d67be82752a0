import type { FollowUp } from '../ledger/follow-up.ts';
import { type Decision, emptyDecision, type Movement } from '../member/decision.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import { type Instant, instantOf } from '../time.ts';
import type { EventSubject } from './event.ts';
import type { EventContext } from './event-context.ts';
import { keptLot } from './kept-lots.ts';
import { localDayAt } from './local-day.ts';
import { type Original, pendingOf } from './original.ts';
import { lotOf, type PendingAward, pendingMovements, pendingWrite } from './pending.ts';

/** Whether an event is one that points of another event may wait for. */
export function isActivation(compiled: CompiledProgram, subject: EventSubject): boolean {
  return compiled.program.earning.rules.some(
    ({ pending }) => pending?.until.some(({ when }) => compiled.matches(when, subject)) === true,
  );
}

interface Activated {
  readonly decision: Decision;
  /** Of the original, when nothing of it waits any more. */
  readonly followUp?: FollowUp;
}

/**
 * What becomes of points that wait, now that an event names theirs: a requirement is met by the
 * time of the event that meets it. When all are met the points go into the lot of the last one's
 * day; an event that comes too late forfeits them.
 */
export function activate(context: EventContext, original: Original): Activated {
  const record = pendingOf(context.member, original);
  const before = record?.awards.filter(({ state }) => state === 'waiting') ?? [];
  if (record === undefined || before.length === 0) {
    const decided = original.followUp.pending === 'activated';
    return { decision: decisionOf(decided ? 'ALREADY_ACTIVATED' : 'NOTHING_PENDING', context) };
  }
  const awards = record.awards.map((award) =>
    award.state === 'waiting' ? judged(award, context) : award,
  );
  const changed = awards.filter((award, index) => award !== record.awards[index]);
  if (changed.length === 0) return { decision: decisionOf('NOTHING_PENDING', context) };
  const activated = changed.filter(({ state }) => state === 'activated');
  const forfeited = changed.filter(({ state }) => state === 'forfeited');
  const movements: Movement[] = [
    ...activated.flatMap(vesting),
    ...forfeited.flatMap((award) => pendingMovements(award, { kind: 'breakage' })),
  ];
  const decision: Decision = {
    ...decisionOf(reasonOf(activated.length, forfeited.length), context, changed[0]?.rule),
    movements,
    records: [pendingWrite(context.member.member, record, awards, original.entry)],
  };
  if (awards.some(({ state }) => state === 'waiting')) return { decision };
  const { followUp } = original;
  const pending = awards.some(({ state }) => state === 'activated') ? 'activated' : 'forfeited';
  const version = followUp.version + 1;
  return { decision, followUp: { ...followUp, version, pending, ...activatedLots(awards) } };
}

function reasonOf(activated: number, forfeited: number): string {
  if (activated > 0) return 'ACTIVATED';
  return forfeited > 0 ? 'FORFEITED' : 'REQUIREMENT_MET';
}

/** The award after the event; the same object where the event does not concern it. */
function judged(award: PendingAward, context: EventContext): PendingAward {
  const { compiled, subject, event, day } = context;
  const rule = compiled.program.earning.rules.find(({ id }) => id === award.rule);
  const isMet = (index: number) => {
    const when = rule?.pending?.until[index]?.when;
    return when !== undefined && compiled.matches(when, subject);
  };
  const met = award.requirements.filter((it, index) => it.metAt === undefined && isMet(index));
  if (met.length === 0) return award;
  const lastDays = [award.forfeitAfter, ...met.map(({ by }) => by)];
  if (lastDays.some((last) => last !== undefined && last < day.date)) {
    return { ...award, state: 'forfeited' };
  }
  const requirements = award.requirements.map((it) =>
    met.includes(it) ? { ...it, metAt: event.occurredAt } : it,
  );
  if (requirements.some(({ metAt }) => metAt === undefined)) return { ...award, requirements };
  const { program } = compiled;
  const at = activatedAt(requirements);
  const lot = keptLot(program, award.unit, { at, day: localDayAt(at, program.timeZone) });
  return { ...award, requirements, state: 'activated', lot };
}

/** When the last requirement was met, in whatever order they were told. */
function activatedAt(requirements: PendingAward['requirements']): Instant {
  return instantOf(Math.max(...requirements.map(({ metAt = 0 }) => metAt)));
}

function vesting(award: PendingAward): Movement[] {
  const lot = lotOf(award);
  return lot === undefined ? [] : pendingMovements(award, { kind: 'vest', lot });
}

/** By the place of their award; of what has been activated. */
function activatedLots(awards: readonly PendingAward[]): Pick<FollowUp, 'activatedLots'> {
  const lots = awards.flatMap((award) => {
    const lot = lotOf(award);
    return lot === undefined ? [] : [[award.award, lot] as const];
  });
  return lots.length === 0 ? {} : { activatedLots: new Map(lots) };
}

function decisionOf(reason: string, { compiled, event }: EventContext, rule?: string): Decision {
  return emptyDecision(reason === 'FORFEITED' ? 'forfeiture' : 'activation', {
    ...(rule !== undefined && { rule }),
    ...(compiled.from > 0 && { version: compiled.from }),
    reason,
    inputs: { type: event.type },
  });
}
