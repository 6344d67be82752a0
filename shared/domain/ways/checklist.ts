import * as z from 'zod/mini';
import { type Decision, joined } from '../member/decision.ts';
import { enrolledAt } from '../member/profile.ts';
import { recordOf } from '../member/snapshot.ts';
import type { Program } from '../program/schema.ts';
import { addDays } from '../time.ts';
import { rewardDecision } from './reward.ts';
import { dayOf, recordDecision, recordWrite, type WayInput } from './way.ts';

type Checklist = Program['checklists'][number];

const recordSchema = z.strictObject({ done: z.array(z.string()) });

/**
 * Tasks of a checklist, each counted once; the last one also pays the whole. Tasks that a later
 * version adds are wanted from whoever has not finished yet.
 */
export function advanceChecklist(input: WayInput, checklist: Checklist): Decision | undefined {
  const { compiled, subject, member } = input;
  const id = checklistRecord(checklist.id);
  const record = recordOf(member, 'progress', id);
  const done = record ? z.parse(recordSchema, record.value).done : [];
  if (done.includes(whole)) return undefined;
  const tasks = checklist.tasks.filter(
    (task) => !done.includes(task.id) && compiled.matches(task.when, subject),
  );
  if (tasks.length === 0 || !isInTime(input, checklist)) return undefined;
  const after = [...done, ...tasks.map((task) => task.id)];
  const isWhole = checklist.tasks.every((task) => after.includes(task.id));
  const next = { done: isWhole ? [...after, whole] : after };
  const records = [recordWrite(member, { kind: 'progress', id, next })];
  const why = { [checklist.id]: `${after.length}/${checklist.tasks.length}` };
  return [
    ...tasks.map((task) => ({ way: `${checklist.id}:${task.id}`, reward: task.reward })),
    ...(isWhole ? [{ way: checklist.id, reward: checklist.reward }] : []),
  ]
    .flatMap(({ way, reward }) => (reward ? [rewarded(input, way, reward)] : []))
    .reduce(joined, recordDecision('CHECKLIST_TASK', records, why));
}

/** Stands among the tasks once all are done; no task can be called so. */
const whole = '*';

/** Apart from the progress of a challenge of the same name. */
function checklistRecord(id: string): string {
  return `checklist.${id}`;
}

function rewarded(
  { compiled, event, member }: WayInput,
  name: string,
  reward: NonNullable<Checklist['reward']>,
): Decision {
  const way = `checklist:${name}`;
  const at = event.occurredAt;
  return rewardDecision({ compiled, snapshot: member, reward, way, source: way, at });
}

/** Days count from enrolment; who was never enrolled has none. */
function isInTime({ compiled, event, member }: WayInput, { withinDays }: Checklist): boolean {
  if (withinDays === undefined) return true;
  const since = enrolledAt(member);
  if (since === undefined) return false;
  const last = addDays(dayOf(compiled, since), withinDays);
  return dayOf(compiled, event.occurredAt) <= last;
}
