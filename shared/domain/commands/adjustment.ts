import * as z from 'zod/mini';
import { type Decision, emptyDecision } from '../member/decision.ts';
import { balanceIn, recordOf } from '../member/snapshot.ts';
import { available, lotExpiringOn } from '../points/balance.ts';
import { localDate, text, unitCode } from '../program/schema/shapes.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { type LocalDate, localDateAt } from '../time.ts';
import { type CommandInput, commandHandler } from './command.ts';
import { creditLot, refuseReason, refuseUnit } from './point-checks.ts';

const limit = 1_000_000_000;

const adjustment = z.strictObject({
  unit: unitCode,
  /** Signed. */
  points: z.int().check(
    z.minimum(-limit),
    z.maximum(limit),
    z.refine((points) => points !== 0),
  ),
  reason: text,
  /** The lot that points go into, or come from first. */
  expiresOn: z.optional(localDate),
  /** Takes what lots do not cover too; without it such an adjustment is refused. */
  intoDebt: z.optional(z.boolean()),
});
type Adjustment = z.output<typeof adjustment>;

/** An adjustment that waits for a second person, as its record keeps it. */
const waitingSchema = z.strictObject({
  kind: z.literal('adjustment'),
  askedBy: z.string(),
  asked: adjustment,
});
type Waiting = z.output<typeof waitingSchema>;

const word = z.strictObject({ approval: text });

const adjusted = commandHandler({
  data: adjustment,
  decide: (input) => {
    const { compiled, current, data, member, command, hash } = input;
    const refused = refuseAdjustment(input, data);
    if (refused !== undefined) return failure(refused);
    const inputs = { reason: data.reason, actor: command.actor };
    const limits = [compiled.program, current].map(({ members }) => members.secondPersonAbove);
    if (Math.abs(data.points) <= Math.min(...limits)) return bookAdjustment(input, data, inputs);
    const waiting: Waiting = { kind: 'adjustment', askedBy: command.actor, asked: data };
    const explanation = { reason: 'ADJUSTMENT_ASKED', inputs: { ...inputs, approval: hash } };
    return success({
      ...emptyDecision('change', explanation),
      records: [{ member: member.member, kind: 'approval', id: hash, next: waiting }],
      cases: [{ subject: hash, reason: 'ADJUSTMENT_TO_APPROVE' }],
    });
  },
});

const approved = commandHandler({
  data: word,
  decide: (input) => {
    const found = waitingFor(input);
    if (!found.ok) return found;
    const { asked, askedBy } = found.value.waiting;
    const refused = refuseAdjustment(input, asked);
    if (refused !== undefined) return failure(refused);
    const { reason } = asked;
    const inputs = { reason, actor: askedBy, approvedBy: input.command.actor };
    const booked = bookAdjustment(input, asked, inputs);
    return booked.ok ? success({ ...booked.value, records: found.value.settled }) : booked;
  },
});

const rejected = commandHandler({
  data: word,
  decide: (input) => {
    const found = waitingFor(input);
    if (!found.ok) return found;
    const inputs = { actor: found.value.waiting.askedBy, rejectedBy: input.command.actor };
    const explanation = { reason: 'ADJUSTMENT_REJECTED', inputs };
    return success({ ...emptyDecision('change', explanation), records: found.value.settled });
  },
});

export const adjustmentCommands = {
  'points.adjusted': adjusted,
  'adjustment.approved': approved,
  'adjustment.rejected': rejected,
};

function refuseAdjustment(
  { compiled: { program }, command: { actor }, member }: CommandInput<unknown>,
  { unit, reason }: Adjustment,
): Refusal | undefined {
  // Nobody moves their own points.
  if (actor === member.member) return refusal('SAME_PERSON', 'actor');
  return refuseUnit(program, unit, member) ?? refuseReason(program, reason);
}

/** What waits under the name that the command gives; only another person decides it. */
function waitingFor({
  command,
  data,
  member,
}: CommandInput<z.output<typeof word>>): Result<
  { readonly waiting: Waiting; readonly settled: Decision['records'] },
  Refusal
> {
  const record = recordOf(member, 'approval', data.approval);
  const waiting = record && z.safeParse(waitingSchema, record.value);
  if (record === undefined || waiting?.success !== true) {
    return failure(refusal('UNKNOWN_APPROVAL', 'data.approval'));
  }
  if (waiting.data.askedBy === command.actor) return failure(refusal('SAME_PERSON', 'actor'));
  const { kind, id, version } = record;
  const settled = [{ member: member.member, kind, id, version, next: undefined }];
  return success({ waiting: waiting.data, settled });
}

function bookAdjustment(
  { compiled, command, member, now }: CommandInput<unknown>,
  { unit, points: signed, expiresOn, intoDebt = false }: Adjustment,
  inputs: Readonly<Record<string, string>>,
): Result<Decision, Refusal> {
  const decision = emptyDecision('adjustment', { reason: 'ADJUSTED', inputs });
  const points = BigInt(Math.abs(signed));
  const moved = { member: member.member, unit, points };
  const field = expiresOn === undefined ? 'occurredAt' : 'data.expiresOn';
  if (signed > 0) {
    const { occurredAt } = command;
    const lot = creditLot(compiled, { unit, expiresOn, field }, { occurredAt, now });
    if (!lot.ok) return lot;
    const credit = { kind: 'credit', ...moved, lot: lot.value, from: 'adjusted' } as const;
    return success({ ...decision, movements: [credit] });
  }
  const today = localDateAt(now, compiled.program.timeZone);
  if (!intoDebt && available(balanceIn(member, unit), today) < points) {
    return failure(refusal('INSUFFICIENT_POINTS', 'data.points'));
  }
  if (expiresOn !== undefined && !/^20/.test(expiresOn)) {
    return failure(refusal('DATE_OUT_OF_RANGE', field));
  }
  const prefer = expiresOn === undefined ? {} : { prefer: lotExpiringOn(expiresOn as LocalDate) };
  const uncovered = intoDebt ? 'debt' : 'case';
  const take = { kind: 'take', ...moved, ...prefer, to: 'adjusted', uncovered } as const;
  return success({ ...decision, movements: [take] });
}
