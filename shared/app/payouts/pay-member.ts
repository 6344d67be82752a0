import type { MemberSnapshot } from '../../domain/member/snapshot.ts';
import { isCurrency } from '../../domain/money/currency.ts';
import {
  type PayoutHindrance,
  type PayoutQuestion,
  type PlannedPayout,
  planPayout,
} from '../../domain/payout/decide.ts';
import { available, type Balance, needsSettling } from '../../domain/points/balance.ts';
import type { BalanceOwner } from '../../domain/points/balance-change.ts';
import { freshRate } from '../../domain/rates/fresh-rate.ts';
import { isFinal } from '../../domain/redemption/order.ts';
import { redemptionId } from '../../domain/redemption/reference.ts';
import { localDateAt } from '../../domain/time.ts';
import type { KeptChoice } from '../../ports/payouts.ts';
import { mayBeDue, sweepMember } from '../booking/sweep-member.ts';
import { scheduleCheck } from '../dispatch/check-schedule.ts';
import { readPaidPoints } from './paid-points.ts';
import { payInPoints } from './pay-points.ts';
import type { PayAttempt, PayAttempted, PayingRun, PayMemberDependencies } from './paying-run.ts';
import { preparePayout } from './payout-hold.ts';
import { choiceOf, type PaidPerson, personOf } from './payout-person.ts';

export interface MemberPaid {
  readonly paid: number;
  readonly skipped: number;
}

const maximumRounds = 12;

/**
 * Places a payout for each of a member's wallets that is due, once what their calendar has brought
 * is booked. What was placed by the same run before is met under its id and counted again.
 */
export async function payMember(
  dependencies: PayMemberDependencies,
  paying: PayingRun,
  member: string,
): Promise<MemberPaid> {
  const { program } = paying.run;
  const holder = await settledMember(dependencies, paying, member);
  const filled = [...holder.balances].filter(([unit, balance]) => {
    return isCurrency(unit) && available(balance, paying.asOn) > 0n;
  });
  if (filled.length === 0) return { paid: 0, skipped: 0 };
  const choice = await choiceOf(dependencies, { program, member });
  let known: Promise<PaidPerson> | undefined;
  const person = () => {
    known ??= personOf(dependencies, paying, { program, member, choice });
    return known;
  };
  const result = { paid: 0, skipped: 0 };
  for (const [unit, balance] of filled.sort(([left], [right]) => (left < right ? -1 : 1))) {
    const wallet = { program, member, unit };
    const outcome = await payWallet(dependencies, paying, {
      ...{ wallet, balance, holder, choice, person },
    });
    result[outcome] += 1;
  }
  return result;
}

/** Reads a member once where nothing is due. */
async function settledMember(
  dependencies: PayMemberDependencies,
  { calendar, run: { program } }: PayingRun,
  member: string,
): Promise<MemberSnapshot> {
  const { clock, ledger } = dependencies;
  const snapshot = await ledger.readMember({ program, member });
  if (!mayBeDue(calendar, snapshot, clock.now())) return snapshot;
  await sweepMember(dependencies, { program, member });
  return ledger.readMember({ program, member });
}

interface Paying {
  readonly wallet: BalanceOwner;
  /** As it was read with the member. */
  readonly balance: Balance;
  readonly holder: MemberSnapshot;
  readonly choice: KeptChoice | undefined;
  /** Opened only for who is paid. */
  readonly person: () => Promise<PaidPerson>;
}

