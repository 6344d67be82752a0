import type { MessageKind } from '../domain/program/schema/messages.ts';
import type { Instant } from '../domain/time.ts';

/** How a member is reached. What names a person is sealed; the rest decides what is sent when. */
export interface Contact {
  readonly program: string;
  readonly member: string;
  /** JSON `{email, name?}`, sealed under the field `contact`; absent: nowhere to write to. */
  readonly sealed?: string;
  /** ISO 639-1. */
  readonly language?: string;
  /** Messages that the member does not want. */
  readonly off: readonly MessageKind[];
  /** In the member's own words of the day, such as 21:00 to 08:00; none: the program's. */
  readonly quietHours?: { readonly from: string; readonly to: string };
  /** Agreed to, by name, and when: terms, marketing. */
  readonly consents: Readonly<Record<string, Instant>>;
  /** Saved rewards. */
  readonly saved: readonly string[];
  /** The address has bounced: nothing is sent to it before a new one is told. */
  readonly bouncedAt?: Instant;
  /** One more with each write. */
  readonly version: number;
}

export interface ContactStore {
  read(owner: { readonly program: string; readonly member: string }): Promise<Contact | undefined>;
  /** On condition that the version before it stands (1: there was none). */
  put(contact: Contact): Promise<'done' | 'lost'>;
}

/** A message that is about to go out, by name, such as `rewardReady#redemption`. */
export interface SentMessage {
  readonly program: string;
  readonly member: string;
  readonly message: string;
  readonly at: Instant;
}

/**
 * What was sent, so that each message goes out once, and how much on a day, so that a cap holds.
 * A message is remembered before it is sent and confirmed after it: nothing is lost where a sender
 * dies between the two, and nothing is sent again once it is known to be out.
 */
export interface SentStore {
  /**
   * `unsure`: it was remembered before and never confirmed. `full`: the day's cap is reached, and
   * nothing was remembered.
   */
  remember(
    sent: SentMessage & {
      /** Local date of the program. */
      readonly day: string;
      /** Without it, no cap counts. */
      readonly maximumPerDay?: number;
    },
  ): Promise<'new' | 'unsure' | 'sent' | 'full'>;
  confirm(sent: SentMessage): Promise<void>;
}

/** How the mails of one redemption's reward went: where they go, how many, and what came back. */
export interface Delivery {
  readonly program: string;
  readonly member: string;
  readonly redemption: string;
  /** A corrected address, sealed as that of the hold is; without it, that of the hold. */
  readonly sealedEmail?: string;
  /** How often the member has asked for the mail again. */
  readonly resends: number;
  readonly resentAt?: Instant;
  /** The last mail came back, and no other address has been told since. */
  readonly bouncedAt?: Instant;
  /** One more with each write. */
  readonly version: number;
}

export interface DeliveryStore {
  read(key: {
    readonly program: string;
    readonly member: string;
    readonly redemption: string;
  }): Promise<Delivery | undefined>;
  /** On condition that the version before it stands (1: there was none). */
  put(delivery: Delivery): Promise<'done' | 'lost'>;
}
