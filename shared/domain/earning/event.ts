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
  /** Who acted for a company. */
  readonly participant?: string;
  readonly occurredAt: Instant;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly country?: string;
  readonly lines?: readonly {
    readonly sku: string;
    readonly quantity: number;
    readonly amountMinor: bigint;
    readonly category?: string;
  }[];
  readonly refersTo?: EventReference;
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * An event as patterns see it: JSON; amounts are numbers there, and only there. One beyond 2^53 is
 * the nearest number that there is: still above every bound of a pattern, and equal to none.
 */
export type EventSubject = Readonly<Record<string, unknown>>;

export function subjectOf(event: CustomerEvent): EventSubject {
  const { lines } = event;
  const amountMinor = Number(event.amountMinor);
  if (lines === undefined) return { ...event, amountMinor };
  const visible = lines.map((line) => ({ ...line, amountMinor: Number(line.amountMinor) }));
  return { ...event, amountMinor, lines: visible };
}

/** The value at a path such as `data.cabin`, or `undefined`. */
export function fieldAt(subject: EventSubject, path: string): unknown {
  let value: unknown = subject;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    if (!Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}

export interface ReceivedEvent {
  readonly event: CustomerEvent;
  /** The body as JSON with sorted keys: what the conflict check compares. */
  readonly canonicalBody: string;
}
