import { type PublishedProgram, versionAt } from '../../domain/program/version.ts';
import type { AskedReward } from '../../domain/redemption/asked.ts';
import { redemptionId, redemptionSeed } from '../../domain/redemption/reference.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { Secret } from '../../domain/secret.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock, Digest, Logger, QueueSender } from '../../ports/runtime.ts';
import type { SealContext } from '../../ports/sealing.ts';
import type { Hold, ProgramStore, RedemptionRecord, RedemptionStore } from '../../ports/stores.ts';
import { compiledAt } from '../booking/compiled-programs.ts';
import type { Agreed } from '../catalogue/price-request.ts';
import { scheduleCheck } from '../dispatch/check-schedule.ts';
import { type AgreeDependencies, agree } from './redeem-agree.ts';
import {
  type ContactDependencies,
  emailOf,
  refuseAddress,
  refuseParticipant,
} from './redeem-contact.ts';
import { prepareHold } from './redeem-hold.ts';

export interface RedeemDependencies extends AgreeDependencies, ContactDependencies {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly logger: Logger;
  readonly redemptions: RedemptionStore;
  readonly programs: ProgramStore;
  readonly checkQueue: QueueSender;
}

interface OnceDependencies extends RedeemDependencies {
  /** Books what the calendar has brought a member by now; what takes no points never asks. */
  readonly settleDue: (owner: {
    readonly program: string;
    readonly member: string;
  }) => Promise<unknown>;
}

export interface RedeemCommand {
  readonly program: string;
  /** Whose idempotency keys these are: the member, or an integrator acting for many. */
  readonly caller: string;
  readonly idempotencyKey: string;
  readonly member: string;
  readonly asked: AskedReward;
  /** Without it, what the member has told before. */
  readonly email?: Secret;
  /** For goods, one line each. */
  readonly address?: Secret;
  /** Who redeems for a company. */
  readonly participant?: string;
  /** The request without addresses, as canonical JSON: a repeated key must repeat it. */
  readonly canonicalBody: string;
}

export interface Redeemed {
  readonly hold: Hold;
  readonly record: RedemptionRecord;
  /** True when this request had been accepted before: nothing was done again. */
  readonly repeated: boolean;
}

const maximumRounds = 12;

/**
 * Sets the points aside and asks for the reward, in one transaction under an id derived from the
 * request: a repeated request meets its own hold (P1, P4).
 */
