import type { Money } from '../domain/money/money.ts';
import { programAt } from '../domain/program/version.ts';
import { invariant } from '../domain/result.ts';
import type { Secret } from '../domain/secret.ts';
import { addMs, type Instant } from '../domain/time.ts';
import type { Logger, Mailer } from '../ports/runtime.ts';
import type { ClaimTokens, Sealer } from '../ports/sealing.ts';
import type { ProgramStore, RedemptionStore } from '../ports/stores.ts';
import type { RedemptionTask } from './redemption-task.ts';

export interface Message {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Words for the member; adapters hold the languages. */
export interface MessageWriter {
  rewardReady(words: {
    readonly programName: string;
    readonly rewardName: string;
    readonly value: Money;
    readonly claimLink: Secret;
    readonly expiresAt: Instant;
    readonly timeZone: string;
    readonly language: string;
  }): Message;
  pointsReturned(words: {
    readonly programName: string;
    readonly rewardName: string;
    readonly value: Money;
    readonly points: bigint;
    readonly language: string;
  }): Message;
}

export interface NotifyDependencies {
  readonly logger: Logger;
  readonly mailer: Mailer;
  readonly messages: MessageWriter;
  readonly sealer: Sealer;
  readonly tokens: ClaimTokens;
  readonly redemptions: RedemptionStore;
  readonly programs: ProgramStore;
  /** Without a slash at the end. */
  readonly claimBaseUrl: string;
}

const dayMs = 86_400_000;

/**
 * Tells the member how a redemption ended. A repeat sends the same link again: its expiry counts
 * from the settlement, so the token is the same.
 */
export async function notify(
  dependencies: NotifyDependencies,
  task: RedemptionTask,
): Promise<void> {
  const { logger, mailer, messages, programs, redemptions, sealer, tokens } = dependencies;
  const { redemption } = task;
  const record = await redemptions.read(redemption);
  const settlement = record?.settlements.at(-1);
  invariant(record && settlement, `Redemption ${redemption} was announced as settled but is not.`);
  const { hold } = record;
  const program = programAt(await programs.load(task.program), hold.entry.occurredAt);
  invariant(program !== undefined, `Redemption ${redemption} is of an unknown program.`);
  const reward = program.rewards.find(({ id }) => id === hold.rewardId);
  const names = {
    programName: program.name,
    rewardName: reward?.name ?? hold.rewardId,
    value: { amountMinor: hold.amountMinor, currency: hold.currency },
    language: program.languages[0] ?? 'en',
  };
  const context = { program: program.program, redemption, field: 'email' } as const;
  const to = (await sealer.open(context, hold.sealedEmail)).reveal();
  if (settlement.entry.kind === 'release') {
    const message = messages.pointsReturned({ ...names, points: hold.points });
    await mailer.send({ to, ...message });
  } else {
    const expiresAt = addMs(settlement.entry.postedAt, program.redemption.claimLinkDays * dayMs);
    const expiresAtEpochSeconds = Math.floor(expiresAt / 1000);
    const token = await tokens.issue({ redemption, expiresAtEpochSeconds });
    const claimLink = token.within(`${dependencies.claimBaseUrl}/`);
    await mailer.send({
      to,
      ...messages.rewardReady({ ...names, claimLink, expiresAt, timeZone: program.timeZone }),
    });
  }
  logger.info('MAIL_SENT', { redemption });
}
