import { SeededRandom } from '../../../infra/cli/sample/random.ts';
import type { CustomerEvent } from '../../../shared/domain/earning/event.ts';
import { type Instant, instantOf } from '../../../shared/domain/time.ts';
import { channels, countries, methods, types } from './rules.ts';

export interface BenchEvent {
  readonly event: CustomerEvent;
  readonly now: Instant;
  /** For the peer. */
  readonly facts: Readonly<Record<string, string | number>>;
}

const startMs = Date.UTC(2026, 0, 1);
/** A million of them last a year. */
const everyMs = 31_536;
/** One in two is not the campaign of any rule. */
const campaigns = 360;

/** The same events whenever they are generated, whichever is the first. */
export function benchEvents(first: number, count: number): BenchEvent[] {
  return Array.from({ length: count }, (_, index) => benchEvent(first + index));
}

function benchEvent(number: number): BenchEvent {
  const random = new SeededRandom(number);
  const [type, country] = [random.pick(types), random.pick(countries)];
  const [channel, method] = [random.pick(channels), random.pick(methods)];
  const amountMinor = random.between(0, 20_000);
  const occurredAt = instantOf(startMs + number * everyMs);
  const event: CustomerEvent = {
    ...{
      id: `e-${number}`,
      source: 'bench',
      type,
      member: `m-${random.between(1, 10_000)}`,
      occurredAt,
    },
    ...{ amountMinor: BigInt(amountMinor), currency: 'EUR', country },
    data: { channel, method, campaign: `c-${random.between(1, campaigns)}` },
  };
  return { event, now: occurredAt, facts: { type, country, channel, method, amountMinor } };
}