export async function redeemOnce(
  dependencies: OnceDependencies,
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
  dependencies: OnceDependencies,
  { command, published, redemption, bodyHash }: NewRedemption,
): Promise<Result<Redeemed, Refusal>> {
  const { clock, ledger, redemptions } = dependencies;
  const { program: name, member, participant, asked } = command;
  const refused = await refuseParticipant(dependencies, { program: name, member }, participant);
  if (refused !== undefined) return failure(refused);
  const settled = agreement(dependencies, { command, published, redemption });
  let isWatched = false;
  for (let round = 1; round <= maximumRounds; round += 1) {
    // Everything later is judged by the version in force at the hold's own instant, so this is too.
    const now = clock.now();
    const program = versionAt(published, now)?.program;
    if (program === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
    const ready = await settled(now);
    if (!ready.ok) return ready;
    const owner = { program: name, member, unit: ready.value.agreed.unit };
    const balance = await ledger.readBalance(owner);
    const isGift = asked.kind === 'gift';
    const input = { redemption, member, bodyHash, isGift, ...ready.value };
    const prepared = prepareHold(program, { balance, now }, input);
    if (!prepared.ok) return prepared;
    if (prepared.value === 'unsettled') {
      await dependencies.settleDue(owner);
      continue;
    }
    const { hold: held, change, review } = prepared.value;
    // Before it is held: a death in between leaves a check of nothing, and no hold unwatched.
    if (!isWatched) await watch(dependencies, held);
    isWatched = true;
    const outcome = await redemptions.hold(held, change, { ...(review && { review }) });
    if (outcome.kind === 'stale') continue;
    if (outcome.kind === 'quoteUsed') return failure(refusal('QUOTE_USED', 'quote'));
    if (outcome.kind === 'exists') {
      const record = { hold: outcome.hold, settlements: [], reopenings: [] };
      return repeat(dependencies, record, { command, bodyHash });
    }
    const record = { hold: held, settlements: [], reopenings: [], ...(review && { review }) };
    return success({ hold: held, record, repeated: false });
  }
  return failure(refusal('TRY_AGAIN'));
}

interface Ready {
  readonly agreed: Agreed;
  readonly sealedEmail: string;
  readonly sealedAddress: string | undefined;
}

/** What is agreed on and where to, once for each version of the program. */
function agreement(
  dependencies: RedeemDependencies,
  { command, published, redemption }: Omit<NewRedemption, 'bodyHash'>,
): (now: Instant) => Promise<Result<Ready, Refusal>> {
  let known: { readonly from: Instant; readonly ready: Ready } | undefined;
  return async (now) => {
    const compiled = compiledAt(published, now);
    const from = versionAt(published, now)?.from;
    if (compiled === undefined || from === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
    if (known?.from === from) return success(known.ready);
    const agreed = await agree(dependencies, { compiled, now }, command);
    if (!agreed.ok) return agreed;
    const addressed = await address(dependencies, { command, redemption, agreed: agreed.value });
    if (!addressed.ok) return addressed;
    known = { from, ready: { agreed: agreed.value, ...addressed.value } };
    return success(known.ready);
  };
}

async function address(
  dependencies: RedeemDependencies,
  asked: {
    readonly command: RedeemCommand;
    readonly redemption: string;
    readonly agreed: Agreed;
  },
): Promise<Result<Omit<Ready, 'agreed'>, Refusal>> {
  const { command, redemption, agreed } = asked;
  const { program } = command;
  const refused = refuseAddress(agreed.terms, command.address);
  if (refused !== undefined) return failure(refused);
  const email = await emailOf(dependencies, command, command.email);
  if (!email.ok) return email;
  const seal = (field: SealContext['field'], value: Secret) =>
    dependencies.sealer.seal({ program, redemption, field }, value);
  return success({
    sealedEmail: await seal('email', email.value),
    sealedAddress: command.address && (await seal('address', command.address)),
  });
}

/**
 * The first result again, or a conflict. Addresses are compared with the sealed ones: no hash of
 * them is kept.
 */
async function repeat(
  dependencies: RedeemDependencies,
  record: RedemptionRecord,
  asked: { readonly command: RedeemCommand; readonly bodyHash: string },
): Promise<Result<Redeemed, Refusal>> {
  const { hold: held, order } = record;
  const { email, address: posted } = asked.command;
  const { entry, sealedEmail, sealedAddress } = held;
  const isSame =
    entry.bodyHash === asked.bodyHash &&
    (await opensTo(dependencies, held, 'email', { sealed: sealedEmail, value: email })) &&
    (await opensTo(dependencies, held, 'address', { sealed: sealedAddress, value: posted }));
  if (!isSame) return failure(refusal('IDEMPOTENCY_CONFLICT'));
  // The first request may have ended between its hold and its check.
  if (order === undefined) await watch(dependencies, held);
  return success({ hold: held, record, repeated: true });
}

/** Whether a sealed text is the one that was told again; where none was, nothing is compared. */
async function opensTo(
  { sealer }: RedeemDependencies,
  { redemption, entry }: Hold,
  field: 'email' | 'address',
  { sealed, value }: { readonly sealed: string | undefined; readonly value: Secret | undefined },
): Promise<boolean> {
  if (value === undefined) return true;
  if (sealed === undefined) return false;
  const opened = await sealer.open({ program: entry.program, redemption, field }, sealed);
  return opened.reveal() === value.reveal();
}

async function watch({ checkQueue }: RedeemDependencies, { redemption, entry }: Hold) {
  const { program, postedAt } = entry;
  await scheduleCheck(checkQueue, { program, redemption, requestedAt: postedAt });
}
