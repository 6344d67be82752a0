import * as z from 'zod';
import { madeText } from '../common/made-text.ts';
import { openStateFile } from '../common/state-file.ts';

export type ItemStatus =
  | 'PENDING'
  | 'SUCCESS'
  | 'UNCLAIMED'
  | 'ONHOLD'
  | 'FAILED'
  | 'RETURNED'
  | 'BLOCKED'
  | 'REFUNDED'
  | 'REVERSED';

export type BatchStatus = 'PENDING' | 'PROCESSING' | 'SUCCESS' | 'DENIED' | 'CANCELED';

/** What has happened to it, and when. */
export interface Change {
  readonly batch: BatchStatus;
  readonly item: ItemStatus;
  /** The name of PayPal's error, where there is one. */
  readonly error?: string;
  readonly atMs: number;
}

/** A batch with its one item: the stand-in takes no longer ones. */
export interface StoredBatch {
  readonly number: number;
  readonly id: string;
  readonly itemId: string;
  readonly senderBatchId: string | null;
  readonly senderItemId: string | null;
  readonly recipientType: string;
  readonly receiver: string;
  readonly currency: string;
  /** Hundredths of the currency as decimal digits; JSON has no bigint. */
  readonly hundredths: string;
  readonly feeHundredths: string;
  /** Waits until a test decides it. */
  readonly isStuck: boolean;
  /** Oldest first; the first is that it was taken. */
  readonly changes: readonly [Change, ...Change[]];
}

const lineSchema = z.object({
  batch: z.custom<StoredBatch>((value) => z.object({ id: z.string() }).safeParse(value).success),
});

/** The books of the fake: the last line of a batch wins. */
export class BatchStore {
  readonly #write: (line: object) => void;
  readonly #batches = new Map<string, StoredBatch>();

  constructor(stateFile: string | undefined) {
    this.#write = openStateFile(stateFile, (line) => {
      const { batch } = lineSchema.parse(line);
      this.#batches.set(batch.id, batch);
    });
  }

  put(batch: StoredBatch): void {
    this.#write({ batch });
    this.#batches.set(batch.id, batch);
  }

  nextNumber(): number {
    return this.#batches.size + 1;
  }

  find(id: string): StoredBatch | undefined {
    return this.#batches.get(id);
  }

  findByItem(itemId: string): StoredBatch | undefined {
    return this.all().find((batch) => batch.itemId === itemId);
  }

  /** The newest under this id of the sender's. */
  findBySender(senderBatchId: string): StoredBatch | undefined {
    return this.all().findLast((batch) => batch.senderBatchId === senderBatchId);
  }

  /** Oldest first. */
  all(): readonly StoredBatch[] {
    return [...this.#batches.values()];
  }
}

export function batchIdOf(number: number): string {
  return madeText(13, ['batch', number]);
}

export function itemIdOf(number: number): string {
  return madeText(13, ['item', number]);
}

export function takenAtMs({ changes: [taken] }: StoredBatch): number {
  return taken.atMs;
}

export function latest({ changes: [taken, ...later] }: StoredBatch): Change {
  return later.at(-1) ?? taken;
}

const undone: ReadonlySet<ItemStatus> = new Set([
  'FAILED',
  'RETURNED',
  'BLOCKED',
  'REFUNDED',
  'REVERSED',
]);

/** The money is with the receiver, or on its way there. */
export function isStanding(batch: StoredBatch): boolean {
  return !undone.has(latest(batch).item);
}
