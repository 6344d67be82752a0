import { isReady } from '../../../shared/app/dispatch/route.ts';
import {
  capture,
  type OrderedRecord,
  release,
  reopen,
} from '../../../shared/app/dispatch/settle.ts';
import { cancel } from '../../../shared/app/redemption/cancel.ts';
import { recordPayment } from '../../../shared/app/redemption/record-payment.ts';
import { redemptionView } from '../../../shared/app/redemption/redemption-view.ts';
import { decideReview } from '../../../shared/app/redemption/review.ts';
import type { Order } from '../../../shared/domain/redemption/order.ts';
import { type Refusal, refusal } from '../../../shared/domain/refusal.ts';
import { failure, invariant, type Result, success } from '../../../shared/domain/result.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import type { RedemptionRecord } from '../../../shared/ports/stores.ts';
import { differs } from './differences.ts';
import { lastOf } from './explained.ts';
import { outcomeDiffers } from './redeem-step.ts';
import type { StepContext, StepFindings } from './scenario-run.ts';
import type { RedemptionStep } from './scenario-schema.ts';

/** Something becomes of a redemption that an earlier step has asked for. */
export async function redemptionDifferences(
  step: RedemptionStep,
  context: StepContext,
): Promise<StepFindings> {
  const { world, compiled } = context;
  const before = await recordOf(step.redemption.id, context);
  const { member } = before.hold.entry;
  const done = await acts[step.redemption.act](before, step, context);
  const differences = outcomeDiffers(step, done);
  world.touch(member);
  if (step.status !== undefined) {
    const { status } = redemptionView(await recordOf(step.redemption.id, context));
    differences.push(...differs('status', step.status, status));
  }
  return { differences, because: lastOf(world, member, compiled.program.timeZone) };
}

export async function recordOf(
  id: string,
  { world, redemptions }: Pick<StepContext, 'world' | 'redemptions'>,
): Promise<RedemptionRecord> {
  const record = await world.dependencies.redemptions.read(redemptions.get(id) ?? id);
  invariant(record !== undefined, `No step ${id} has redeemed anything.`);
  return record;
}

type Act = (
  before: RedemptionRecord,
  step: RedemptionStep,
  context: StepContext,
) => Promise<Result<unknown, Refusal>>;

const acts: Readonly<Record<RedemptionStep['redemption']['act'], Act>> = {
  order: async (before, _, context) => ordered(before, context),
  deliver: async (before, _, context) => {
    const record = await ordered(before, context);
    return record.ok ? success(await capture(context.world.dependencies, record.value)) : record;
  },
  fail: async (before, _, context) => {
    const record = await ordered(before, context);
    return record.ok ? success(await refusedByAll(record.value, context)) : record;
  },
  undo: async (before, _, { world }) => {
    const { order } = before;
    invariant(order?.state === 'captured', 'Only what was delivered can be undone.');
    return success(await reopen(world.dependencies, { ...before, order }));
  },
  cancel: async ({ hold }, _, { world }) => {
    const { member, program } = hold.entry;
    return cancel(world.dependencies, { program, member, redemption: hold.redemption });
  },
  release: async (before, step, context) => decided(before, step, context, 'release'),
  block: async (before, step, context) => decided(before, step, context, 'block'),
  pay: async ({ hold }, { redemption: { amountMinor = 0, currency } }, { world, number }) => {
    const { member, program } = hold.entry;
    const paid = { amountMinor: BigInt(amountMinor), currency: currency ?? hold.currency };
    const payment = { paymentId: `payment-${number}`, paid, redemption: hold.redemption };
    return recordPayment(world.dependencies, { program, member, ...payment });
  },
};

async function decided(
  { hold: { redemption } }: RedemptionRecord,
  step: RedemptionStep,
  { world }: StepContext,
  decision: 'release' | 'block',
): Promise<Result<unknown, Refusal>> {
  const { actor = 'clerk' } = step.redemption;
  const { dependencies, program } = world;
  const reason = step.note ?? 'scenario';
  return decideReview(dependencies, { program, redemption, actor, decision, reason });
}

/** With the first of its sources; what waits for a person or a payment is not ordered. */
async function ordered(
  before: RedemptionRecord,
  { world }: StepContext,
): Promise<Result<OrderedRecord, Refusal>> {
  const { hold, order } = before;
  if (order !== undefined) return success({ ...before, order });
  if (!isReady(before)) return failure(refusal('UNKNOWN_REVIEW'));
  const [source] = hold.terms.sources;
  invariant(source !== undefined, 'What was agreed on can be had somewhere.');
  const never = instantOf(0);
  const row: Order = {
    ...{ redemption: hold.redemption, attempt: 1, ...source, payloadHash: 'scenario' },
    ...{ state: 'open', call: 0, claimedUntil: never, undecidedUntil: never },
    ...{ since: world.now, reasons: ['SCENARIO'], tried: [] },
  };
  await world.dependencies.redemptions.createOrder(row);
  return success({ ...before, order: row });
}

/** A definite no, and nobody else to ask. */
async function refusedByAll(record: OrderedRecord, { world }: StepContext) {
  const { redemptions } = world.dependencies;
  const closing: Order = { ...record.order, state: 'closing' };
  await redemptions.updateOrder(record.order, closing);
  return release(world.dependencies, { ...record, order: closing });
}
