import { busEventTypes } from '../../domain/bus-event.ts';
import { balanceChange } from '../../domain/points/balance-change.ts';
import { programAt } from '../../domain/program/version.ts';
import type { Review } from '../../domain/redemption/review.ts';
import { nextReview } from '../../domain/redemption/review-decision.ts';
import { countsFirst, firstKey } from '../../domain/redemption/review-rules.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, invariant, type Result, success } from '../../domain/result.ts';
import type { PayoutStore } from '../../ports/payouts.ts';
import type { Publisher } from '../../ports/runtime.ts';
import type { RedemptionRecord } from '../../ports/stores.ts';
import { type CallOffDependencies, callOff } from '../dispatch/settle-call-off.ts';

export interface ReviewDependencies extends CallOffDependencies {
  readonly publisher: Publisher;
  readonly payouts: Pick<PayoutStore, 'readRun'>;
}

export interface ReviewCommand {
  readonly program: string;
  readonly redemption: string;
  /** Who decides. */
  readonly actor: string;
  readonly decision: 'release' | 'block';
  readonly reason: string;
}

export interface Reviewed {
  readonly review: Review;
  readonly record: RedemptionRecord;
  /** One person has let it go, and a second one must. */
  readonly needsSecondPerson: boolean;
}

const maximumRounds = 12;

/**
 * A person lets a redemption go, or blocks it: then its points go back. Safe to repeat. Refusals:
 * `UNKNOWN_REVIEW`, `REVIEW_DECIDED`, `SAME_PERSON`.
 */
export async function decideReview(
  dependencies: ReviewDependencies,
  command: ReviewCommand,
): Promise<Result<Reviewed, Refusal>> {
  const { logger, redemptions } = dependencies;
  const { redemption } = command;
  for (let round = 1; round <= maximumRounds; round += 1) {
    const record = await redemptions.read(redemption);
    const next = await decided(dependencies, record, command);
    if (!next.ok) return next;
    const { kind, before, review } = next.value;
    if (kind === 'next' && (await redemptions.updateReview(before.review, review)) === 'lost') {
      continue;
    }
    logger.info('REVIEW_DECIDED', { redemption, outcome: review.state });
    await carryOut(dependencies, before, review);
    const after = (await redemptions.read(redemption)) ?? before;
    return success({ review, record: after, needsSecondPerson: review.state === 'waiting' });
  }
  return failure(refusal('TRY_AGAIN'));
}

type WithReview = RedemptionRecord & { readonly review: Review };

interface DecidedReview {
  readonly kind: 'next' | 'same';
  readonly before: WithReview;
  readonly review: Review;
}

async function decided(
  { clock, payouts, programs }: ReviewDependencies,
  record: RedemptionRecord | undefined,
  { program: name, actor, decision, reason }: ReviewCommand,
): Promise<Result<DecidedReview, Refusal>> {
  const review = record?.review;
  if (record === undefined || review === undefined || review.program !== name) {
    return failure(refusal('UNKNOWN_REVIEW'));
  }
  // Called off by its member while it waited: nothing is left to decide.
  if (review.state === 'waiting' && record.order !== undefined) {
    return failure(refusal('UNKNOWN_REVIEW'));
  }
  const { entry, points, terms } = record.hold;
  const run = terms.payout && (await payouts.readRun(name, terms.payout.run));
  if (decision === 'release' && run?.requestedBy === actor) return failure(refusal('SAME_PERSON'));
  const program = programAt(await programs.load(name), entry.occurredAt);
  invariant(program !== undefined, `Program ${name} had a version when it was redeemed.`);
  const next = nextReview(program, review, {
    decision: { actor, decision, reason, at: clock.now() },
    // Money has bounds of its own.
    ...{ points: terms.payout ? 0n : points, member: entry.member },
  });
  return next.ok ? success({ ...next.value, before: { ...record, review } }) : next;
}

async function carryOut(
  dependencies: ReviewDependencies,
  before: WithReview,
  { state }: Review,
): Promise<void> {
  if (state === 'waiting') return;
  if (state === 'blocked') {
    await callOff(dependencies, before, 'blocked');
    return;
  }
  if (before.hold.terms.payout === undefined) await countFirst(dependencies, before);
  const { redemption, entry } = before.hold;
  const { program, member } = entry;
  const detail = { program, member, redemption, outcome: state };
  await dependencies.publisher.publish([{ type: busEventTypes.redemptionReviewed, detail }]);
}

/** From now on the member has had one: rules for first redemptions look at others. */
async function countFirst(
  { clock, ledger, programs }: ReviewDependencies,
  { hold }: RedemptionRecord,
): Promise<void> {
  const { program: name, member, occurredAt } = hold.entry;
  const program = programAt(await programs.load(name), occurredAt);
  if (program === undefined || !countsFirst(program)) return;
  const owner = { program: name, member, unit: hold.unit };
  for (let round = 1; round <= maximumRounds; round += 1) {
    const balance = await ledger.readBalance(owner);
    if ((balance.standing.counters.get(firstKey) ?? 0n) > 0n) return;
    const relied = { counters: new Set([firstKey]), metrics: new Set<string>() };
    const move = {
      ...{ legs: [], counters: new Map([[firstKey, 1n]]) },
      relied: { ...relied, cooldowns: new Set<string>() },
    };
    const change = balanceChange(balance, move, owner);
    const nothing = { entries: [], records: [], followUps: [], budgets: [], waiting: [] };
    const posted = await ledger.post({
      ...{ ...nothing, settled: [], cases: [], operation: 'command', program: name },
      balances: change === undefined ? [] : [change],
      postedAt: clock.now(),
    });
    if (posted.kind === 'posted') return;
  }
}
