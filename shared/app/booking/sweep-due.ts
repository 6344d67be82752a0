import { type SweepDependencies, sweepMember } from './sweep-member.ts';

export interface DueResult {
  readonly members: number;
  readonly booked: number;
  readonly failed: number;
}

const membersAtOnce = 16;

/**
 * Goes through a program's members and books what their calendars have brought: expiry, vesting,
 * reviews, birthdays. A member that fails is left for the next sweep and keeps nobody waiting.
 */
export async function sweepDue(
  dependencies: SweepDependencies,
  program: string,
): Promise<DueResult> {
  const result = { members: 0, booked: 0, failed: 0 };
  const sweepOne = async (member: string) => {
    result.members += 1;
    try {
      const booked = await sweepMember(dependencies, { program, member });
      result.booked += booked;
    } catch {
      result.failed += 1;
      dependencies.logger.error('SWEEP_FAILED', { program });
    }
  };
  const running = new Set<Promise<void>>();
  for await (const member of dependencies.ledger.members(program)) {
    const task = sweepOne(member).finally(() => running.delete(task));
    running.add(task);
    if (running.size >= membersAtOnce) await Promise.race(running);
  }
  await Promise.all(running);
  return result;
}
