import {
  type ChooseOutcome,
  choose,
  type RedeemChoice,
} from '../../../shared/app/redemption/choose.ts';
import { offerChoice } from '../../../shared/app/redemption/choose-offer.ts';
import { redeemGift } from '../../../shared/app/redemption/choose-redeem.ts';
import { redemptionView } from '../../../shared/app/redemption/redemption-view.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';
import { invariant } from '../../../shared/domain/result.ts';
import { Secret } from '../../../shared/domain/secret.ts';
import type { ChoiceKey } from '../../../shared/ports/choices.ts';
import { type Difference, differs } from './differences.ts';
import { lastOf } from './explained.ts';
import { outcomeDiffers } from './redeem-step.ts';
import { recordOf } from './redemption-step.ts';
import type { StepContext, StepFindings } from './scenario-run.ts';
import type { ChoiceStep, ChooseStep } from './scenario-schema.ts';

/** Offers a set of rewards, for a step that picks one of them. */
export async function choiceDifferences(
  step: ChoiceStep,
  context: StepContext,
): Promise<StepFindings> {
  const { world, number, choices, compiled } = context;
  const { member, rewards, country, validDays } = step.choice;
  const key = { program: world.program, member, id: `step-${number}` };
  const offered = await offerChoice(world.dependencies, {
    ...{ ...key, actor: 'operator', sender: 'scenario', country, validDays },
    rewards: rewards.map(({ id, amountMinor, currency }) => ({
      ...{ rewardId: id, currency },
      ...(amountMinor !== undefined && { amountMinor: BigInt(amountMinor) }),
    })),
    email: new Secret('member@example.com'),
  });
  if (offered.ok && step.id !== undefined) choices.set(step.id, key);
  const because = lastOf(world, member, compiled.program.timeZone);
  return { differences: outcomeDiffers(step, offered), because };
}

/** Picks one, as whoever opens the link and confirms it. */
export async function chooseDifferences(
  step: ChooseStep,
  context: StepContext,
): Promise<StepFindings> {
  const { world, choices, compiled, redemptions } = context;
  const { dependencies } = world;
  const key = choices.get(step.choose.id);
  invariant(key !== undefined, `No step ${step.choose.id} has offered a choice.`);
  const { outcome, refused } = await picked(key, step, context);
  const redemption = (await dependencies.choices.read(key))?.chosen?.redemption;
  if (step.id !== undefined && redemption !== undefined) redemptions.set(step.id, redemption);
  world.touch(key.member);
  const differences = differs('outcome', expectedOutcome(step), told(outcome, refused));
  differences.push(...chosenDiffers(step, outcome));
  if (step.status !== undefined && redemption !== undefined) {
    const { status } = redemptionView(await recordOf(redemption, context));
    differences.push(...differs('status', step.status, status));
  }
  return { differences, because: lastOf(world, key.member, compiled.program.timeZone) };
}

interface Picked {
  readonly outcome: ChooseOutcome;
  /** The page names no reason; the program's author is told. */
  readonly refused: Refusal | undefined;
}

async function picked(
  { program, member, id }: ChoiceKey,
  { choose: { offer } }: ChooseStep,
  { world: { dependencies } }: StepContext,
): Promise<Picked> {
  let refused: Refusal | undefined;
  const redeem = redeemGift(dependencies);
  const redeemChoice: RedeemChoice = async (choice, chosen) => {
    const redeemed = await redeem(choice, chosen);
    if (!redeemed.ok) refused = redeemed.failure;
    return redeemed;
  };
  // The expiry that counts is the choice's own.
  const link = { subject: [program, member, id], expiresAtEpochSeconds: 0 };
  const outcome = await choose(
    { ...dependencies, pageTokens: { read: async () => link }, redeemChoice },
    { token: '', wish: 'en' },
    { step: 'confirm', offer },
  );
  return { outcome, refused };
}

function told(outcome: ChooseOutcome, refused: Refusal | undefined): string {
  if (refused !== undefined) return `refused ${refused.code}`;
  return outcome.kind === 'list' ? `${outcome.problem}` : outcome.kind;
}

function expectedOutcome({ refused, expired }: ChooseStep): string {
  if (refused !== undefined) return `refused ${refused}`;
  return expired === true ? 'expired' : 'chosen';
}

/** Without `stands`, it is what the step picks. */
function chosenDiffers({ choose: { offer }, stands }: ChooseStep, outcome: ChooseOutcome) {
  const none: Difference[] = [];
  return outcome.kind === 'chosen' ? differs('stands', stands ?? offer, outcome.offer) : none;
}
