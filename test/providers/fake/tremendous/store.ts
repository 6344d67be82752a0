import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import type { DeliveryStatus, OrderStatus } from 'tremendous';
import * as z from 'zod';

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
  readonly #stateFile: string | undefined;
  readonly #orders = new Map<string, StoredOrder>();
  readonly #byExternalId = new Map<string, string>();
  readonly #byReward = new Map<string, string>();

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
      if (line !== '') this.#keep(lineSchema.parse(JSON.parse(line)).order);
    }
  }

  #keep(order: StoredOrder): void {
    this.#orders.set(order.id, order);
    this.#byReward.set(order.reward.id, order.id);
    if (order.externalId !== null) this.#byExternalId.set(order.externalId, order.id);
  }

  put(order: StoredOrder): void {
    if (this.#stateFile !== undefined) {
      appendFileSync(this.#stateFile, `${JSON.stringify({ order })}\n`);
    }
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
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest();
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return [...bytes.subarray(0, 12)].map((byte) => letters[byte % 32]).join('');
}

export function linkOf(reward: StoredReward, number: number): string {
  const token = createHash('sha256')
    .update(JSON.stringify([reward.id, number]))
    .digest('base64url');
  return `https://reward.tremendous.example/rewards/payout/${token.slice(0, 32)}`;
}
