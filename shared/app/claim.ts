import type { Money } from '../domain/money/money.ts';
import { programAt } from '../domain/program/version.ts';
import type { Secret } from '../domain/secret.ts';
import { type Instant, instantOf } from '../domain/time.ts';
import type { Clock, Logger } from '../ports/runtime.ts';
import type { ClaimTokens, Sealer } from '../ports/sealing.ts';
import type { CodeStore, ProgramStore, RedemptionStore } from '../ports/stores.ts';

export interface ClaimDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly tokens: ClaimTokens;
  readonly sealer: Sealer;
  readonly codes: CodeStore;
  readonly redemptions: RedemptionStore;
  readonly programs: ProgramStore;
  /** A new id for each reveal. */
  readonly newRevealId: () => string;
}

export interface ClaimView {
  readonly programName: string;
  readonly rewardName: string;
  readonly value: Money;
  readonly language: string;
  readonly expires: { readonly at: Instant; readonly timeZone: string };
}

export type ClaimOutcome =
  | {
      readonly kind: 'ready';
      readonly view: ClaimView;
      readonly program: string;
      readonly redemption: string;
    }
  | { readonly kind: 'expired' }
  /** Also for tokens that are not ours: they learn nothing. */
  | { readonly kind: 'invalid' };

/** Who may look, and at what: shows nothing of the reward itself. */
export async function openClaim(
  { clock, tokens, redemptions, programs }: ClaimDependencies,
  token: string,
): Promise<ClaimOutcome> {
  const claim = await tokens.read(token);
  if (claim === undefined) return { kind: 'invalid' };
  const expiresAt = instantOf(claim.expiresAtEpochSeconds * 1000);
  if (clock.now() >= expiresAt) return { kind: 'expired' };
  const record = await redemptions.read(claim.redemption);
  if (record?.order?.state !== 'captured') return { kind: 'invalid' };
  const { entry } = record.hold;
  const program = programAt(await programs.load(entry.program), entry.occurredAt);
  if (program === undefined) return { kind: 'invalid' };
  const reward = program.rewards.find(({ id }) => id === record.hold.rewardId);
  const view = {
    programName: program.name,
    rewardName: reward?.name ?? record.hold.rewardId,
    value: { amountMinor: record.hold.amountMinor, currency: record.hold.currency },
    language: program.languages[0] ?? 'en',
    expires: { at: expiresAt, timeZone: program.timeZone },
  };
  return { kind: 'ready', view, program: program.program, redemption: claim.redemption };
}

export type RevealOutcome =
  | Exclude<ClaimOutcome, { kind: 'ready' }>
  | {
      readonly kind: 'revealed';
      readonly view: ClaimView;
      readonly form: 'link' | 'code';
      readonly value: Secret;
    };

/**
 * Shows the reward to the holder of the link; the audit row is written before anything is shown.
 */
export async function reveal(
  dependencies: ClaimDependencies,
  token: string,
): Promise<RevealOutcome> {
  const opened = await openClaim(dependencies, token);
  if (opened.kind !== 'ready') return opened;
  const { clock, codes, logger, newRevealId, sealer } = dependencies;
  const { program, redemption, view } = opened;
  const stored = await codes.read({ program, redemption });
  if (stored === undefined) return { kind: 'invalid' };
  await codes.recordReveal({
    ...{ program, redemption },
    revealedAt: clock.now(),
    revealId: newRevealId(),
  });
  const value = await sealer.open({ program, redemption, field: 'reward' }, stored.sealed);
  logger.info('REWARD_REVEALED', { redemption });
  return { kind: 'revealed', view, form: stored.kind, value };
}
