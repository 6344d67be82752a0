import { assertBalanced, type Entry, type EntryKind } from '../../domain/ledger/entry.ts';
import { releaseLegs, reversedLegs } from '../../domain/ledger/recipes.ts';
import { survivorOf } from '../../domain/member/profile.ts';
import { balanceChange, redeemChange } from '../../domain/points/balance-change.ts';
import { lotRoundedUp } from '../../domain/points/expiry.ts';
import type { Program } from '../../domain/program/schema.ts';
import { programAt } from '../../domain/program/version.ts';
import type { Rate } from '../../domain/rates/rate.ts';
import { releaseFigures } from '../../domain/redemption/limits.ts';
import type { Order } from '../../domain/redemption/order.ts';
import { invariant } from '../../domain/result.ts';
import { addDays, localDateAt } from '../../domain/time.ts';
import type { LedgerStore } from '../../ports/ledger.ts';
import type { RateReader } from '../../ports/rates.ts';
import type { Clock, Digest, Logger } from '../../ports/runtime.ts';
import type { Hold, ProgramStore, RedemptionRecord, RedemptionStore } from '../../ports/stores.ts';
import {
  capturePosting,
  heldLegs,
  type Posting,
  rateBackOf,
  reopenPosting,
} from './settle-payout.ts';

export interface SettleDependencies {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly logger: Logger;
  readonly ledger: LedgerStore;
  readonly redemptions: RedemptionStore;
  readonly programs: ProgramStore;
}

export interface ReopenDependencies extends SettleDependencies {
  readonly rates: RateReader;
}

/** A redemption with its order row, as both were read. */
export type OrderedRecord = RedemptionRecord & { readonly order: Order };

const maximumRounds = 12;

/**
 * Spends the held points: the reward is stored already, and this write names the call that got it.
 * The provider is owed what it says it charged, else the face value.
 */
export async function capture(
  dependencies: SettleDependencies,
  record: OrderedRecord,
): Promise<'done' | 'lost'> {
  const { hold, order } = record;
  const posting = capturePosting(record);
  const settlement = settlementOf(dependencies, record, { kind: 'capture', ...posting });
  const captured = await dependencies.redemptions.capture(order, settlement);
  if (captured === 'done') {
    dependencies.logger.info('REDEMPTION_CAPTURED', { redemption: hold.redemption });
  }
  return captured;
}

export function faceValue({ amountMinor, currency }: Hold) {
  return { amountMinor, currency };
}

/**
 * Gives the held points back, and what the member paid beside them. Only an order that is `closing`
 * gets here: every provider has said no (P2).
 */
export async function release(
  dependencies: SettleDependencies,
  record: OrderedRecord,
): Promise<'done' | 'lost'> {
  const { ledger, logger, programs, redemptions } = dependencies;
  const { hold, order, payment, review } = record;
  invariant(order.state === 'closing', 'Only a closing order may be released.');
  const { program: name } = hold.entry;
  const program = programAt(await programs.load(name), hold.entry.occurredAt);
  invariant(program !== undefined, `Redemption ${hold.redemption} is of an unknown program.`);
  for (let round = 1; round <= maximumRounds; round += 1) {
    const member = await holderOf(ledger, hold);
    const owner = { program: name, member, unit: hold.unit };
    const balance = await ledger.readBalance(owner);
    const returned = releaseLegs(heldLegs(record), {
      ...{ balance, member, ...lotsOf(dependencies, program) },
    });
    // What is paid out was counted in no limit.
    const figures = hold.terms.payout ? {} : releaseFigures(hold, program, balance, review);
    const change =
      balanceChange(balance, { legs: returned, ...figures }, owner) ??
      redeemChange(balance, [], owner);
    const legs = [...returned, ...reversedLegs(payment?.entry.legs ?? [])];
    const settlement = settlementOf(dependencies, record, { kind: 'release', legs });
    const released = await redemptions.release(order, settlement, change);
    if (released === 'stale') continue;
    if (released === 'done') {
      logger.info('REDEMPTION_RELEASED', { redemption: hold.redemption });
      await watchPayment(dependencies, record);
    }
    return released;
  }
  throw new Error(`The balance kept changing over ${maximumRounds} rounds.`);
}

