import { sweepMember } from '../../../shared/app/sweep-member.ts';
import { holdLegs } from '../../../shared/domain/ledger/recipes.ts';
import { needsSettling } from '../../../shared/domain/points/balance.ts';
import { redeemChange } from '../../../shared/domain/points/balance-change.ts';
import {
  priceRedemption,
  type RedemptionTerms,
  refuseByPolicy,
  worthOf,
} from '../../../shared/domain/redemption/policy.ts';
import { redemptionId, redemptionSeed } from '../../../shared/domain/redemption/reference.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';
import { invariant } from '../../../shared/domain/result.ts';
import { localDateAt } from '../../../shared/domain/time.ts';
import type { Hold } from '../../../shared/ports/stores.ts';
import { type Difference, differs } from './differences.ts';
import { lastOf } from './explained.ts';
import type { StepContext, StepFindings } from './scenario-run.ts';
import type { RedeemStep } from './scenario-schema.ts';

/** Asks whether points may be spent so, and takes them where the step says that they are. */
export async function redeemDifferences(
  step: RedeemStep,
  context: StepContext,
): Promise<StepFindings> {
  const { compiled, world } = context;
  const { member, item, order } = step.redeem;
  const asked = termsOf(step, context);
  const refusal = 'code' in asked ? asked : await refusedOrTaken(step, asked, context);
  const outcome = (code: string | undefined) =>
    code === undefined ? 'allowed' : `refused ${code}`;
  const differences: Difference[] = differs(
    'outcome',
    outcome(step.refused),
    outcome(refusal?.code),
  );
  if (refusal === undefined && order !== undefined && step.take === true) {
    context.orders.set(order, (context.orders.get(order) ?? 0) + 1);
  }
  if (step.worthMinor !== undefined && 'unit' in asked) {
    const worth = worthOf(compiled.program, asked.unit, asked.points, item);
    differences.push(...differs('worthMinor', BigInt(step.worthMinor), worth?.amountMinor));
  }
  if (step.costs !== undefined && 'unit' in asked) {
    differences.push(...differs('costs', BigInt(step.costs), asked.points));
  }
  return { differences, because: lastOf(world, member, compiled.program.timeZone) };
}

/** What is asked for in points: by itself, or as a reward of the program costs. */
function termsOf({ redeem }: RedeemStep, { compiled, orders }: StepContext) {
  const { program } = compiled;
  const { unit, points, priceMinor, currency, item, order, reward, member } = redeem;
  if (reward !== undefined) {
    const { id, amountMinor, ...place } = reward;
    const request = { member, rewardId: id, amountMinor: BigInt(amountMinor), ...place };
    const priced = priceRedemption(program, request);
    if (!priced.ok) return priced.failure;
    return { unit: priced.value.unit, points: priced.value.points };
  }
  const [first = ''] = program.currencies;
  const terms: RedemptionTerms = {
    unit: unit ?? Object.keys(program.units)[0] ?? '',
    points: BigInt(points ?? 0),
    ...(priceMinor !== undefined && {
      price: { amountMinor: BigInt(priceMinor), currency: currency ?? first },
    }),
    ...(item && { item }),
    ...(order !== undefined && { earlierInOrder: orders.get(order) ?? 0 }),
  };
  return terms;
}

async function refusedOrTaken(
  { redeem, take }: RedeemStep,
  terms: RedemptionTerms,
  context: StepContext,
): Promise<Refusal | undefined> {
  const refused = refuseByPolicy(context.compiled.program, terms);
  if (refused !== undefined || take !== true) return refused;
  return hold(redeem.member, terms, context);
}

/** A hold, as the member API makes it; nobody settles it here. */
async function hold(
  member: string,
  { unit, points }: RedemptionTerms,
  { world, compiled, number }: StepContext,
): Promise<Refusal | undefined> {
  const { program, now, redemptions, dependencies } = world;
  const { digest, ledger } = dependencies;
  const owner = { program, member, unit };
  const today = localDateAt(now, compiled.program.timeZone);
  if (needsSettling(await ledger.readBalance(owner), today)) await sweepMember(dependencies, owner);
  const balance = await ledger.readBalance(owner);
  const legs = holdLegs(balance, { ...owner, points }, today);
  if (legs === undefined) return { code: 'INSUFFICIENT_POINTS' };
  const seed = redemptionSeed({ program, caller: member, idempotencyKey: `step-${number}` });
  const redemption = redemptionId(digest.sha256Hex(seed));
  const asked = { rewardId: 'scenario', amountMinor: 0n, currency: 'XXX', country: 'ZZ' };
  const held: Hold = {
    ...{ redemption, ...asked, unit, points, sealedEmail: '' },
    entry: {
      key: { at: 'redemption', redemption, part: '0' },
      ...{ kind: 'hold', program, member, legs, occurredAt: now, postedAt: now },
      bodyHash: digest.sha256Short(seed),
      explanation: { reason: 'REDEEMED' },
    },
  };
  const outcome = await redemptions.hold(held, redeemChange(balance, legs, owner));
  invariant(outcome.kind === 'held', 'Nobody else writes in a scenario.');
  world.touch(member);
  return undefined;
}
