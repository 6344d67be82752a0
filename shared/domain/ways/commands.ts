import * as z from 'zod/mini';
import { type CommandHandler, type CommandInput, commandHandler } from '../commands/command.ts';
import type { Decision } from '../member/decision.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { settleStep, waitingSteps } from './challenge.ts';
import { useEntitlement } from './entitlement.ts';
import { envelopeSpent } from './envelope.ts';
import { giftWrites } from './gift.ts';
import { goodwillCredited, reasonText } from './goodwill.ts';
import { surveyPaid } from './survey.ts';
import { recordDecision } from './way.ts';

/** The step by the id of its record, or the one of a challenge that has waited longest. */
const stepData = z.strictObject({
  approval: z.optional(z.string()),
  challenge: z.optional(z.string()),
  reason: z.optional(reasonText),
});

/** Neither the member nor who handed the proof in approves it. */
function settled(
  { compiled, command, data, member }: CommandInput<z.output<typeof stepData>>,
  isApproved: boolean,
): Result<Decision, Refusal> {
  const step = waitingSteps(member).find(({ id, approval }) =>
    data.approval === undefined ? approval.challenge === data.challenge : id === data.approval,
  );
  if (!step) return failure(refusal('UNKNOWN_APPROVAL', 'data.approval'));
  if ([command.member, step.approval.participant].includes(command.actor)) {
    return failure(refusal('SAME_PERSON', 'actor'));
  }
  const decision = settleStep({ compiled, snapshot: member, step, isApproved });
  if (data.reason === undefined) return success(decision);
  const { explanation } = decision;
  const inputs = { ...explanation.inputs, reason: data.reason };
  return success({ ...decision, explanation: { ...explanation, inputs } });
}

const stepApproved = commandHandler({ data: stepData, decide: (input) => settled(input, true) });
const stepRejected = commandHandler({ data: stepData, decide: (input) => settled(input, false) });

const entitlementUsed = commandHandler({
  data: z.strictObject({ entitlement: z.string() }),
  decide({ compiled, command, data: { entitlement }, member }): Result<Decision, Refusal> {
    const at = command.occurredAt;
    const used = useEntitlement({ compiled, snapshot: member, entitlement, at });
    if (!used.ok) return used;
    return success(recordDecision('ENTITLEMENT_USED', used.value, { entitlement }));
  },
});

/** A person may give a gift whenever they like; the next one by itself counts from it. */
const giftGiven = commandHandler({
  data: z.strictObject({ gift: z.string(), reason: z.optional(reasonText) }),
  decide({ compiled, command, data, member, hash }): Result<Decision, Refusal> {
    const gift = compiled.program.gifts.find(({ id }) => id === data.gift);
    if (!gift) return failure(refusal('UNKNOWN_WAY', 'data.gift'));
    if (command.actor === command.member) return failure(refusal('SAME_PERSON', 'actor'));
    const at = command.occurredAt;
    const records = giftWrites({ compiled, snapshot: member, gift, at, hash });
    const why = { gift: gift.id, ...(data.reason !== undefined && { reason: data.reason }) };
    return success(recordDecision('GIFT', records, why));
  },
});

/** Commands of the ways to earn, by type. */
export const wayCommands: Readonly<Record<string, CommandHandler>> = {
  'step.approved': stepApproved,
  'step.rejected': stepRejected,
  'entitlement.used': entitlementUsed,
  'goodwill.credited': goodwillCredited,
  'envelope.spent': envelopeSpent,
  'gift.given': giftGiven,
  'survey.paid': surveyPaid,
};
