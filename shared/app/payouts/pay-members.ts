import type { Instant } from '../../domain/time.ts';
import type { PayoutRun, PayoutStore } from '../../ports/payouts.ts';
import { errorFields } from '../logging/error-fields.ts';
import { payMember } from './pay-member.ts';
import type { PayingRun, PayMemberDependencies } from './paying-run.ts';

export interface PaidCounts {
  readonly members: number;
  readonly paid: number;
  readonly skipped: number;
  /** Met again by the next call; the log says why. */
  readonly failed: number;
}

export const nobodyPaid: PaidCounts = { members: 0, paid: 0, skipped: 0, failed: 0 };

const membersAtOnce = 16;
/** After so many members it is kept how far the run has come. */
const membersBetween = 500;
/** Where more have failed, the next call begins where they were few enough to be remembered. */
const mostRemembered = 100;

/**
 * Pays those that failed in an earlier call, then the members that the run has not come to. Whoever
 * is before the kept place is left out for good: it moves only where all of them are done or
 * remembered. `isWhole`: nobody was left for want of time.
 */
export async function payMembers(
  dependencies: PayMemberDependencies,
  paying: PayingRun,
  until: Instant | undefined,
): Promise<PaidCounts & { readonly isWhole: boolean }> {
  const { clock, payouts } = dependencies;
  const { run } = paying;
  const crew = new Crew(dependencies, paying);
  let { through, failed: again = [] } = run.progress ?? {};
  const keepPlace = async () => {
    await crew.rest();
    const failed = [...again, ...crew.failed];
    if (through === undefined || failed.length > mostRemembered) return;
    await payouts.keepProgress({ ...run, progress: { through, failed } });
  };
  let isWhole = true;
  for await (const { member, isAgain } of membersToMeet(payouts, run)) {
    isWhole = until === undefined || clock.now() < until;
    if (!isWhole) break;
    await crew.take(member);
    if (isAgain) again = again.slice(1);
    else through = member;
    if (crew.counts.members % membersBetween === 0) await keepPlace();
  }
  await crew.rest();
  if (!isWhole || crew.counts.failed > 0) await keepPlace();
  return { ...crew.counts, isWhole };
}

async function* membersToMeet(
  { members }: Pick<PayoutStore, 'members'>,
  { program, progress }: PayoutRun,
): AsyncGenerator<{ readonly member: string; readonly isAgain: boolean }> {
  for (const member of progress?.failed ?? []) yield { member, isAgain: true };
  for await (const member of members(program, progress?.through)) yield { member, isAgain: false };
}

/** Pays a few members at once. */
class Crew {
  readonly counts = { ...nobodyPaid };
  /** No more than what shows that they are too many. */
  readonly failed: string[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #dependencies: PayMemberDependencies;
  readonly #paying: PayingRun;

  constructor(dependencies: PayMemberDependencies, paying: PayingRun) {
    this.#dependencies = dependencies;
    this.#paying = paying;
  }

  /** Waits until there is room for the next one. */
  async take(member: string): Promise<void> {
    this.counts.members += 1;
    const task = this.#pay(member).finally(() => this.#running.delete(task));
    this.#running.add(task);
    if (this.#running.size >= membersAtOnce) await Promise.race(this.#running);
  }

  async rest(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #pay(member: string): Promise<void> {
    const { counts } = this;
    try {
      const { paid, skipped } = await payMember(this.#dependencies, this.#paying, member);
      counts.paid += paid;
      counts.skipped += skipped;
    } catch (error) {
      counts.failed += 1;
      if (this.failed.length <= mostRemembered) this.failed.push(member);
      this.#tell(error);
    }
  }

  #tell(error: unknown): void {
    const { members, failed } = this.counts;
    const { program } = this.#paying.run;
    const fields = { program, members, failed, ...errorFields(error) };
    this.#dependencies.logger.error('PAYOUT_FAILED', fields);
  }
}
