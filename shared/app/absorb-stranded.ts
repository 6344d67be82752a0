import { emptyDecision, type Movement } from '../domain/member/decision.ts';
import { survivorOf } from '../domain/member/profile.ts';
import type { MemberSnapshot } from '../domain/member/snapshot.ts';
import type { Balance } from '../domain/points/balance.ts';
import { type BookDependencies, book } from './book.ts';
import type { Calendar } from './compiled-programs.ts';

/**
 * Points that were on their way to a member while it was merged into another: they follow. Returns
 * how many bookings that took.
 */
export async function absorbStranded(
  dependencies: BookDependencies,
  calendar: Calendar,
  snapshot: MemberSnapshot,
): Promise<number> {
  const { clock, digest } = dependencies;
  const { member: fromMember } = snapshot;
  const member = survivorOf(snapshot);
  const units = [...snapshot.balances].filter(([, balance]) => holdsAnything(balance));
  if (units.length === 0) return 0;
  const now = clock.now();
  const hash = digest.sha256Short(JSON.stringify(['guerdon', 'stranded', fromMember, now]));
  const movements = units.map(([unit]): Movement => ({ kind: 'absorb', member, unit, fromMember }));
  await book(dependencies, {
    ...{ compiled: calendar.current, calendar, member, operation: 'sweep' },
    bookings: [
      {
        frame: { hash, part: '0', bodyHash: hash, occurredAt: now },
        others: [fromMember],
        decide: () => ({
          kind: 'decision',
          decision: { ...emptyDecision('merge', { reason: 'CAME_AFTER_MERGE' }), movements },
        }),
      },
    ],
  });
  return 1;
}

function holdsAnything({ lots, vesting, debt, pending }: Balance): boolean {
  const amounts = [...lots.values(), ...vesting.values(), debt, pending];
  return amounts.some((amount) => amount !== 0n);
}
