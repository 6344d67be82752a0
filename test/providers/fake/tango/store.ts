import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import * as z from 'zod';

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
  readonly #stateFile: string | undefined;
  readonly #orders = new Map<string, StoredOrder>();

  constructor(stateFile: string | undefined) {
    this.#stateFile = stateFile;
    if (stateFile !== undefined && existsSync(stateFile)) this.#load(stateFile);
  }

  /** A line that a kill cut short was never answered: the order has not happened. */
  #load(stateFile: string): void {
    const bytes = readFileSync(stateFile);
    const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
    if (whole.length < bytes.length) truncateSync(stateFile, whole.length);
    for (const line of whole.toString('utf8').split('\n')) {
      if (line === '') continue;
      const { order } = lineSchema.parse(JSON.parse(line));
      this.#orders.set(order.id, order);
    }
  }

  put(order: StoredOrder): void {
    if (this.#stateFile !== undefined) {
      appendFileSync(this.#stateFile, `${JSON.stringify({ order })}\n`);
    }
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

/** So many capitals and digits, always the same for the same parts. */
export function madeId(length: number, ...parts: readonly (string | number)[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest();
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return [...bytes.subarray(0, length)].map((byte) => letters[byte % 32]).join('');
}