/** Where points go whose lot has expired while they were held. */
function lotsOf({ clock }: SettleDependencies, program: Program) {
  const today = localDateAt(clock.now(), program.timeZone);
  const graceDays = program.redemption.releaseGraceDays + 1;
  return { today, graceLot: lotRoundedUp(program, addDays(today, graceDays)) };
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

/** A payment that came while the points went back was not given back with them. */
async function watchPayment(
  { clock, logger, redemptions }: SettleDependencies,
  { hold, payment }: RedemptionRecord,
): Promise<void> {
  if (hold.terms.cash === undefined || payment !== undefined) return;
  const { redemption, entry } = hold;
  if ((await redemptions.read(redemption))?.payment === undefined) return;
  const reason = 'PAID_AFTER_RELEASE';
  const openedAt = clock.now();
  await redemptions.openCase({ program: entry.program, redemption, reason, openedAt });
  logger.error('CASE_OPENED', { redemption, reason });
}

/**
 * Holds the value of a captured redemption again: what was delivered was undone. Only a final word
 * of a provider settles it once more.
 */
export async function reopen(
  dependencies: ReopenDependencies,
  record: OrderedRecord,
): Promise<'done' | 'lost'> {
  const { logger, redemptions } = dependencies;
  const { hold, order, reopenings, settlements } = record;
  const captured = settlements.at(-1);
  const number = reopenings.length + 1;
  invariant(captured?.number === number, 'Each settlement is undone once.');
  const rateBack = await rateBackFor(dependencies, hold);
  const entry = entryOf(dependencies, record, {
    ...{ kind: 'reopen', part: `REOPEN#${number}`, reason: 'UNDONE_BY_PROVIDER' },
    ...reopenPosting(record, captured.entry.legs, rateBack),
  });
  const reopened = await redemptions.reopen(order, { number, entry });
  if (reopened === 'done') {
    const { provider } = order;
    logger.warn('REDEMPTION_REOPENED', { redemption: hold.redemption, provider });
  }
  return reopened;
}

async function rateBackFor(
  { clock, programs, rates }: ReopenDependencies,
  hold: Hold,
): Promise<Rate | undefined> {
  if (hold.terms.payout === undefined) return undefined;
  const now = clock.now();
  const program = programAt(await programs.load(hold.entry.program), now);
  return program && rateBackOf(rates, { program, hold, now });
}

interface Settling extends Posting {
  readonly kind: 'capture' | 'release';
}

function settlementOf(dependencies: SettleDependencies, record: OrderedRecord, posting: Settling) {
  const { order, reopenings } = record;
  const number = reopenings.length + 1;
  const reason = order.reasons.at(-1) ?? 'SETTLED';
  const entry = entryOf(dependencies, record, { ...posting, part: `S#${number}`, reason });
  return { number, entry, provider: order.provider };
}

export function entryOf(
  { clock, digest }: Pick<SettleDependencies, 'clock' | 'digest'>,
  { hold, order }: Pick<OrderedRecord, 'hold' | 'order'>,
  posted: {
    readonly kind: EntryKind;
    readonly part: string;
    readonly reason: string;
  } & Posting,
): Entry {
  const { kind, legs, exchanges, part, reason } = posted;
  assertBalanced(legs);
  const now = clock.now();
  const { redemption, rewardId, entry } = hold;
  return {
    key: { at: 'redemption', redemption, part },
    ...{ kind, program: entry.program, member: entry.member, legs },
    ...{ occurredAt: now, postedAt: now },
    bodyHash: digest.sha256Short(JSON.stringify([redemption, order.attempt, kind])),
    explanation: { rule: rewardId, reason },
    ...(exchanges && { exchanges }),
  };
}
