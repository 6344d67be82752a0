import * as z from 'zod';
import type { Program } from '../../../shared/domain/program/schema.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { say, UsageError } from '../exit.ts';
import { readState } from '../read-state.ts';
import { openSession } from '../run/session.ts';
import { localToken } from '../token.ts';
import { askProgram } from '../webhooks/api.ts';

export interface ReviewDecision {
  readonly redemption: string;
  readonly decision: 'release' | 'block';
  readonly reason: string;
  /** Who decides, as the review keeps it. */
  readonly actor: string;
}

export interface DecidedReview {
  readonly redemption: string;
  /** Once all that followed is done. */
  readonly status: string;
  readonly needsSecondPerson: boolean;
}

const answerSchema = z.object({ needsSecondPerson: z.boolean() });
const statusSchema = z.object({ status: z.string() });

/**
 * Starts the stack on a state, decides over the HTTP API as staff do, and waits for what follows:
 * the order, or the points that go back. Throws an ApiRefusal.
 */
export async function decideInState(
  directory: string,
  { redemption, decision, reason, actor }: ReviewDecision,
): Promise<DecidedReview> {
  const { program, asOf, member } = await findIn(directory, redemption);
  const session = await openSession({ program, asOf, stateDirectory: directory, log: say });
  try {
    const token = await localToken({ program: program.program, subject: actor, scope: 'staff' });
    const access = { api: session.stack.urls.api, program: program.program, token };
    const own = `/members/${encodeURIComponent(member)}/redemptions/${redemption}`;
    const path = `${own}/review`;
    const answer = await askProgram(access, { method: 'POST', path, body: { decision, reason } });
    await session.drain();
    const { status } = statusSchema.parse(await askProgram(access, { method: 'GET', path: own }));
    return { redemption, status, ...answerSchema.parse(answer) };
  } finally {
    await session.close();
  }
}

interface Found {
  readonly program: Program;
  readonly asOf: Instant;
  readonly member: string;
}

function findIn(directory: string, redemption: string): Promise<Found> {
  return readState(directory, async ({ table, program, asOf }) => {
    const record = await table.redemptions.read(redemption);
    if (record?.review === undefined) {
      throw new UsageError(`${directory} has no review of a redemption ${redemption}.`);
    }
    const newest = (await table.programs.load(program.program))?.at(-1)?.program ?? program;
    return { program: newest, asOf, member: record.hold.entry.member };
  });
}
