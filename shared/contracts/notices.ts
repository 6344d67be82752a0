import * as z from 'zod/mini';
import { busEventTypes } from '../domain/bus-event.ts';
import { payeeKinds } from '../domain/payout/payee-mask.ts';

/** Not on the bus: whoever asks for a mail again puts it on the queue of notices itself. */
export const resendNotice = 'delivery.resend.v1';

/** What the bus is told of an entry that changes a tier. */
export const tierNotice = 'tier.changed.v1';

const owner = { program: z.string(), member: z.string() };
const redemption = z.object({ ...owner, redemption: z.string() });
/** Epoch milliseconds: nothing is said before. */
const notBefore = { notBefore: z.optional(z.int()) };

function notice<const Type extends string, Detail extends z.ZodMiniType>(
  type: Type,
  detail: Detail,
) {
  return z.object({ 'detail-type': z.literal(type), detail, ...notBefore });
}

/**
 * What may be worth a message: an event of the bus, as its rule puts it on the queue, or one that
 * waits for the end of quiet hours.
 */
export const noticeSchema = z.discriminatedUnion('detail-type', [
  notice(busEventTypes.redemptionRequested, redemption),
  notice(busEventTypes.redemptionReviewed, redemption),
  notice(busEventTypes.redemptionPaid, redemption),
  notice(busEventTypes.redemptionDelayed, redemption),
  notice(busEventTypes.redemptionReopened, redemption),
  notice(busEventTypes.redemptionSettled, redemption),
  notice(resendNotice, z.extend(redemption, { number: z.int() })),
  notice(tierNotice, z.object({ ...owner, reason: z.string() })),
  notice(
    busEventTypes.pointsExpiring,
    z.object({
      ...owner,
      entry: z.string(),
      unit: z.string(),
      /** In digits, and days: lists parted by spaces, as the ledger's explanation has them. */
      points: z.string(),
      day: z.string(),
    }),
  ),
  notice(
    busEventTypes.rewardTouched,
    z.object({
      ...owner,
      rewardId: z.string(),
      name: z.optional(z.string()),
      change: z.string(),
    }),
  ),
  notice(busEventTypes.choiceOffered, z.object({ ...owner, choice: z.string() })),
  notice(
    busEventTypes.payoutChoiceChanged,
    z.object({
      ...owner,
      change: z.enum(['chosen', 'removed']),
      rail: z.string(),
      payee: z.optional(z.object({ kind: z.enum(payeeKinds), ending: z.string() })),
      chosenAt: z.string(),
      version: z.int(),
    }),
  ),
]);

export type Notice = z.output<typeof noticeSchema>;
