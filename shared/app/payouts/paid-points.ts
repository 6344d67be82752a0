import { type PaidPoints, paidPointsOf } from '../../domain/payout/points.ts';
import type { LedgerStore } from '../../ports/ledger.ts';
import type { Digest } from '../../ports/runtime.ts';
import { eventHash } from '../booking/event-hash.ts';

export interface PaidPointsDependencies {
  readonly digest: Digest;
  readonly ledger: Pick<LedgerStore, 'readForPosting'>;
}

/** The key of the entry by which a payout became points: what makes it happen at most once. */
export function pointsHash(digest: Digest, payout: string): string {
  return eventHash(digest, { source: 'guerdon:payout', id: payout });
}

/** What a payout has become by a rail of points, if it was booked. */
export async function readPaidPoints(
  { digest, ledger }: PaidPointsDependencies,
  { program, payout }: { readonly program: string; readonly payout: string },
): Promise<PaidPoints | undefined> {
  const hash = pointsHash(digest, payout);
  const query = { program, members: [], hashes: [hash], originals: [], budgets: [] };
  const { entries } = await ledger.readForPosting(query);
  const entry = entries.get(hash);
  return entry && paidPointsOf(entry);
}
