import type { Instant } from '../time.ts';

export interface EventReference {
  readonly source: string;
  readonly id: string;
}

/**
 * What a customer did, as a producer tells it. Parsed from the wire by
 * `shared/contracts/events.ts`.
 */
export interface CustomerEvent extends EventReference {
  readonly type: string;
  readonly member: string;
  readonly occurredAt: Instant;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly country?: string;
  readonly lines?: readonly {
    readonly sku: string;
    readonly quantity: number;
    readonly amountMinor: bigint;
  }[];
  readonly refersTo?: EventReference;
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface ReceivedEvent {
  readonly event: CustomerEvent;
  /** The body as JSON with sorted keys: what the conflict check compares. */
  readonly canonicalBody: string;
}
