import * as z from 'zod/mini';
import { windowStart } from '../calendar.ts';
import { fieldAt } from '../earning/event.ts';
import { type Decision, joined } from '../member/decision.ts';
import { figureKey } from '../member/figure-key.ts';
import { recordOf, standingOf } from '../member/snapshot.ts';
import type { Program } from '../program/schema.ts';
import { addDays, daysFrom, type Instant } from '../time.ts';
import { rewardDecision } from './reward.ts';
import { dayOf, recordDecision, recordWrite, type WayInput } from './way.ts';

type Referral = NonNullable<Program['referral']>;
type Stage = Referral['stages'][number];

const recordSchema = z.strictObject({
  /** When each stage was reached, by the event's own time; the earliest where it came twice. */
  reached: z.strictObject({
    referred: z.optional(z.int()),
    qualified: z.optional(z.int()),
    won: z.optional(z.int()),
  }),
  paid: z.array(z.string()),
  /** Reached when the year's referrals were full: these are not paid later. */
  forgone: z._default(z.array(z.string()), []),
  /** For the funnel: days from the referral until it was won. */
  daysToClose: z.optional(z.int()),
});

type Progress = z.output<typeof recordSchema>;

/** Opaque: whatever looks like an e-mail address is none. */
const referralId = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$/;

/**
 * Stages of a referral. Each pays once per referral, whatever the order in which events arrive: as
 * soon as both it and the stage `referred` (where the program has one) are known. A stage that was
 * reached before the referral pays nothing, nor does one that came too late.
 */
export function advanceReferral(input: WayInput): Decision | undefined {
  const { compiled, event, subject, member } = input;
  const { referral } = compiled.program;
  const stages = referral?.stages.filter(({ when }) => compiled.matches(when, subject)) ?? [];
  if (!referral || stages.length === 0) return undefined;
  const id = idOf(fieldAt(subject, referral.id));
  if (id === undefined) return refused('REFERRAL_ID_MISSING');
  if (id === event.member || id === event.participant) return refused('SELF_REFERRAL');
  const record = recordOf(member, 'referral', id);
  const before = record
    ? z.parse(recordSchema, record.value)
    : { reached: {}, paid: [], forgone: [] };
  return paid(input, { referral, id, progress: reached(input, before, stages), before });
}

function idOf(value: unknown): string | undefined {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? `${value}` : value;
  return typeof text === 'string' && referralId.test(text) ? text : undefined;
}

function reached({ compiled, event }: WayInput, before: Progress, stages: Stage[]): Progress {
  const times = { ...before.reached };
  for (const { id } of stages) {
    times[id] = Math.min(times[id] ?? event.occurredAt, event.occurredAt);
  }
  const { referred, won } = times;
  if (referred === undefined || won === undefined) return { ...before, reached: times };
  const [from, to] = [referred, won].map((at) => dayOf(compiled, at as Instant));
  const daysToClose = from === undefined || to === undefined ? 0 : daysFrom(from, to);
  return { ...before, reached: times, daysToClose };
}

interface Step {
  readonly referral: Referral;
  readonly id: string;
  readonly before: Progress;
  readonly progress: Progress;
}

function paid(input: WayInput, { referral, id, before, progress }: Step): Decision | undefined {
  const { compiled, member } = input;
  const settled = [...progress.paid, ...progress.forgone];
  const judged = referral.stages
    .filter((stage) => stage.reward !== undefined && !settled.includes(stage.id))
    .map((stage) => ({ stage, verdict: verdictOn(input, { referral, progress, stage }) }));
  const limit = yearLimit(input, referral, progress);
  const payable = judged.filter(({ verdict }) => verdict === 'pays').map(({ stage }) => stage);
  const paying = limit.isFull ? [] : payable;
  const ids = payable.map((stage) => stage.id);
  const list = limit.isFull ? 'forgone' : 'paid';
  const next = { ...progress, [list]: [...progress[list], ...ids] };
  const why = limit.isFull && payable.length > 0 ? 'REFERRAL_LIMIT' : lateness(judged);
  const records = [recordWrite(member, { kind: 'referral', id, next })];
  const isSame = JSON.stringify(next) === JSON.stringify(before);
  const noted = isSame ? undefined : recordDecision('REFERRAL', records);
  if (paying.length === 0) return why === undefined ? noted : joinedOrFirst(refused(why), noted);
  const counters = limit.counters;
  return paying
    .map((stage) => rewarded(input, stage, progress))
    .reduce(joined, { ...recordDecision('REFERRAL', records), counters });

  function rewarded({ hash }: WayInput, stage: Stage, { reached: times }: Progress): Decision {
    const way = `referral:${stage.id}`;
    const at = times[stage.id] as Instant;
    const reward = stage.reward ?? {};
    return rewardDecision({
      compiled,
      snapshot: member,
      reward,
      way,
      source: `${way}:${hash}`,
      at,
    });
  }
}

function joinedOrFirst(first: Decision, second: Decision | undefined): Decision {
  return second ? joined(first, second) : first;
}

type Verdict = 'pays' | 'waits' | 'before' | 'late';

function verdictOn(
  { compiled }: WayInput,
  { referral, progress, stage }: Pick<Step, 'referral' | 'progress'> & { readonly stage: Stage },
): Verdict {
  const at = progress.reached[stage.id];
  const from = startOf(referral, progress);
  if (at === undefined || from === undefined) return 'waits';
  if (at < from) return 'before';
  if (stage.withinDays === undefined) return 'pays';
  const last = addDays(dayOf(compiled, from), stage.withinDays);
  return dayOf(compiled, at as Instant) <= last ? 'pays' : 'late';
}

/** When the referral began; without a stage `referred`, with whatever came first. */
function startOf(referral: Referral, { reached: times }: Progress): Instant | undefined {
  if (referral.stages.some(({ id }) => id === 'referred')) {
    return times.referred as Instant | undefined;
  }
  const known = Object.values(times).filter((at) => at !== undefined);
  return known.length === 0 ? undefined : (Math.min(...known) as Instant);
}

function lateness(judged: readonly { readonly verdict: Verdict }[]): string | undefined {
  const verdicts = judged.map(({ verdict }) => verdict);
  if (verdicts.includes('late')) return 'REFERRAL_TOO_LATE';
  return verdicts.includes('before') ? 'BEFORE_REFERRAL' : undefined;
}

/** By the year in which a referral pays for the first time; guarded against concurrent ones. */
function yearLimit(
  { compiled, event, member }: WayInput,
  { maximumPerYear }: Referral,
  { paid: before }: Progress,
): { readonly isFull: boolean; readonly counters: Decision['counters'] } {
  if (maximumPerYear === undefined || before.length > 0) return { isFull: false, counters: [] };
  const key = figureKey(referralCounter, windowStart('year', dayOf(compiled, event.occurredAt)));
  const read = standingOf(member, compiled.program).counters.get(key) ?? 0n;
  return { isFull: read >= BigInt(maximumPerYear), counters: [{ key, add: 1n, read }] };
}

/** The name of the counter of a member's paying referrals. */
export const referralCounter = 'way:referral';

function refused(reason: string): Decision {
  return recordDecision('NOT_REWARDED', [], { referral: reason });
}
