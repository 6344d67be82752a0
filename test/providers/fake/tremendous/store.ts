import { createHash } from 'node:crypto';
import type { DeliveryStatus, OrderStatus } from 'tremendous';
import * as z from 'zod';
import { madeText } from '../common/made-text.ts';
import { openStateFile } from '../common/state-file.ts';

export interface Recipient {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

export interface StoredReward {
  readonly id: string;
  readonly method: 'EMAIL' | 'LINK' | 'PHONE';
  readonly deliveryStatus: DeliveryStatus;
  readonly denomination: string;
  readonly currency: string;
  readonly products: readonly string[];
  readonly recipient: Recipient;
  readonly linksMade: number;
}

export interface StoredOrder {
  readonly id: string;
  readonly sequence: number;
  readonly externalId: string | null;
  readonly campaignId: string | null;
  readonly createdAt: string;
  readonly status: OrderStatus;
  /** Hash of the reward as it was asked for: what a repeat is compared with. */
  readonly fingerprint: string;
  readonly totalCents: string;
  readonly refunded: boolean;
  readonly reward: StoredReward;
}

const lineSchema = z.object({
  order: z.custom<StoredOrder>((value) => z.object({ id: z.string() }).safeParse(value).success),
});

/**
 * The books of the fake: each change is on disk before it is answered, and the last line of an
 * order wins.
 */
export class OrderStore {
  readonly #write: (line: object) => void;
  readonly #orders = new Map<string, StoredOrder>();
  readonly #byExternalId = new Map<string, string>();
  readonly #byReward = new Map<string, string>();

  constructor(stateFile: string | undefined) {
    this.#write = openStateFile(stateFile, (line) => this.#keep(lineSchema.parse(line).order));
  }

  #keep(order: StoredOrder): void {
    this.#orders.set(order.id, order);
    this.#byReward.set(order.reward.id, order.id);
    if (order.externalId !== null) this.#byExternalId.set(order.externalId, order.id);
  }

  put(order: StoredOrder): void {
    this.#write({ order });
    this.#keep(order);
  }

  nextSequence(): number {
    return this.#orders.size + 1;
  }

  /** By the fake's own id or by the customer's. */
  find(id: string): StoredOrder | undefined {
    return this.#orders.get(id) ?? this.#orders.get(this.#byExternalId.get(id) ?? '');
  }

  findByExternalId(externalId: string): StoredOrder | undefined {
    return this.#orders.get(this.#byExternalId.get(externalId) ?? '');
  }

  findByReward(rewardId: string): StoredOrder | undefined {
    return this.#orders.get(this.#byReward.get(rewardId) ?? '');
  }

  /** Oldest first. */
  all(): readonly StoredOrder[] {
    return [...this.#orders.values()];
  }
}

/** Twelve capitals and digits, as the real ids look. */
export function madeId(...parts: readonly (string | number)[]): string {
  return madeText(12, parts);
}

export function linkOf(reward: StoredReward, number: number): string {
  const token = createHash('sha256')
    .update(JSON.stringify([reward.id, number]))
    .digest('base64url');
  return `https://reward.tremendous.example/rewards/payout/${token.slice(0, 32)}`;
}
