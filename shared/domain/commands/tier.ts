import * as z from 'zod/mini';
import { localDate, name, text } from '../program/schema/shapes.ts';
import { holdTier, overrideTier } from '../tiers/decide.ts';
import type { LocalDate } from '../time.ts';
import { commandHandler } from './command.ts';

/** `until` is the first day on which the level is nobody's word any more. */
const overridden = commandHandler({
  data: z.strictObject({ level: name, until: z.optional(localDate), reason: text }),
  decide: ({ compiled, command, data: { level, reason, until }, member: snapshot }) => {
    const end = until === undefined ? {} : { until: until as LocalDate };
    const at = command.occurredAt;
    return overrideTier({ compiled, snapshot, level, reason, at, ...end });
  },
});

/** A life event of the member, until the start of a day. */
const held = commandHandler({
  data: z.strictObject({ reason: text, until: localDate }),
  decide: ({ compiled, command, data: { reason, until }, member: snapshot }) => {
    const at = command.occurredAt;
    return holdTier({ compiled, snapshot, reason, at, until: until as LocalDate });
  },
});

export const tierCommands = { 'tier.overridden': overridden, 'tier.held': held };
