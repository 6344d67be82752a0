import { invariant } from '../../../shared/domain/result.ts';
import { say } from '../exit.ts';
import { openSession } from '../run/session.ts';
import { localToken } from '../token.ts';
import { type ApiCall, askProgram } from '../webhooks/api.ts';
import { type FoundPayout, findPayout } from './find.ts';
import { type ShownPayout, shownPayout } from './show.ts';

export interface PayoutDecision {
  readonly payout: string;
  /** Who decides, as the review keeps it. */
  readonly actor: string;
  readonly reason: string;
}

/**
 * Lets a payout go that waits for a person, as staff do, and waits for its order. Throws an
 * ApiRefusal: `SAME_PERSON` for whoever has asked for its run.
 */
export async function approvePayout(directory: string, asked: PayoutDecision) {
  const found = await findPayout(directory, asked.payout);
  return askInState(directory, found, { asked, call: reviewCall(asked, 'release') });
}

/**
 * Blocks one that waits for a person; any other is called off, which its provider may be too late
 * for. Throws an ApiRefusal.
 */
export async function cancelPayout(directory: string, asked: PayoutDecision) {
  const found = await findPayout(directory, asked.payout);
  const { order, review } = found.record;
  const isWaiting = review?.state === 'waiting' && order === undefined;
  const call = isWaiting
    ? reviewCall(asked, 'block')
    : { method: 'POST' as const, path: '/cancel', body: {} };
  return askInState(directory, found, { asked, call });
}

function reviewCall({ reason }: PayoutDecision, decision: 'release' | 'block'): ApiCall {
  return { method: 'POST', path: '/review', body: { decision, reason } };
}

interface Asking {
  readonly asked: PayoutDecision;
  /** Below the payout's own path. */
  readonly call: ApiCall;
}

async function askInState(
  directory: string,
  { program, asOf, record, terms, run }: FoundPayout,
  { asked, call }: Asking,
): Promise<ShownPayout> {
  const session = await openSession({ program, asOf, stateDirectory: directory, log: say });
  try {
    const { payout, actor } = asked;
    const token = await localToken({ program: program.program, subject: actor, scope: 'staff' });
    const access = { api: session.stack.urls.api, program: program.program, token };
    const member = encodeURIComponent(record.hold.entry.member);
    const path = `/members/${member}/redemptions/${payout}${call.path ?? ''}`;
    await askProgram(access, { ...call, path });
    await session.drain();
    const after = await session.table.redemptions.read(payout);
    invariant(after !== undefined, 'A hold is never removed.');
    return shownPayout(after, terms, run);
  } finally {
    await session.close();
  }
}
