import * as z from 'zod';
import { openStateFile } from '../common/state-file.ts';

export type StoredStatus = 'PENDING' | 'COMPLETE' | 'FAILED' | 'CANCELLED';

export interface StoredOrder {
  readonly id: string;
  readonly lineItemId: string;
  readonly sequence: number;
  readonly externalRefId: string | null;
  readonly utid: string;
  readonly createdAt: string;
  readonly status: StoredStatus;
  /** Decimal text, as it was sent. */
  readonly amount: string;
  readonly currency: string;
  readonly valueCents: string;
  readonly feeCents: string;
  readonly deliveryMethod: string;
  readonly email: string | null;
  readonly resentAtMs: number | null;
}

const lineSchema = z.object({
  order: z.custom<StoredOrder>((value) => z.object({ id: z.string() }).safeParse(value).success),
});

/** So long is a reference honoured; after it the same one makes another order. */
const referenceLifeMs = 90 * 86_400_000;

/**
 * The books of the fake: each change is on disk before it is answered, and the last line of an
 * order wins.
 */
export class OrderStore {
  readonly #write: (line: object) => void;
  readonly #orders = new Map<string, StoredOrder>();

  constructor(stateFile: string | undefined) {
    this.#write = openStateFile(stateFile, (line) => {
      const { order } = lineSchema.parse(line);
      this.#orders.set(order.id, order);
    });
  }

  put(order: StoredOrder): void {
    this.#write({ order });
    this.#orders.set(order.id, order);
  }

  nextSequence(): number {
    return this.#orders.size + 1;
  }

  find(id: string): StoredOrder | undefined {
    return this.#orders.get(id);
  }

  /** The newest under a reference that is still honoured. */
  findByReference(externalRefId: string, nowMs: number): StoredOrder | undefined {
    return this.all().findLast(
      (order) =>
        order.externalRefId === externalRefId &&
        Date.parse(order.createdAt) > nowMs - referenceLifeMs,
    );
  }

  findByLineItem(lineItemId: string): StoredOrder | undefined {
    return this.all().find((order) => order.lineItemId === lineItemId);
  }

  /** Oldest first. */
  all(): readonly StoredOrder[] {
    return [...this.#orders.values()];
  }
}
