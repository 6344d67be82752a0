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
  /** On condition of the version that was read (0: there was none). */
  put(contact: Contact): Promise<'done' | 'lost'>;
}

/** Counts what was sent to a member on a day, so that a cap holds; also what was sent of a thing. */
export interface SentStore {
  /** Remembers that this was sent, once; `full` where the day's cap is reached already. */
  remember(sent: {
    readonly program: string;
    readonly member: string;
    /** Local date of the program. */
    readonly day: string;
    /** Names the message, such as `rewardReady#redemption`. */
    readonly message: string;
    /** Without it, no cap counts. */
    readonly maximumPerDay?: number;
    readonly at: Instant;
  }): Promise<'new' | 'sent' | 'full'>;
}
