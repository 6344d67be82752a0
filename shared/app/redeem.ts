import { assertBalanced, type Entry } from '../domain/ledger/entry.ts';
import { holdLegs } from '../domain/ledger/recipes.ts';
import { needsSettling } from '../domain/points/balance.ts';
import { redeemChange } from '../domain/points/balance-change.ts';
import { type PublishedProgram, programAt } from '../domain/program/version.ts';
import { priceRedemption } from '../domain/redemption/policy.ts';
import type { RedemptionRequest } from '../domain/redemption/price.ts';
import { redemptionId, redemptionSeed } from '../domain/redemption/reference.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { failure, type Result, success } from '../domain/result.ts';
import type { Secret } from '../domain/secret.ts';
import { localDateAt } from '../domain/time.ts';
import type { LedgerStore } from '../ports/ledger.ts';
import type { Clock, Digest, Logger, QueueSender } from '../ports/runtime.ts';
import type { Sealer } from '../ports/sealing.ts';
import type { Hold, ProgramStore, RedemptionRecord, RedemptionStore } from '../ports/stores.ts';
import { scheduleCheck } from './check.ts';
import { sweepMember } from './sweep-member.ts';

export interface RedeemDependencies {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly logger: Logger;
  readonly sealer: Sealer;
  readonly ledger: LedgerStore;
  readonly redemptions: RedemptionStore;
  readonly programs: ProgramStore;
  readonly checkQueue: QueueSender;
}

export interface RedeemCommand {
  readonly program: string;
  /** Whose idempotency keys these are: the member, or an integrator acting for many. */
  readonly caller: string;
  readonly idempotencyKey: string;
  readonly request: RedemptionRequest;
  readonly email: Secret;
  /** The request without the address, as canonical JSON: a repeated key must repeat it. */
  readonly canonicalBody: string;
}

export interface Redeemed {
  readonly hold: Hold;
  /** True when this request had been accepted before: nothing was done again. */
  readonly repeated: boolean;
}

const maximumRounds = 12;

/**
 * Sets the points aside and asks for the reward, in one transaction under an id derived from the
 * request: a repeated request meets its own hold (P1, P4).
 */
export async function redeem(
  dependencies: RedeemDependencies,
  command: RedeemCommand,
): Promise<Result<Redeemed, Refusal>> {
  const { digest, redemptions, programs } = dependencies;
  const redemption = redemptionId(digest.sha256Hex(redemptionSeed(command)));
  const bodyHash = digest.sha256Short(command.canonicalBody);
  const before = await redemptions.read(redemption);
  if (before !== undefined) return repeat(dependencies, before, { command, bodyHash });
  const published = await programs.load(command.program);
  if (published === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const held = await hold(dependencies, { command, published, redemption, bodyHash });
  if (held.ok) return held;
  // The same request may have taken the points while this one was on its way.
  const meanwhile = await redemptions.read(redemption);
  return meanwhile === undefined ? held : repeat(dependencies, meanwhile, { command, bodyHash });
}

interface NewRedemption {
  readonly command: RedeemCommand;
  readonly published: PublishedProgram;
  readonly redemption: string;
  readonly bodyHash: string;
}

async function hold(
  dependencies: RedeemDependencies,
  { command, published, redemption, bodyHash }: NewRedemption,
): Promise<Result<Redeemed, Refusal>> {
  const { clock, ledger, redemptions, sealer } = dependencies;
  const { request, program: name } = command;
  const { member } = request;
  const sealContext = { program: name, redemption, field: 'email' } as const;
  let sealedEmail: string | undefined;
  for (let round = 1; round <= maximumRounds; round += 1) {
    // Everything later is judged by the version in force at the hold's own instant, so this is too.
    const now = clock.now();
    const program = programAt(published, now);
    if (program === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
    const priced = priceRedemption(program, request);
    if (!priced.ok) return priced;
    const { unit, points } = priced.value;
    const owner = { program: name, member, unit };
    const balance = await ledger.readBalance(owner);
    const today = localDateAt(now, program.timeZone);
    if (needsSettling(balance, today)) {
      // Points that became spendable today lie in no lot yet.
      await sweepMember(dependencies, owner);
      continue;
    }
    const legs = holdLegs(balance, { ...owner, points }, today);
    if (legs === undefined) return failure(refusal('INSUFFICIENT_POINTS', 'amountMinor'));
    assertBalanced(legs);
    sealedEmail ??= await sealer.seal(sealContext, command.email);
    const { rewardId, amountMinor, currency, country } = request;
    const entry: Entry = {
      key: { at: 'redemption', redemption, part: '0' },
      ...{ kind: 'hold', program: name, member, legs, bodyHash },
      occurredAt: now,
      postedAt: now,
      explanation: { rule: rewardId, reason: 'REDEEMED' },
    };
    const asked = { rewardId, amountMinor, currency, country, unit, points };
    const newHold: Hold = { redemption, entry, ...asked, sealedEmail };
    const held = await redemptions.hold(newHold, redeemChange(balance, legs, owner));
    if (held.kind === 'stale') continue;
    if (held.kind === 'exists') {
      const record = { hold: held.hold, settlements: [] };
      return repeat(dependencies, record, { command, bodyHash });
    }
    await watch(dependencies, newHold);
    return success({ hold: newHold, repeated: false });
  }
  return failure(refusal('TRY_AGAIN'));
}

/**
 * The first result again, or a conflict. The address is compared with the sealed one: no hash of it
 * is kept.
 */
async function repeat(
  dependencies: RedeemDependencies,
  { hold, order }: RedemptionRecord,
  asked: { readonly command: RedeemCommand; readonly bodyHash: string },
): Promise<Result<Redeemed, Refusal>> {
  const { redemption, entry, sealedEmail } = hold;
  const context = { program: entry.program, redemption, field: 'email' } as const;
  const email = await dependencies.sealer.open(context, sealedEmail);
  const isSame = email.reveal() === asked.command.email.reveal();
  if (!isSame || entry.bodyHash !== asked.bodyHash) return failure(refusal('IDEMPOTENCY_CONFLICT'));
  // The first request may have ended between its hold and its check.
  if (order === undefined) await watch(dependencies, hold);
  return success({ hold, repeated: true });
}

async function watch({ checkQueue }: RedeemDependencies, { redemption, entry }: Hold) {
  const { program, postedAt } = entry;
  await scheduleCheck(checkQueue, { program, redemption, requestedAt: postedAt });
}
