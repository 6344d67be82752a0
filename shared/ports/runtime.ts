import type { Instant } from '../domain/time.ts';

export interface Clock {
  now(): Instant;
}

/** SHA-256 of a UTF-8 text. */
export interface Digest {
  sha256Hex(text: string): string;
  /** The first 22 characters of the base64url form: 132 bits. */
  sha256Short(text: string): string;
}

/** Numbers in [0, 1) for jitter; seeded in tests. */
export interface Randomness {
  next(): number;
}

export interface Sleeper {
  sleep(durationMs: number): Promise<void>;
}

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** One line a call, by code from the catalogue; never a body, code, e-mail address or token. */
export interface Logger {
  info(code: string, fields?: LogFields): void;
  warn(code: string, fields?: LogFields): void;
  error(code: string, fields?: LogFields): void;
}

/** What a write cost, for which operation: feeds the summary and the gates. */
export type MeteredOperation =
  | 'earn'
  | 'followUp'
  | 'sweep'
  | 'command'
  | 'duplicate'
  | 'redeem'
  | 'route'
  | 'dispatch'
  | 'capture'
  | 'release'
  | 'reopen'
  | 'late'
  | 'payment'
  | 'quote'
  | 'catalogue'
  | 'health'
  | 'contact'
  | 'projection'
  | 'audit'
  | 'survey'
  | 'vouchers'
  | 'publish'
  | 'rates';

export interface Metrics {
  /**
   * `units` are billed write units; `count` operations shared them; `subject` ties units to one
   * redemption.
   */
  writeUnits(metered: {
    readonly operation: MeteredOperation;
    readonly units: number;
    readonly count: number;
    readonly subject?: string;
  }): void;
}

export interface RateMetrics {
  /** How a source of exchange rates stands: feeds the alarms. */
  rates(figures: {
    readonly source: string;
    /** Days since the newest day with rates; absent where there is none. */
    readonly ageDays?: number;
    /** Snapshots in quarantine. */
    readonly quarantined: number;
  }): void;
}

export interface FloatMetrics {
  /** For how many days the money with a provider lasts: feeds the alarms. */
  float(figures: {
    readonly provider: string;
    readonly currency: string;
    readonly daysLeft: number;
  }): void;
}

export interface Publisher {
  /** At least once, all or an exception. `detail` never holds personal data, codes or tokens. */
  publish(events: readonly PublishedEvent[]): Promise<void>;
}

export interface PublishedEvent {
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface QueueSender {
  /** Sends JSON; `group` is the program, for fairness between tenants (SQS fair queues). */
  send(message: {
    readonly body: Readonly<Record<string, unknown>>;
    readonly group: string;
    readonly delaySeconds?: number;
  }): Promise<void>;
}

export interface Mailer {
  send(mail: {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly html: string;
    /** Whose name it carries; without an address, that of the region. */
    readonly from?: { readonly name: string; readonly address?: string };
    /** Such as List-Unsubscribe. */
    readonly headers?: Readonly<Record<string, string>>;
    /** Come back with a bounce: letters, digits, `_` and `-`, and nothing of a person. */
    readonly tags?: Readonly<Record<string, string>>;
  }): Promise<void>;
}
