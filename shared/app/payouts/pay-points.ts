import { balanceIn, type MemberSnapshot } from '../../domain/member/snapshot.ts';
import { planPoints, pointsExplanation } from '../../domain/payout/points.ts';
import { available as spendable } from '../../domain/points/balance.ts';
import { swapDecision } from '../../domain/points/wallet-swap.ts';
import { refusal } from '../../domain/refusal.ts';
import { invariant } from '../../domain/result.ts';
import { localDateAt } from '../../domain/time.ts';
import { type Booking, book } from '../booking/book.ts';
import { calendarAt, compiledAt } from '../booking/compiled-programs.ts';
import { pointsHash } from './paid-points.ts';
import type { PayAttempt, PayAttempted, PayingRun, PayMemberDependencies } from './paying-run.ts';

/**
 * Turns a wallet into points by the terms and the rate of the run, in one entry, once for each
 * payout: there is no order, and nothing can come back.
 */
export async function payInPoints(
  dependencies: PayMemberDependencies,
  paying: PayingRun,
  { holder, ...attempt }: PayAttempt & { readonly holder: MemberSnapshot },
): Promise<PayAttempted> {
  const { digest, payouts, programs } = dependencies;
  const { program, policy, book: rates, asOn: on, run } = paying;
  const { payout, wallet, available, choice, now } = attempt;
  const planned = planPoints({ program, policy, choice, holder, available, rates, on });
  if (typeof planned === 'string') return planned;
  const { rail, swap } = planned;
  const outcome = { kind: 'points', payout, rail: rail.id } as const;
  await payouts.putLine({ ...wallet, run: run.run, available, outcome });
  const versions = await programs.load(wallet.program);
  const compiled = compiledAt(versions, run.asOf);
  const calendar = calendarAt(versions, now);
  invariant(compiled && calendar, 'A program that pays out has a version.');
  const { member, unit } = wallet;
  const bodyHash = digest.sha256Short(JSON.stringify([run.run, unit]));
  const booking: Booking = {
    frame: { hash: pointsHash(digest, payout), part: '0', bodyHash, occurredAt: now },
    others: [],
    decide: ({ member: found, now: bookedAt }) => {
      const today = localDateAt(bookedAt, program.timeZone);
      const isSame = spendable(balanceIn(found, unit), today) === available.amountMinor;
      if (!isSame) return { kind: 'refused', refusal: refusal('TRY_AGAIN') };
      const explanation = pointsExplanation({ rail, run: run.run });
      const decision = swapDecision({ program, member, now: bookedAt }, swap, explanation);
      return { kind: 'decision', decision };
    },
  };
  const group = { compiled, calendar, member, operation: 'command' as const, bookings: [booking] };
  const [booked] = await book(dependencies, group);
  return booked?.kind === 'refused' ? 'stale' : 'paid';
}
