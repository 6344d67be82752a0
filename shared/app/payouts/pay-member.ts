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
import type { KeptChoice, PayoutLine } from '../../ports/payouts.ts';
import { mayBeDue, sweepMember } from '../booking/sweep-member.ts';
import { scheduleCheck } from '../dispatch/check-schedule.ts';
import type { PayingRun, PayMemberDependencies } from './paying-run.ts';
import { preparePayout } from './payout-hold.ts';
import { type PaidPerson, personOf } from './payout-person.ts';

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
  const { payouts } = dependencies;
  const { program } = paying.run;
  const { balances } = await settledMember(dependencies, paying, member);
  const filled = [...balances].filter(([unit, balance]) => {
    return isCurrency(unit) && available(balance, paying.asOn) > 0n;
  });
  if (filled.length === 0) return { paid: 0, skipped: 0 };
  const choice = await payouts.readChoice({ program, member });
  let known: Promise<PaidPerson> | undefined;
  const person = () => {
    known ??= personOf(dependencies, paying, { program, member, choice });
    return known;
  };
  const result = { paid: 0, skipped: 0 };
  for (const [unit, balance] of filled.sort(([left], [right]) => (left < right ? -1 : 1))) {
    const wallet = { program, member, unit };
    const outcome = await payWallet(dependencies, paying, { wallet, balance, choice, person });
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
  readonly choice: KeptChoice | undefined;
  /** Opened only for who is paid. */
  readonly person: () => Promise<PaidPerson>;
}

async function payWallet(
  dependencies: PayMemberDependencies,
  paying: PayingRun,
  { wallet, choice, person: personFor, ...read }: Paying,
): Promise<'paid' | 'skipped'> {
  const { clock, digest, ledger, payouts, redemptions, checkQueue } = dependencies;
  const { program, run } = paying;
  const payout = redemptionId(digest.sha256Hex(payoutSeed(run.run, wallet)));
  const line = (amountMinor: bigint, outcome: PayoutLine['outcome']): PayoutLine => ({
    ...{ ...wallet, run: run.run, outcome },
    available: { amountMinor, currency: wallet.unit },
  });
  const skip = async (amountMinor: bigint, reason: PayoutHindrance) => {
    await payouts.putLine(line(amountMinor, { kind: 'skipped', reason }));
    return 'skipped' as const;
  };
  for (let round = 1; round <= maximumRounds; round += 1) {
    const lastPayout = await redemptions.lastPayout(wallet);
    if (lastPayout !== undefined && (await redemptions.read(payout))) return 'paid';
    const balance = round === 1 ? read.balance : await ledger.readBalance(wallet);
    const now = clock.now();
    const today = localDateAt(now, program.timeZone);
    if (needsSettling(balance, today)) {
      await sweepMember(dependencies, wallet);
      continue;
    }
    const amountMinor = available(balance, today);
    if (amountMinor <= 0n) return 'skipped';
    if (await isOpen(dependencies, lastPayout)) return skip(amountMinor, 'STILL_OPEN');
    const plan = (isListed: boolean) =>
      planFor(paying, { choice, isListed, available: { amountMinor, currency: wallet.unit } });
    const unlisted = plan(false);
    if (typeof unlisted === 'string') return skip(amountMinor, unlisted);
    const person = await personFor();
    const planned = person.isListed ? plan(true) : unlisted;
    if (typeof planned === 'string') return skip(amountMinor, planned);
    if (person.email === undefined) return skip(amountMinor, 'EMAIL_MISSING');
    const prepared = await preparePayout(dependencies, paying, {
      ...{ payout, wallet, balance, now, today, planned, choice, person },
    });
    await payouts.putLine(line(amountMinor, { kind: 'payout', payout, rail: planned.rail.id }));
    const { hold, change, review } = prepared;
    await scheduleCheck(checkQueue, {
      ...{ program: wallet.program, redemption: payout, requestedAt: now },
    });
    const beside = { ...(review && { review }), ...(lastPayout !== undefined && { lastPayout }) };
    const { kind } = await redemptions.hold(hold, change, beside);
    if (kind === 'held' || kind === 'exists') return 'paid';
  }
  throw new Error(`The wallet kept changing over ${maximumRounds} rounds.`);
}

function planFor(
  { policy, program, book, asOn }: PayingRun,
  asked: Pick<PayoutQuestion, 'isListed' | 'available'> & Pick<Paying, 'choice'>,
): PlannedPayout | PayoutHindrance {
  const { staleDays } = program.money;
  return planPayout({
    ...{ ...asked, policy, hasPayee: asked.choice?.sealedPayee !== undefined },
    rateOf: (from, to) => freshRate(book, { from, to, on: asOn, staleDays }),
  });
}

function payoutSeed(run: string, { program, member, unit }: BalanceOwner): string {
  return JSON.stringify(['payout', program, run, member, unit]);
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
