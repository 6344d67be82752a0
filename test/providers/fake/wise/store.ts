import * as z from 'zod';
import { openStateFile } from '../common/state-file.ts';

export type TransferStatus =
  | 'incoming_payment_waiting'
  | 'processing'
  | 'funds_converted'
  | 'outgoing_payment_sent'
  | 'bounced_back'
  | 'cancelled'
  | 'funds_refunded'
  | 'charged_back';

export interface StoredRecipient {
  readonly kind: 'recipient';
  readonly id: number;
  readonly name: string;
  readonly currency: string;
  readonly type: string;
  /** What of the account an answer shows. */
  readonly summary: string;
  readonly tail: string;
}

export interface StoredQuote {
  readonly kind: 'quote';
  readonly id: string;
  /** Decimal text, as it was sent. */
  readonly target: string;
  readonly currency: string;
  readonly netCents: string;
  readonly feeCents: string;
  readonly expiresAtMs: number;
  /** A quote is good for one transfer. */
  readonly isUsed: boolean;
}

/** What the stand-in's clock brings about. */
export interface Due {
  readonly status: TransferStatus;
  readonly atMs: number;
}

export interface StoredTransfer {
  readonly kind: 'transfer';
  readonly id: number;
  readonly reference: string;
  readonly recipient: number;
  readonly quote: string;
  readonly target: string;
  readonly currency: string;
  readonly netCents: string;
  readonly feeCents: string;
  readonly status: TransferStatus;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  readonly paidAtMs?: number;
  readonly refundedAtMs?: number;
  /** In the order of time. */
  readonly due: readonly Due[];
}

export interface StoredTopUp {
  readonly kind: 'topUp';
  readonly id: number;
  readonly cents: string;
  readonly atMs: number;
}

type Stored = StoredRecipient | StoredQuote | StoredTransfer | StoredTopUp;

const kinds = ['recipient', 'quote', 'transfer', 'topUp'] as const;
const lineSchema = z.custom<Stored>(
  (value) => z.object({ kind: z.enum(kinds) }).safeParse(value).success,
);
const firstId = 50_000_001;

/**
 * The books of the fake: each change is on disk before it is answered, and the last line of a thing
 * wins. A reference has one transfer.
 */
export class WiseStore {
  readonly #write: (line: object) => void;
  readonly #things = new Map<string, Stored>();
  readonly #byReference = new Map<string, number>();

  constructor(stateFile: string | undefined) {
    this.#write = openStateFile(stateFile, (line) => this.#keep(lineSchema.parse(line)));
  }

  #keep(thing: Stored): void {
    this.#things.set(`${thing.kind} ${thing.id}`, thing);
    if (thing.kind === 'transfer') this.#byReference.set(thing.reference, thing.id);
  }

  put(thing: Stored): void {
    this.#write(thing);
    this.#keep(thing);
  }

  nextId(): number {
    return firstId + this.#things.size;
  }

  recipient(id: number | string): StoredRecipient | undefined {
    const thing = this.#things.get(`recipient ${id}`);
    return thing?.kind === 'recipient' ? thing : undefined;
  }

  quote(id: string): StoredQuote | undefined {
    const thing = this.#things.get(`quote ${id}`);
    return thing?.kind === 'quote' ? thing : undefined;
  }

  transfer(id: number | string): StoredTransfer | undefined {
    const thing = this.#things.get(`transfer ${id}`);
    return thing?.kind === 'transfer' ? thing : undefined;
  }

  transferUnder(reference: string): StoredTransfer | undefined {
    return this.transfer(this.#byReference.get(reference) ?? 0);
  }

  /** Oldest first. */
  transfers(): readonly StoredTransfer[] {
    return [...this.#things.values()].filter((thing) => thing.kind === 'transfer');
  }

  topUps(): readonly StoredTopUp[] {
    return [...this.#things.values()].filter((thing) => thing.kind === 'topUp');
  }

  recipients(): readonly StoredRecipient[] {
    return [...this.#things.values()].filter((thing) => thing.kind === 'recipient');
  }
}
