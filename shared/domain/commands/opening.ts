import * as z from 'zod/mini';
import { addMonths } from '../calendar.ts';
import { type Decision, emptyDecision, type Movement } from '../member/decision.ts';
import { expiryOf, lotRoundedUp } from '../points/expiry.ts';
import { localDate, positive, text, unitCode } from '../program/schema/shapes.ts';
import type { Program } from '../program/schema.ts';
import type { Refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { type Instant, localDateAt } from '../time.ts';
import { type CommandInput, commandHandler } from './command.ts';
import { creditLot, refuseReason, refuseUnit } from './point-checks.ts';

/** Of one command: more lots of a member come with a further one. */
export const maximumOpeningLots = 24;

const openingBalance = z.strictObject({
  lots: z
    .array(z.strictObject({ unit: unitCode, points: positive, expiresOn: z.optional(localDate) }))
    .check(z.minLength(1), z.maxLength(maximumOpeningLots)),
  reason: text,
});

/** Points that a member brings from another system, with the days on which they expire. */
const opened = commandHandler({
  data: openingBalance,
  decide: (input: CommandInput<z.output<typeof openingBalance>>): Result<Decision, Refusal> => {
    const { compiled, command, data, member } = input;
    const { program } = compiled;
    const refused = refuseReason(program, data.reason);
    if (refused !== undefined) return failure(refused);
    const movements: Movement[] = [];
    for (const [index, { unit, points, expiresOn }] of data.lots.entries()) {
      const place = `data.lots.${index}`;
      const refusedUnit = refuseUnit(program, unit, member, `${place}.unit`);
      if (refusedUnit !== undefined) return failure(refusedUnit);
      const named = { unit, expiresOn, field: `${place}.expiresOn` };
      const lot = creditLot(compiled, named, { occurredAt: command.occurredAt, now: input.now });
      if (!lot.ok) return lot;
      const moved = { member: member.member, unit, points: BigInt(points), lot: lot.value };
      movements.push({ kind: 'credit', ...moved, from: 'migrated' });
    }
    const inputs = { reason: data.reason };
    const opening = emptyDecision('opening', { reason: 'OPENED', inputs });
    const units = [...new Set(data.lots.map(({ unit }) => unit))];
    const activeUntil = units.flatMap((unit) => clockOf(program, unit, command.occurredAt));
    return success({ ...opening, movements, activeUntil });
  },
});

/** Where inactivity ends points, the opening is the first activity: they would live for ever. */
function clockOf(program: Program, unit: string, at: Instant): Decision['activeUntil'] {
  const expiry = expiryOf(program, unit);
  if (expiry?.kind !== 'inactivity') return [];
  const day = addMonths(localDateAt(at, program.timeZone), expiry.months);
  return [{ unit, until: lotRoundedUp(program, day) }];
}

export const openingCommands = { 'opening.balance': opened };
