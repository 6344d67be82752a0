import * as z from 'zod';
import { madeText } from '../common/made-text.ts';
import { openStateFile } from '../common/state-file.ts';

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
  readonly #write: (line: object) => void;
  readonly #orders = new Map<number, StoredOrder>();

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
  return madeText(16, ['card', id]).replace(/(.{4})(?=.)/g, '$1-');
}

export function pinOf({ id }: StoredOrder): string {
  return String((id * 7_919) % 1_000_000).padStart(6, '0');
}
