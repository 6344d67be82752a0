import { priceRequest } from '../../../shared/app/catalogue/price-request.ts';
import { type Quoted, quote } from '../../../shared/app/redemption/quote.ts';
import { redeem } from '../../../shared/app/redemption/redeem.ts';
import { redemptionView } from '../../../shared/app/redemption/redemption-view.ts';
import type { AskedReward } from '../../../shared/domain/redemption/asked.ts';
import {
  type RedemptionTerms,
  refuseByPolicy,
  worthOf,
} from '../../../shared/domain/redemption/policy.ts';
import type { AgreedPrice, RedemptionRequest } from '../../../shared/domain/redemption/price.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';
import { failure, type Result, success } from '../../../shared/domain/result.ts';
import { Secret } from '../../../shared/domain/secret.ts';
import { type Difference, differs } from './differences.ts';
import { lastOf } from './explained.ts';
import { holdPoints } from './hold-points.ts';
import type { StepContext, StepFindings } from './scenario-run.ts';
import type { QuoteStep, RedeemStep } from './scenario-schema.ts';

/** What it costs, and once the points were taken, what the member is told. */
interface Found {
  readonly price?: AgreedPrice;
  readonly status?: string;
}

/** Asks whether points may be spent so, and takes them where the step says that they are. */
export async function redeemDifferences(
  step: RedeemStep,
  context: StepContext,
): Promise<StepFindings> {
  const { compiled, world, orders } = context;
  const { member, item, order } = step.redeem;
  const found = await redeemed(step, context);
  const differences = [...outcomeDiffers(step, found), ...priceDiffers(step, found)];
  if (found.ok && order !== undefined && step.take === true) {
    orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  const price = found.ok ? found.value.price : undefined;
  if (step.worthMinor !== undefined && price !== undefined) {
    const worth = worthOf(compiled.program, price.unit, price.points, item);
    differences.push(...differs('worthMinor', BigInt(step.worthMinor), worth?.amountMinor));
  }
  if (step.status !== undefined && found.ok) {
    differences.push(...differs('status', step.status, found.value.status));
  }
  return { differences, because: lastOf(world, member, compiled.program.timeZone) };
}

/** A price that holds for a while, for a step that redeems by it. */
export async function quoteDifferences(
  step: QuoteStep,
  context: StepContext,
): Promise<StepFindings> {
  const { world, number, compiled, quotes } = context;
  const { member, reward } = step.quote;
  const key = { program: world.program, caller: member, idempotencyKey: `step-${number}` };
  const quoted = await quote(world.dependencies, { ...key, request: requestOf(member, reward) });
  if (quoted.ok && step.id !== undefined) quotes.set(step.id, quoted.value.quote.id);
  const found = quoted.ok ? success({ price: priceOf(quoted.value) }) : quoted;
  const differences = [...outcomeDiffers(step, found), ...priceDiffers(step, found)];
  return { differences, because: lastOf(world, member, compiled.program.timeZone) };
}

function priceOf({ quote: { points, unit, terms } }: Quoted): AgreedPrice {
  return { points, unit, ...(terms.cash && { cash: terms.cash }) };
}

export function outcomeDiffers(
  step: { readonly refused?: string | undefined },
  found: Result<unknown, Refusal>,
): Difference[] {
  const outcome = (code: string | undefined) =>
    code === undefined ? 'allowed' : `refused ${code}`;
  const got = found.ok ? undefined : found.failure.code;
  return differs('outcome', outcome(step.refused), outcome(got));
}

function priceDiffers(
  { costs, cashMinor }: Pick<QuoteStep, 'costs' | 'cashMinor'>,
  found: Result<Found, Refusal>,
): Difference[] {
  const price = found.ok ? found.value.price : undefined;
  if (price === undefined) return [];
  const cash = price.cash?.amountMinor ?? 0n;
  return [
    ...(costs === undefined ? [] : differs('costs', BigInt(costs), price.points)),
    ...(cashMinor === undefined ? [] : differs('cashMinor', BigInt(cashMinor), cash)),
  ];
}

async function redeemed(step: RedeemStep, context: StepContext): Promise<Result<Found, Refusal>> {
  const { reward, quote: quoteId, member } = step.redeem;
  if (quoteId !== undefined) {
    const id = context.quotes.get(quoteId) ?? quoteId;
    return taken(step, { kind: 'quote', quote: id }, context);
  }
  if (reward === undefined) return bareSpent(step, context);
  const request = requestOf(member, reward);
  if (step.take === true) return taken(step, { kind: 'reward', request }, context);
  const { compiled, world } = context;
  const at = { compiled, now: world.now };
  const agreed = await priceRequest(world.dependencies, at, request);
  if (!agreed.ok) return agreed;
  const { unit, points, terms } = agreed.value;
  return success({ price: { unit, points, ...(terms.cash && { cash: terms.cash }) } });
}

type Asked = NonNullable<RedeemStep['redeem']['reward']>;

function requestOf(member: string, reward: Asked): RedemptionRequest {
  const { id, amountMinor, currency, country, points } = reward;
  return {
    ...{ member, rewardId: id, currency, country },
    ...(amountMinor !== undefined && { amountMinor: BigInt(amountMinor) }),
    ...(points !== undefined && { points: BigInt(points) }),
  };
}

/** As the member API does it. */
async function taken(
  { id, redeem: { member, address, participant } }: RedeemStep,
  asked: AskedReward,
  { world, number, redemptions }: StepContext,
): Promise<Result<Found, Refusal>> {
  const redeeming = await redeem(world.dependencies, {
    ...{ program: world.program, caller: member, idempotencyKey: `step-${number}` },
    ...{ member, asked, email: new Secret('member@example.com'), canonicalBody: `${number}` },
    ...(address !== undefined && { address: new Secret(address.join('\n')) }),
    ...(participant !== undefined && { participant }),
  });
  if (!redeeming.ok) return redeeming;
  const { hold, record } = redeeming.value;
  if (id !== undefined) redemptions.set(id, hold.redemption);
  world.touch(member);
  const { unit, points, terms } = hold;
  const price = { unit, points, ...(terms.cash && { cash: terms.cash }) };
  return success({ price, status: redemptionView(record).status });
}

/** Points of a unit by themselves: what they are spent on is not the program's. */
async function bareSpent(step: RedeemStep, context: StepContext): Promise<Result<Found, Refusal>> {
  const terms = termsOf(step, context);
  const price = { unit: terms.unit, points: terms.points };
  const refused = refuseByPolicy(context.compiled.program, terms);
  if (refused !== undefined) return failure(refused);
  if (step.take !== true) return success({ price });
  const lacking = await holdPoints(step.redeem.member, terms, context);
  return lacking === undefined ? success({ price }) : failure(lacking);
}

function termsOf({ redeem: asked }: RedeemStep, { compiled, orders }: StepContext) {
  const { program } = compiled;
  const { unit, points, priceMinor, currency, item, order } = asked;
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
