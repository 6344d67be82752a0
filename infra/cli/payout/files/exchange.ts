import {
  type PayoutFilesSummary,
  type PayoutFilesTask,
  payoutFilesSummarySchema,
} from '../../../../shared/contracts/payout-files.ts';
import { say } from '../../exit.ts';
import { openSession, type Session } from '../../run/session.ts';
import type { OpenedState } from '../opened-state.ts';

/** Starts the stack on a state, and lets its function exchange files there. */
export async function exchangeInState(
  directory: string,
  { program, asOf }: Pick<OpenedState, 'program' | 'asOf'>,
  task: PayoutFilesTask,
): Promise<PayoutFilesSummary> {
  const session = await openSession({ program, asOf, stateDirectory: directory, log: say });
  try {
    return await exchangeInSession(session, task);
  } finally {
    await session.close();
  }
}

/** What is ready goes into the outbox first, with no time passing; what follows is waited for. */
export async function exchangeInSession(
  session: Session,
  task: PayoutFilesTask,
): Promise<PayoutFilesSummary> {
  await session.rest();
  const answer = await session.stack.invoke(/payout-?files/i, task);
  await session.drain();
  return payoutFilesSummarySchema.parse(answer);
}
