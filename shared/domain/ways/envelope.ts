import * as z from 'zod/mini';
import { windowStart } from '../calendar.ts';
import { commandHandler } from '../commands/command.ts';
import type { Decision, RecordWrite } from '../member/decision.ts';
import { emptySnapshot, type MemberSnapshot, recordOf } from '../member/snapshot.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Program } from '../program/schema.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { inSegment } from '../tiers/segment.ts';
import type { Instant } from '../time.ts';
import { credited, reasonText, wholePoints } from './goodwill.ts';
import { dayOf, recordDecision, recordWrite } from './way.ts';

type Envelope = Program['envelopes'][number];

const recordSchema = z.strictObject({ spent: z.int(), times: z.int() });

/** Envelopes stand under references of our own: no member's begins with @. */
function holderReference(employee: string): string {
  return `@holder/${employee}`;
}

/**
 * An employee spends part of an envelope on a member, with a reason, never over what its period
 * holds. Points are credited to the member; of money only the spending is recorded, in minor units.
 */
export const envelopeSpent = commandHandler({
  data: z.strictObject({
    envelope: z.string(),
    holder: z.string().check(z.minLength(1), z.maxLength(100)),
    amount: wholePoints,
    reason: reasonText,
  }),
  others: ({ holder }) => [holderReference(holder)],
  decide({ compiled, command, data, member, others, now }): Result<Decision, Refusal> {
    const { amount, reason, holder } = data;
    const envelope = compiled.program.envelopes.find(({ id }) => id === data.envelope);
    if (!envelope) return failure(refusal('UNKNOWN_WAY', 'data.envelope'));
    if ([holder, command.actor].includes(member.member)) {
      return failure(refusal('SAME_PERSON', 'data.holder'));
    }
    const at = command.occurredAt;
    if (!isMeantFor(compiled, envelope, { member, at })) {
      return failure(refusal('NOT_IN_SEGMENT', 'member'));
    }
    const reference = holderReference(holder);
    const holds = others.get(reference) ?? emptySnapshot(reference);
    const spent = spentWith(compiled, envelope, { holder: holds, points: amount, at });
    if (!spent.ok) return spent;
    const inputs = { envelope: envelope.id, holder, amount: `${amount} ${envelope.unit}`, reason };
    const records = [spent.value];
    if (compiled.program.units[envelope.unit] === undefined) {
      return success(recordDecision('ENVELOPE_SPENT', records, inputs));
    }
    const given = credited({
      ...{ compiled, member, unit: envelope.unit, points: amount },
      times: { occurredAt: at, now },
      explanation: { reason: 'ENVELOPE_SPENT', inputs },
    });
    return given.ok ? success({ ...given.value, records }) : given;
  },
});

function isMeantFor(
  compiled: CompiledProgram,
  { segments }: Envelope,
  { member, at }: { readonly member: MemberSnapshot; readonly at: Instant },
): boolean {
  if (segments === undefined) return true;
  return segments.some((segment) => inSegment({ compiled, snapshot: member, segment, at }));
}

function spentWith(
  compiled: CompiledProgram,
  { id, period, amount: limit }: Envelope,
  spending: { readonly holder: MemberSnapshot; readonly points: number; readonly at: Instant },
): Result<RecordWrite, Refusal> {
  const { holder, points, at } = spending;
  const recordId = `${id}.${windowStart(period, dayOf(compiled, at))}`;
  const record = recordOf(holder, 'envelope', recordId);
  const before = record ? z.parse(recordSchema, record.value) : { spent: 0, times: 0 };
  const spent = before.spent + points;
  if (spent > limit) return failure(refusal('ENVELOPE_EXCEEDED', 'data.amount'));
  const next = { spent, times: before.times + 1 };
  return success(recordWrite(holder, { kind: 'envelope', id: recordId, next }));
}
