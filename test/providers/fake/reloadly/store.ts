import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import * as z from 'zod';

export type OrderStatus = 'PENDING' | 'PROCESSING' | 'SUCCESSFUL' | 'FAILED' | 'REFUNDED';

export interface StoredOrder {
  readonly id: number;
  readonly externalId: string | null;
  readonly productId: number;
  /** Decimal text, as it was sent. */
  readonly unitPrice: string;
  readonly currency: string;
  readonly email: string | null;
  readonly costCents: string;
  readonly createdAtMs: number;
  readonly status: OrderStatus;
  /** How often it has been read since it is pending. */
  readonly reads: number;
}

const lineSchema = z.object({
  order: z.custom<StoredOrder>((value) => z.object({ id: z.number() }).safeParse(value).success),
});
const firstId = 1_000_001;

/**
 * The books of the fake: each change is on disk before it is answered, and the last line of an
 * order wins. Nothing keeps two orders from having one identifier.
 */
export class OrderStore {
  readonly #stateFile: string | undefined;
  readonly #orders = new Map<number, StoredOrder>();

  constructor(stateFile: string | undefined) {
    this.#stateFile = stateFile;
    if (stateFile !== undefined && existsSync(stateFile)) this.#load(stateFile);
  }

  /** A line that a kill cut short was never answered: the order has not happened. */
  #load(stateFile: string): void {
    const bytes = readFileSync(stateFile);
    const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
    if (whole.length < bytes.length) truncateSync(stateFile, whole.length);
    for (const line of whole.toString('utf8').split('\n').filter(Boolean)) {
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

  nextId(): number {
    return firstId + this.#orders.size;
  }

  find(id: string | number): StoredOrder | undefined {
    return this.#orders.get(Number(id));
  }

  findByExternalId(externalId: string): StoredOrder | undefined {
    return this.all().find((order) => order.externalId === externalId);
  }

  /** Oldest first. */
  all(): readonly StoredOrder[] {
    return [...this.#orders.values()];
  }
}

export function isPending({ status }: StoredOrder): boolean {
  return status === 'PENDING' || status === 'PROCESSING';
}

/** Sixteen letters and digits in fours. */
export function cardNumberOf({ id }: StoredOrder): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const bytes = createHash('sha256').update(`card ${id}`).digest().subarray(0, 16);
  const text = [...bytes].map((byte) => letters[byte % 32]).join('');
  return text.replace(/(.{4})(?=.)/g, '$1-');
}

export function pinOf({ id }: StoredOrder): string {
  return String((id * 7_919) % 1_000_000).padStart(6, '0');
}
