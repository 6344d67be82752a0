import * as z from 'zod/mini';
import { lotExpiringOn } from '../points/balance.ts';
import { extensionDecision } from '../points/extension.ts';
import { days, localDate, positive, text, unitCode } from '../program/schema/shapes.ts';
import { refusal } from '../refusal.ts';
import { failure } from '../result.ts';
import type { LocalDate } from '../time.ts';
import { commandHandler } from './command.ts';
import { refuseReason, refuseUnit } from './point-checks.ts';

const extension = z.strictObject({
  unit: unitCode,
  /** The first day without the points, as a balance shows it. */
  lot: localDate,
  /** Without it, all of the lot. */
  points: z.optional(positive),
  days,
  reason: text,
});

/** Puts the expiry of points off, within what the program allows. */
const extended = commandHandler({
  data: extension,
  decide: ({ compiled, data, member, now }) => {
    const { unit, lot, points, days: count, reason } = data;
    const { program } = compiled;
    const refused = refuseUnit(program, unit, member) ?? refuseReason(program, reason);
    if (refused !== undefined) return failure(refused);
    if (!/^20/.test(lot)) return failure(refusal('DATE_OUT_OF_RANGE', 'data.lot'));
    return extensionDecision({
      ...{ compiled, snapshot: member, unit, days: count, reason, now },
      lot: lotExpiringOn(lot as LocalDate),
      ...(points !== undefined && { points: BigInt(points) }),
    });
  },
});

export const extensionCommands = { 'points.extended': extended };
