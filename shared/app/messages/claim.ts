import { type Face, faceOf } from '../../domain/message/face.ts';
import { type Language, pickLanguage } from '../../domain/message/language.ts';
import type { Money } from '../../domain/money/money.ts';
import { programAt } from '../../domain/program/version.ts';
import { type DeliveredReward, fromSealable } from '../../domain/redemption/delivered-reward.ts';
import { type Instant, instantOf } from '../../domain/time.ts';
import type { Clock, Logger } from '../../ports/runtime.ts';
import type { ClaimTokens, Sealer } from '../../ports/sealing.ts';
import type { CodeStore, ProgramStore, RedemptionStore } from '../../ports/stores.ts';
import { rewardNameOf } from './claim-terms.ts';

export interface ClaimDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly tokens: ClaimTokens;
  readonly sealer: Sealer;
  readonly codes: CodeStore;
  readonly redemptions: Pick<RedemptionStore, 'read'>;
  readonly programs: Pick<ProgramStore, 'load'>;
  /** A new id for each reveal. */
  readonly newRevealId: () => string;
}

/** A link that somebody has opened, and the language that their browser asks for. */
export interface OpenedLink {
  readonly token: string;
  readonly wish: Language;
}

export interface ClaimView {
  readonly face: Face;
  readonly language: Language;
  readonly rewardName: string;
  readonly value: Money;
  readonly expiresAt: Instant;
}

export type ClaimOutcome =
  | {
      readonly kind: 'ready';
      readonly view: ClaimView;
      readonly program: string;
      readonly redemption: string;
    }
  | { readonly kind: 'expired' }
  /** The link is good, and there is no reward behind it now, or no card with money. */
  | {
      readonly kind: 'replaced' | 'returned' | 'payoutReplaced' | 'payoutReturned';
      readonly view: ClaimView;
    }
  /** Also for tokens that are not ours: they learn nothing. */
  | { readonly kind: 'invalid' };

/** Who may look, and at what: shows nothing of the reward itself. */
export async function openClaim(
  { clock, tokens, redemptions, programs }: ClaimDependencies,
  { token, wish }: OpenedLink,
): Promise<ClaimOutcome> {
  const claim = await tokens.read(token);
  if (claim === undefined) return { kind: 'invalid' };
  const expiresAt = instantOf(claim.expiresAtEpochSeconds * 1000);
  if (clock.now() >= expiresAt) return { kind: 'expired' };
  const record = await redemptions.read(claim.redemption);
  if (record?.order === undefined || record.settlements.length === 0) return { kind: 'invalid' };
  const { hold, order } = record;
  const program = programAt(await programs.load(hold.entry.program), hold.entry.occurredAt);
  if (program === undefined) return { kind: 'invalid' };
  const view = {
    face: faceOf(program),
    language: pickLanguage([hold.terms.language, wish]),
    rewardName: rewardNameOf(hold, program),
    value: { amountMinor: hold.amountMinor, currency: hold.currency },
    expiresAt,
  };
  const isPayout = hold.terms.payout !== undefined;
  if (order.state === 'released') return { kind: isPayout ? 'payoutReturned' : 'returned', view };
  if (order.state !== 'captured') return { kind: isPayout ? 'payoutReplaced' : 'replaced', view };
  return { kind: 'ready', view, program: program.program, redemption: claim.redemption };
}

export type RevealOutcome =
  | Exclude<ClaimOutcome, { kind: 'ready' }>
  | { readonly kind: 'revealed'; readonly view: ClaimView; readonly reward: DeliveredReward };

/**
 * Shows the reward to the holder of the link; the audit row is written before anything is shown.
 */
export async function reveal(
  dependencies: ClaimDependencies,
  link: OpenedLink,
): Promise<RevealOutcome> {
  const opened = await openClaim(dependencies, link);
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
  const text = await sealer.open({ program, redemption, field: 'reward' }, stored.sealed);
  logger.info('REWARD_REVEALED', { redemption });
  return { kind: 'revealed', view, reward: fromSealable(stored.kind, text) };
}
