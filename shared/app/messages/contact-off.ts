import { type Face, faceOf } from '../../domain/message/face.ts';
import { type Language, pickLanguage } from '../../domain/message/language.ts';
import { type MessageKind, messageKinds } from '../../domain/program/schema/messages.ts';
import { programAt } from '../../domain/program/version.ts';
import { instantOf } from '../../domain/time.ts';
import type { Contact, ContactStore } from '../../ports/contacts.ts';
import type { PageTokens } from '../../ports/page-tokens.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { ProgramStore } from '../../ports/stores.ts';
import type { OpenedLink } from './claim.ts';

export interface TurnOffDependencies {
  readonly clock: Clock;
  readonly pageTokens: PageTokens;
  readonly contacts: ContactStore;
  readonly programs: Pick<ProgramStore, 'load'>;
}

export type TurnOffOutcome =
  | { readonly kind: 'invalid' | 'expired' }
  | { readonly kind: 'asked' | 'done'; readonly face: Face; readonly language: Language };

interface Opened {
  readonly contact: Contact;
  readonly message: MessageKind;
  readonly face: Face;
  readonly language: Language;
}

const rounds = 5;

/** Asks whether messages of a kind are to stop: links are followed by others than people too. */
export async function openTurnOff(
  dependencies: TurnOffDependencies,
  link: OpenedLink,
): Promise<TurnOffOutcome> {
  const opened = await open(dependencies, link);
  if ('kind' in opened) return opened;
  return { kind: 'asked', face: opened.face, language: opened.language };
}

/** Stops messages of the kind that the link names (RFC 8058, one click). Safe to repeat. */
export async function turnOff(
  dependencies: TurnOffDependencies,
  link: OpenedLink,
): Promise<TurnOffOutcome> {
  for (let round = 1; round <= rounds; round += 1) {
    const opened = await open(dependencies, link);
    if ('kind' in opened) return opened;
    const { contact, message, face, language } = opened;
    const done = { kind: 'done', face, language } as const;
    if (contact.off.includes(message)) return done;
    const off = messageKinds.filter((kind) => kind === message || contact.off.includes(kind));
    const next = { ...contact, off, version: contact.version + 1 };
    if ((await dependencies.contacts.put(next)) === 'done') return done;
  }
  throw new Error('A contact keeps changing.');
}

async function open(
  { clock, contacts, pageTokens, programs }: TurnOffDependencies,
  { token, wish }: OpenedLink,
): Promise<Opened | { readonly kind: 'invalid' | 'expired' }> {
  const link = await pageTokens.read('unsubscribe', token);
  const [name = '', member = '', kind] = link?.subject ?? [];
  const message = messageKinds.find((each) => each === kind);
  if (link === undefined || message === undefined) return { kind: 'invalid' };
  const now = clock.now();
  if (now >= instantOf(link.expiresAtEpochSeconds * 1000)) return { kind: 'expired' };
  const contact = await contacts.read({ program: name, member });
  const program = programAt(await programs.load(name), now);
  if (contact === undefined || program === undefined) return { kind: 'invalid' };
  const language = pickLanguage([contact.language, wish, program.languages[0]]);
  return { contact, message, face: faceOf(program), language };
}
