import { tagOfMember } from '../../contracts/member-tag.ts';
import type { Notice } from '../../contracts/notices.ts';
import { faceOf } from '../../domain/message/face.ts';
import { pickLanguage } from '../../domain/message/language.ts';
import { permissionFor } from '../../domain/message/permission.ts';
import { type MessageKind, owedMessages } from '../../domain/program/schema/messages.ts';
import type { Program } from '../../domain/program/schema.ts';
import type { Secret } from '../../domain/secret.ts';
import { addMs, type Instant, localDateAt } from '../../domain/time.ts';
import type { Contact, SentStore } from '../../ports/contacts.ts';
import type { PageTokens } from '../../ports/page-tokens.ts';
import type { Clock, Logger, Mailer, QueueSender } from '../../ports/runtime.ts';
import type { Sealer } from '../../ports/sealing.ts';
import { type Address, openAddress } from './notify-address.ts';
import { kindOf, type LetterContent, type MessageWriter } from './notify-letter.ts';

export interface SendDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly mailer: Mailer;
  readonly messages: MessageWriter;
  readonly sealer: Sealer;
  readonly pageTokens: PageTokens;
  readonly sent: SentStore;
  readonly notifyQueue: QueueSender;
  /** Where the region's pages are, without a slash at the end. */
  readonly pagesBaseUrl: string;
}

/** A message that is about to go out, with all that decides whether, when and where to. */
export interface Draft {
  readonly program: Program;
  readonly member: string;
  /** Names it among all that the member is sent, so that it goes out once. */
  readonly name: string;
  readonly content: LetterContent;
  /** Wishes, the first first. */
  readonly languages: readonly (string | undefined)[];
  readonly address: Address | undefined;
  /** What the member wants; only what is owed may do without. */
  readonly contact?: Contact;
  readonly redemption?: string;
}

/** SQS delays a message by no more: what waits longer is put back again. */
const maximumDelaySeconds = 900;
const unsubscribeMs = 180 * 86_400_000;

/** Where pages of a program are reached. */
export function pagesOf({ brand }: Program, pagesBaseUrl: string): string {
  return (brand?.pages ?? pagesBaseUrl).replace(/\/$/, '');
}

/** Puts a notice back, to be looked at again at an instant. */
export async function postpone(
  { clock, notifyQueue }: Pick<SendDependencies, 'clock' | 'notifyQueue'>,
  notice: Notice,
  until: Instant,
): Promise<void> {
  const seconds = Math.ceil((until - clock.now()) / 1000);
  await notifyQueue.send({
    body: { ...notice, notBefore: until },
    group: notice.detail.program,
    delaySeconds: Math.min(Math.max(seconds, 0), maximumDelaySeconds),
  });
}

/**
 * Sends a message unless it is not wanted, has nowhere to go, was sent, or is one too many for
 * today; in quiet hours it waits. Throws where the mail service does not take it.
 */
export async function send(
  dependencies: SendDependencies,
  notice: Notice,
  draft: Draft,
): Promise<void> {
  const { clock, logger, sealer, sent } = dependencies;
  const { program, member, contact, redemption } = draft;
  const kind = kindOf(draft.content);
  const withhold = (reason: string) => logger.info('MAIL_WITHHELD', { kind, redemption, reason });
  const now = clock.now();
  const permission = permissionFor({ kind, program, preferences: contact, now });
  if (permission.kind === 'withhold') return withhold(permission.reason);
  if (permission.kind === 'wait') return postpone(dependencies, notice, permission.until);
  const { address } = draft;
  if (address === undefined) return withhold('address');
  const to = await openAddress(sealer, address);
  if (to === undefined) return withhold('address');
  const message = { program: program.program, member, message: draft.name, at: now };
  const { maximumPerDay } = permission;
  const remembered = await sent.remember({
    ...message,
    day: localDateAt(now, program.timeZone),
    ...(maximumPerDay !== undefined && { maximumPerDay }),
  });
  if (remembered === 'sent') return withhold('sent');
  if (remembered === 'full') return withhold('cap');
  await mail(dependencies, draft, { to, via: address.via, kind });
  await sent.confirm(message);
  logger.info('MAIL_SENT', { kind, redemption });
}

async function mail(
  { clock, mailer, messages, pageTokens, pagesBaseUrl }: SendDependencies,
  { program, member, content, languages, redemption }: Draft,
  { to, via, kind }: { to: Secret; via: Address['via']; kind: MessageKind },
): Promise<void> {
  const until = addMs(clock.now(), unsubscribeMs);
  const token = owedMessages.has(kind)
    ? undefined
    : await pageTokens.issue({
        purpose: 'unsubscribe',
        subject: [program.program, member, kind],
        expiresAtEpochSeconds: Math.floor(until / 1000),
      });
  const unsubscribe = token?.within(`${pagesOf(program, pagesBaseUrl)}/unsubscribe/`);
  const language = pickLanguage([...languages, program.languages[0]]);
  const letter = { ...content, face: faceOf(program), language };
  const { sender } = program.brand ?? {};
  const memberTag = tagOfMember(member);
  await mailer.send({
    to: to.reveal(),
    ...messages.write({ ...letter, ...(unsubscribe && { unsubscribe }) }),
    from: { name: sender?.name ?? program.name, ...addressOf(sender?.address) },
    ...(unsubscribe && {
      headers: {
        'List-Unsubscribe': `<${unsubscribe.reveal()}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    }),
    tags: {
      ...{ program: program.program, via, kind },
      ...(memberTag !== undefined && { member: memberTag }),
      ...(redemption !== undefined && { redemption }),
    },
  });
}

function addressOf(address: string | undefined) {
  return address === undefined ? {} : { address };
}
