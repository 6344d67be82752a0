import { busEventTypes } from '../../domain/bus-event.ts';
import { messageKinds, owedMessages } from '../../domain/program/schema/messages.ts';
import type { Instant } from '../../domain/time.ts';
import type { Contact, ContactStore, DeliveryStore } from '../../ports/contacts.ts';
import type { Clock, Logger, Publisher } from '../../ports/runtime.ts';
import type { RedemptionStore } from '../../ports/stores.ts';

export interface BounceDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly contacts: ContactStore;
  readonly deliveries: DeliveryStore;
  readonly redemptions: Pick<RedemptionStore, 'openCase' | 'read'>;
  readonly publisher: Publisher;
}

/** What became of a mail, found by the tags that it went out with; nothing of an address. */
export interface ReturnedMail {
  readonly kind: 'bounced' | 'complained';
  /** The address does not exist, or takes nothing from us: no other try can help. */
  readonly isPermanent: boolean;
  readonly program: string;
  /** Absent where a reference was too long for a tag. */
  readonly member?: string;
  /** Whose address it went to. */
  readonly via: string;
  readonly redemption?: string;
}

type OwnedMail = ReturnedMail & { readonly member: string };

const rounds = 5;

/**
 * A mail came back, or was called unwanted. Of a reward's mail the delivery is open again: ops has
 * a case, and the link goes out again once another address is told. Of other mails the contact is
 * not written to any more. A complaint turns off everything that is not owed. What neither a member
 * nor a redemption is known of is left alone. Safe to repeat.
 */
export async function heedReturnedMail(
  dependencies: BounceDependencies,
  returned: ReturnedMail,
): Promise<void> {
  const { logger } = dependencies;
  const { kind, redemption, program, via, isPermanent } = returned;
  const member = returned.member ?? (await ownerOf(dependencies, returned));
  if (member === undefined) return logger.warn('MAIL_UNTRACED', { program, redemption });
  const mail: OwnedMail = { ...returned, member };
  if (kind === 'complained') {
    logger.warn('MAIL_COMPLAINED', { program, redemption });
    return changeContact(dependencies, mail, withoutUnowed);
  }
  logger.warn('MAIL_BOUNCED', {
    program,
    redemption,
    reason: isPermanent ? 'permanent' : 'transient',
  });
  if (via === 'redemption' && redemption !== undefined) {
    return reopenDelivery(dependencies, { ...mail, redemption });
  }
  if (via !== 'contact' || !isPermanent) return;
  const bouncedAt = dependencies.clock.now();
  await changeContact(dependencies, mail, (contact) => ({ ...contact, bouncedAt }));
}

async function ownerOf(
  { redemptions }: BounceDependencies,
  { program, redemption }: ReturnedMail,
): Promise<string | undefined> {
  if (redemption === undefined) return undefined;
  const entry = (await redemptions.read(redemption))?.hold.entry;
  return entry?.program === program ? entry.member : undefined;
}

async function reopenDelivery(
  dependencies: BounceDependencies,
  { program, member, redemption }: OwnedMail & { readonly redemption: string },
): Promise<void> {
  const { clock, deliveries, logger, publisher, redemptions } = dependencies;
  const now: Instant = clock.now();
  const key = { program, member, redemption };
  for (let round = 1; round <= rounds; round += 1) {
    const read = (await deliveries.read(key)) ?? { ...key, resends: 0, version: 0 };
    const next = { ...read, bouncedAt: now, version: read.version + 1 };
    if ((await deliveries.put(next)) === 'lost') continue;
    const reason = 'DELIVERY_BOUNCED';
    await redemptions.openCase({ program, redemption, reason, openedAt: now });
    logger.error('CASE_OPENED', { redemption, reason });
    await publisher.publish([{ type: busEventTypes.deliveryBounced, detail: key }]);
    return;
  }
  throw new Error(`The delivery of ${redemption} keeps changing.`);
}

async function changeContact(
  { contacts }: BounceDependencies,
  { program, member }: OwnedMail,
  change: (contact: Contact) => Contact,
): Promise<void> {
  for (let round = 1; round <= rounds; round += 1) {
    const read = await contacts.read({ program, member });
    if (read === undefined) return;
    const next = { ...change(read), version: read.version + 1 };
    if ((await contacts.put(next)) === 'done') return;
  }
  throw new Error('A contact keeps changing.');
}

export function withoutUnowed(contact: Contact): Contact {
  return { ...contact, off: messageKinds.filter((kind) => isOff(contact, kind)) };
}

function isOff({ off }: Contact, kind: Contact['off'][number]): boolean {
  return off.includes(kind) || !owedMessages.has(kind);
}
