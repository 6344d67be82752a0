import { createHash } from 'node:crypto';
import * as z from 'zod';
import { madeText } from '../common/made-text.ts';
import { openStateFile } from '../common/state-file.ts';
import type { ItemRequest } from './order-request.ts';

export type OrderStatus = 'PROCESSING' | 'COMPLETED' | 'FAILED';
export type PayoutStatus = 'ACTIVE' | 'CLAIMED' | 'CANCELLED' | 'EXPIRED';

export interface StoredItem {
  readonly id: string;
  readonly distribution: ItemRequest['distribution_method'];
  readonly products: ItemRequest['products'];
  /** Decimal text. */
  readonly faceValue: string;
  readonly price: string;
  readonly currency: string;
  readonly payoutStatus: PayoutStatus;
}

export interface StoredOrder {
  readonly id: string;
  readonly sequence: number;
  readonly createdAt: string;
  readonly completedAt: string | null;
  readonly status: OrderStatus;
  readonly description: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  /** Of the balance that pays. */
  readonly currency: string;
  readonly totalPrice: string;
  readonly totalDiscount: string;
  /** Money that was given back since. */
  readonly refunded: boolean;
  readonly fx: { readonly rate: string; readonly symbol: string; readonly fee: string } | null;
  readonly items: readonly StoredItem[];
}

/** The answer that a key stands for. */
export interface KeptAnswer {
  readonly key: string;
  readonly bodyHash: string;
  readonly status: number;
  readonly text: string;
  readonly keptAt: string;
}

const lineSchema = z.union([
  z.object({ order: z.custom<StoredOrder>(hasText('id')) }),
  z.object({ kept: z.custom<KeptAnswer>(hasText('key')) }),
]);

function hasText(field: string): (value: unknown) => boolean {
  return (value) => z.looseObject({ [field]: z.string() }).safeParse(value).success;
}

/** The books of the fake: each change is on disk before it is answered, and the last line wins. */
export class RunaStore {
  readonly #write: (line: object) => void;
  readonly #orders = new Map<string, StoredOrder>();
  readonly #kept = new Map<string, KeptAnswer>();

  constructor(stateFile: string | undefined) {
    this.#write = openStateFile(stateFile, (line) => {
      const read = lineSchema.parse(line);
      if ('order' in read) this.#orders.set(read.order.id, read.order);
      else this.#kept.set(read.kept.key, read.kept);
    });
  }

  put(order: StoredOrder): void {
    this.#write({ order });
    this.#orders.set(order.id, order);
  }

  keep(kept: KeptAnswer): void {
    this.#write({ kept });
    this.#kept.set(kept.key, kept);
  }

  kept(key: string): KeptAnswer | undefined {
    return this.#kept.get(key);
  }

  nextSequence(): number {
    return this.#orders.size + 1;
  }

  /** By the fake's own id, or by what it was described as: the newest then. */
  find(id: string): StoredOrder | undefined {
    return this.#orders.get(id) ?? this.all().findLast(({ description }) => description === id);
  }

  /** Oldest first. */
  all(): readonly StoredOrder[] {
    return [...this.#orders.values()];
  }
}

/** Capitals and digits, as the real ids look. */
export function madeId(prefix: string, length: number, ...parts: readonly (string | number)[]) {
  return prefix + madeText(length, [prefix, ...parts], '0123456789ABCDEFGHJKMNPQRSTVWXYZ');
}

export function tokenOf({ id }: StoredItem): string {
  return createHash('sha256').update(`payout ${id}`).digest('hex').slice(0, 32);
}

export function linkOf(item: StoredItem): string {
  return `https://spend.runa.example/${tokenOf(item)}`;
}
