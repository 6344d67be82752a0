import * as z from 'zod/mini';
import { commandHandler } from '../commands/command.ts';
import { creditLot, refuseUnit } from '../commands/point-checks.ts';
import type { Explanation } from '../ledger/entry.ts';
import { type Decision, emptyDecision } from '../member/decision.ts';
import type { MemberSnapshot } from '../member/snapshot.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import type { Instant } from '../time.ts';

/** Why a person does something: kept in the entry, so it names nobody. */
export const reasonText = z.string().check(z.minLength(1), z.maxLength(200));

/** Points within a decision's reach. */
export const wholePoints = z.int().check(z.minimum(1), z.maximum(1_000_000_000));

/**
 * An apology, worth what its severity says: less would make things worse, so a credit below the
 * floor is refused as one above the ceiling is.
 */
export const goodwillCredited = commandHandler({
  data: z.strictObject({ severity: z.string(), points: wholePoints, reason: reasonText }),
  decide({ compiled, command, data, member, now }): Result<Decision, Refusal> {
    const { severity, points, reason } = data;
    const { goodwill } = compiled.program;
    if (command.actor === command.member) return failure(refusal('SAME_PERSON', 'actor'));
    const range = goodwill?.severities[severity];
    if (!goodwill || !range) return failure(refusal('UNKNOWN_WAY', 'data.severity'));
    if (points < range.minimum) return failure(refusal('GOODWILL_BELOW_FLOOR', 'data.points'));
    if (points > range.maximum) return failure(refusal('GOODWILL_ABOVE_CEILING', 'data.points'));
    const inputs = { severity, reason, actor: command.actor };
    const times = { occurredAt: command.occurredAt, now };
    const explanation = { reason: 'GOODWILL', inputs };
    return credited({ compiled, member, unit: goodwill.unit, points, times, explanation });
  },
});

/** Points that a person gives, from the account of adjustments. */
export function credited({
  compiled,
  member,
  unit,
  points,
  times,
  explanation,
}: {
  readonly compiled: CompiledProgram;
  readonly member: MemberSnapshot;
  readonly unit: string;
  readonly points: number;
  readonly times: { readonly occurredAt: Instant; readonly now: Instant };
  readonly explanation: Explanation;
}): Result<Decision, Refusal> {
  const refused = refuseUnit(compiled.program, unit, member, 'member');
  if (refused !== undefined) return failure(refused);
  const lot = creditLot(compiled, { unit, field: 'occurredAt' }, times);
  if (!lot.ok) return lot;
  const credit = { kind: 'credit', member: member.member, unit, points: BigInt(points) } as const;
  const movements = [{ ...credit, lot: lot.value, from: 'adjusted' } as const];
  return success({ ...emptyDecision('adjustment', explanation), movements });
}
