import { resendNotice } from '../../contracts/notices.ts';
import { programAt } from '../../domain/program/version.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { Secret } from '../../domain/secret.ts';
import { addMs, type Instant } from '../../domain/time.ts';
import type { Delivery, DeliveryStore } from '../../ports/contacts.ts';
import type { Clock, Logger, QueueSender } from '../../ports/runtime.ts';
import type { Sealer } from '../../ports/sealing.ts';
import type { ProgramStore, RedemptionStore } from '../../ports/stores.ts';

export interface ResendDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sealer: Sealer;
  readonly redemptions: Pick<RedemptionStore, 'read'>;
  readonly programs: Pick<ProgramStore, 'load'>;
  readonly deliveries: DeliveryStore;
  readonly notifyQueue: QueueSender;
}

export interface ResendCommand {
  readonly program: string;
  readonly member: string;
  readonly redemption: string;
  /** From now on mails of this redemption go here. */
  readonly email?: Secret;
}

const minuteMs = 60_000;

/**
 * Mails the claim link of a delivered reward again; says how often more it can be. A mail that came
 * back is sent again at once where another address is told. Refusals: `UNKNOWN_REDEMPTION`,
 * `NOT_DELIVERED`, `RESENDS_USED_UP`, `RESEND_TOO_SOON`, `ADDRESS_BOUNCED`, `TRY_AGAIN`.
 */
export async function resendClaim(
  dependencies: ResendDependencies,
  command: ResendCommand,
): Promise<Result<{ readonly left: number }, Refusal>> {
  const { clock, deliveries, logger, notifyQueue, programs, redemptions } = dependencies;
  const { program: name, member, redemption } = command;
  const record = await redemptions.read(redemption);
  const entry = record?.hold.entry;
  if (record === undefined || entry?.program !== name || entry.member !== member) {
    return failure(refusal('UNKNOWN_REDEMPTION'));
  }
  if (record.order?.state !== 'captured') return failure(refusal('NOT_DELIVERED'));
  const now = clock.now();
  const program = programAt(await programs.load(name), now);
  if (program === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const key = { program: name, member, redemption };
  const read = (await deliveries.read(key)) ?? { ...key, resends: 0, version: 0 };
  const { maximum, waitMinutes } = program.redemption.resends;
  const sentAt = read.resentAt ?? record.settlements.at(-1)?.entry.postedAt ?? now;
  const limits = { maximum, freeAt: addMs(sentAt, waitMinutes * minuteMs), now };
  const refused = refuse(read, command.email, limits);
  if (refused !== undefined) return failure(refused);
  const next = await again(dependencies, read, { email: command.email, now });
  if ((await deliveries.put(next)) === 'lost') return failure(refusal('TRY_AGAIN'));
  const detail = { ...key, number: next.resends };
  await notifyQueue.send({ body: { 'detail-type': resendNotice, detail }, group: name });
  logger.info('CLAIM_RESENT', { redemption, count: next.resends });
  return success({ left: maximum - next.resends });
}

function refuse(
  { resends, bouncedAt }: Delivery,
  email: Secret | undefined,
  { maximum, freeAt, now }: { maximum: number; freeAt: Instant; now: Instant },
): Refusal | undefined {
  if (resends >= maximum) return refusal('RESENDS_USED_UP');
  if (bouncedAt === undefined) return now < freeAt ? refusal('RESEND_TOO_SOON') : undefined;
  return email === undefined ? refusal('ADDRESS_BOUNCED', 'email') : undefined;
}

async function again(
  { sealer }: ResendDependencies,
  read: Delivery,
  { email, now }: { readonly email: Secret | undefined; readonly now: Instant },
): Promise<Delivery> {
  const { program, redemption } = read;
  const context = { program, redemption, field: 'email' } as const;
  const { bouncedAt: _, ...kept } = read;
  const sealedEmail = email && (await sealer.seal(context, email));
  return {
    ...kept,
    ...(sealedEmail !== undefined && { sealedEmail }),
    ...{ resends: read.resends + 1, resentAt: now, version: read.version + 1 },
  };
}
