import { assertBalanced, type Entry } from '../domain/ledger/entry.ts';
import { holdLegs } from '../domain/ledger/recipes.ts';
import { redeemChange } from '../domain/points/balance-change.ts';
import type { Program } from '../domain/program/schema.ts';
import { priceReward, type RedemptionRequest } from '../domain/redemption/price.ts';
import { redemptionId, redemptionSeed } from '../domain/redemption/reference.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { failure, type Result, success } from '../domain/result.ts';
import type { Secret } from '../domain/secret.ts';
import { localDateAt } from '../domain/time.ts';
import type { Clock, Digest } from '../ports/runtime.ts';
import type { Sealer } from '../ports/sealing.ts';
import type { Hold, LedgerStore, ProgramStore, RedemptionStore } from '../ports/stores.ts';

export interface RedeemDependencies {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly sealer: Sealer;
  readonly ledger: LedgerStore;
  readonly redemptions: RedemptionStore;
  readonly programs: ProgramStore;
}

export interface RedeemCommand {
  readonly program: string;
  /** Whose idempotency keys these are: the member, or an integrator acting for many. */
  readonly caller: string;
  readonly idempotencyKey: string;
  readonly request: RedemptionRequest;
  readonly email: Secret;
  /** The whole request as canonical JSON: a repeated key must repeat it. */
  readonly canonicalBody: Secret;
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
  const bodyHash = digest.sha256Short(command.canonicalBody.reveal());
  const before = await redemptions.read(redemption);
  if (before !== undefined) return repeat(before.hold, bodyHash);
  const program = await programs.load(command.program);
  if (program === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  return hold(dependencies, { command, program, redemption, bodyHash });
}

interface NewRedemption {
  readonly command: RedeemCommand;
  readonly program: Program;
  readonly redemption: string;
  readonly bodyHash: string;
}

async function hold(
  { clock, ledger, redemptions, sealer }: RedeemDependencies,
  { command, program, redemption, bodyHash }: NewRedemption,
): Promise<Result<Redeemed, Refusal>> {
  const { request } = command;
  const priced = priceReward(program, request);
  if (!priced.ok) return priced;
  const { unit, points } = priced.value;
  const owner = { program: program.program, member: request.member, unit };
  const sealContext = { program: program.program, redemption, field: 'email' } as const;
  let sealedEmail: string | undefined;
  for (let round = 1; round <= maximumRounds; round += 1) {
    const balance = await ledger.readBalance(owner);
    const now = clock.now();
    const legs = holdLegs(balance, { ...owner, points }, localDateAt(now, program.timeZone));
    if (legs === undefined) return failure(refusal('INSUFFICIENT_POINTS', 'amountMinor'));
    assertBalanced(legs);
    sealedEmail ??= await sealer.seal(sealContext, command.email);
    const { rewardId, amountMinor, currency, country } = request;
    const entry: Entry = {
      key: { at: 'redemption', redemption, part: '0' },
      ...{ kind: 'hold', program: program.program, member: request.member, legs, bodyHash },
      occurredAt: now,
      postedAt: now,
      explanation: { rule: rewardId, reason: 'REDEEMED' },
    };
    const asked = { rewardId, amountMinor, currency, country, unit, points };
    const newHold: Hold = { redemption, entry, ...asked, sealedEmail };
    const held = await redemptions.hold(newHold, redeemChange(balance, legs, owner));
    if (held.kind === 'held') return success({ hold: newHold, repeated: false });
    if (held.kind === 'exists') return repeat(held.hold, bodyHash);
  }
  return failure(refusal('TRY_AGAIN'));
}

function repeat(hold: Hold, bodyHash: string): Result<Redeemed, Refusal> {
  if (hold.entry.bodyHash !== bodyHash) return failure(refusal('IDEMPOTENCY_CONFLICT'));
  return success({ hold, repeated: true });
}