async function payWallet(
  dependencies: PayMemberDependencies,
  paying: PayingRun,
  { wallet, choice, holder, person, ...read }: Paying,
): Promise<'paid' | 'skipped'> {
  const { clock, digest, ledger, payouts, redemptions } = dependencies;
  const { program, run } = paying;
  const payout = redemptionId(digest.sha256Hex(payoutSeed(run.run, wallet)));
  const isPoints = choice !== undefined && pointsRails(paying).includes(choice.rail);
  for (let round = 1; round <= maximumRounds; round += 1) {
    const lastPayout = await redemptions.lastPayout(wallet);
    if (await isPlaced(dependencies, paying, { payout, lastPayout })) return 'paid';
    const balance = round === 1 ? read.balance : await ledger.readBalance(wallet);
    const now = clock.now();
    const today = localDateAt(now, program.timeZone);
    if (needsSettling(balance, today)) {
      await sweepMember(dependencies, wallet);
      continue;
    }
    const amountMinor = available(balance, today);
    if (amountMinor <= 0n) return 'skipped';
    const money = { amountMinor, currency: wallet.unit };
    const attempt = { payout, wallet, balance, available: money, choice, now, today };
    const attempted = (await isOpen(dependencies, lastPayout))
      ? 'STILL_OPEN'
      : isPoints
        ? await payInPoints(dependencies, paying, { ...attempt, holder })
        : await payInMoney(dependencies, paying, { ...attempt, person, lastPayout });
    if (attempted === 'paid') return 'paid';
    if (attempted === 'stale') continue;
    const outcome = { kind: 'skipped', reason: attempted } as const;
    await payouts.putLine({ ...wallet, run: run.run, available: money, outcome });
    return 'skipped';
  }
  throw new Error(`The wallet kept changing over ${maximumRounds} rounds.`);
}

interface PayingMoney extends PayAttempt {
  readonly person: Paying['person'];
  readonly lastPayout: string | undefined;
}

/** The line first: what is held without one would be missing from the run's report. */
async function payInMoney(
  dependencies: PayMemberDependencies,
  paying: PayingRun,
  { person: personFor, lastPayout, ...attempt }: PayingMoney,
): Promise<PayAttempted> {
  const { payouts, redemptions, checkQueue } = dependencies;
  const { payout, wallet, available: money, choice, now } = attempt;
  const plan = (isListed: boolean) => planFor(paying, { choice, isListed, available: money });
  const unlisted = plan(false);
  if (typeof unlisted === 'string') return unlisted;
  const person = await personFor();
  const planned = person.isListed ? plan(true) : unlisted;
  if (typeof planned === 'string') return planned;
  if (person.email === undefined) return 'EMAIL_MISSING';
  const prepared = await preparePayout(dependencies, paying, { ...attempt, planned, person });
  const outcome = { kind: 'payout', payout, rail: planned.rail.id } as const;
  await payouts.putLine({ ...wallet, run: paying.run.run, available: money, outcome });
  const { hold, change, review } = prepared;
  await scheduleCheck(checkQueue, {
    ...{ program: wallet.program, redemption: payout, requestedAt: now },
  });
  const beside = { ...(review && { review }), ...(lastPayout !== undefined && { lastPayout }) };
  const { kind } = await redemptions.hold(hold, change, beside);
  return kind === 'held' || kind === 'exists' ? 'paid' : 'stale';
}

function planFor(
  { policy, program, book, asOn }: PayingRun,
  asked: Pick<PayoutQuestion, 'isListed' | 'available'> & Pick<Paying, 'choice'>,
): PlannedPayout | PayoutHindrance {
  const { staleDays } = program.money;
  return planPayout({
    ...{ ...asked, policy, hasPayee: asked.choice?.sealedPayee !== undefined },
    payeeCountries: asked.choice?.payeeCountries,
    rateOf: (from, to) => freshRate(book, { from, to, on: asOn, staleDays }),
  });
}

function payoutSeed(run: string, { program, member, unit }: BalanceOwner): string {
  return JSON.stringify(['payout', program, run, member, unit]);
}

function pointsRails({ policy }: PayingRun): readonly string[] {
  return policy.rails.flatMap(({ id, kind }) => (kind === 'points' ? id : []));
}

interface Placed {
  readonly payout: string;
  readonly lastPayout: string | undefined;
}

/** Whether the run has paid the wallet before, by whatever rail was chosen then. */
async function isPlaced(
  dependencies: PayMemberDependencies,
  paying: PayingRun,
  { payout, lastPayout }: Placed,
): Promise<boolean> {
  if (lastPayout !== undefined && (await dependencies.redemptions.read(payout))) return true;
  if (pointsRails(paying).length === 0) return false;
  const { program } = paying.run;
  return (await readPaidPoints(dependencies, { program, payout })) !== undefined;
}

/** Whether a payout of the wallet is still on its way. */
async function isOpen(
  { redemptions }: PayMemberDependencies,
  payout: string | undefined,
): Promise<boolean> {
  if (payout === undefined) return false;
  const record = await redemptions.read(payout);
  return record?.order === undefined || !isFinal(record.order);
}
