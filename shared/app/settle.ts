import { assertBalanced, type Entry, type Leg } from '../domain/ledger/entry.ts';
import { captureLegs, releaseLegs } from '../domain/ledger/recipes.ts';
import { survivorOf } from '../domain/member/profile.ts';
import { balanceChange } from '../domain/points/balance-change.ts';
import { lotRoundedUp } from '../domain/points/expiry.ts';
import { programAt } from '../domain/program/version.ts';
import type { Order } from '../domain/redemption/order.ts';
import { invariant } from '../domain/result.ts';
import { addDays, localDateAt } from '../domain/time.ts';
import type { LedgerStore } from '../ports/ledger.ts';
import type { Clock, Digest, Logger } from '../ports/runtime.ts';
import type { Hold, ProgramStore, RedemptionStore, Settlement } from '../ports/stores.ts';

export interface SettleDependencies {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly logger: Logger;
  readonly ledger: LedgerStore;
  readonly redemptions: RedemptionStore;
  readonly programs: ProgramStore;
}

const maximumRounds = 12;

/**
 * Spends the held points: the reward is stored already, and this write names the call that got it.
 */
export async function capture(
  dependencies: SettleDependencies,
  hold: Hold,
  order: Order,
): Promise<'done' | 'lost'> {
  const legs = captureLegs(hold.entry.legs, { ...hold, provider: order.provider });
  const settlement = settlementOf(dependencies, { hold, order, kind: 'capture', legs });
  const captured = await dependencies.redemptions.capture(order, settlement);
  if (captured === 'done') {
    dependencies.logger.info('REDEMPTION_CAPTURED', { redemption: hold.redemption });
  }
  return captured;
}

/**
 * Gives the held points back. Only an order that is `closing` gets here: every provider has said no
 * (P2).
 */
export async function release(
  dependencies: SettleDependencies,
  hold: Hold,
  order: Order,
): Promise<'done' | 'lost'> {
  const { clock, ledger, logger, programs, redemptions } = dependencies;
  invariant(order.state === 'closing', 'Only a closing order may be released.');
  const { program: name } = hold.entry;
  const program = programAt(await programs.load(name), hold.entry.occurredAt);
  invariant(program !== undefined, `Redemption ${hold.redemption} is of an unknown program.`);
  for (let round = 1; round <= maximumRounds; round += 1) {
    const member = await holderOf(ledger, hold);
    const owner = { program: name, member, unit: hold.unit };
    const balance = await ledger.readBalance(owner);
    const today = localDateAt(clock.now(), program.timeZone);
    const graceDays = program.redemption.releaseGraceDays + 1;
    const graceLot = lotRoundedUp(program, addDays(today, graceDays));
    const legs = releaseLegs(hold.entry.legs, { balance, member, today, graceLot });
    const change = balanceChange(balance, { legs }, owner);
    invariant(change !== undefined, 'A release gives points back.');
    const settlement = settlementOf(dependencies, { hold, order, kind: 'release', legs });
    const released = await redemptions.release(order, settlement, change);
    if (released === 'stale') continue;
    if (released === 'done') logger.info('REDEMPTION_RELEASED', { redemption: hold.redemption });
    return released;
  }
  throw new Error(`The balance kept changing over ${maximumRounds} rounds.`);
}

/** The member, or whoever it was merged into meanwhile: they have its points. */
async function holderOf(ledger: LedgerStore, { entry }: Hold): Promise<string> {
  const { program } = entry;
  const seen = new Set<string>();
  let { member } = entry;
  while (!seen.has(member)) {
    seen.add(member);
    member = survivorOf(await ledger.readMember({ program, member }));
  }
  return member;
}

interface SettlementInput {
  readonly hold: Hold;
  readonly order: Order;
  readonly kind: 'capture' | 'release';
  readonly legs: readonly Leg[];
}

function settlementOf(
  { clock, digest }: SettleDependencies,
  { hold, order, kind, legs }: SettlementInput,
): Settlement {
  assertBalanced(legs);
  const now = clock.now();
  const { redemption } = hold;
  const entry: Entry = {
    key: { at: 'redemption', redemption, part: 'S#1' },
    ...{ kind, program: hold.entry.program, member: hold.entry.member, legs },
    occurredAt: now,
    postedAt: now,
    bodyHash: digest.sha256Short(JSON.stringify([redemption, order.attempt, kind])),
    explanation: { rule: hold.rewardId, reason: order.reasons.at(-1) ?? 'SETTLED' },
  };
  return { number: 1, entry, provider: order.provider };
}
