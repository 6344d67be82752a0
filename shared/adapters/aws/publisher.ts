import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { PublishedEvent, Publisher, Randomness, Sleeper } from '../../ports/runtime.ts';

/** PutEvents takes 10 entries and 1 MB together; the rest of the megabyte is left as a margin. */
const maximumEntries = 10;
const maximumBytes = 1_000_000;

/** Waits of 0.1, 0.2, 0.4 and 0.8 s at most: the caller's queue or stream retries after that. */
const maximumAttempts = 5;
const firstBackoffMs = 100;

/** `codes` are EventBridge's error codes; its messages are left out. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
  readonly code: string;

  constructor(codes: readonly string[]) {
    super('The bus did not take every event.');
    this.code = [...new Set(codes)].join(',').slice(0, 64);
  }
}

/**
 * Puts events on a bus with source `guerdon`. Entries that the bus refuses are sent again, and only
 * those; throws PublishError when some are still refused, RangeError for an event above 1 MB.
 */
export function createPublisher(settings: {
  readonly client: EventBridgeClient;
  readonly busName: string;
  readonly sleeper: Sleeper;
  readonly randomness: Randomness;
}): Publisher {
  const { client, busName, sleeper, randomness } = settings;

  const putChunk = async (chunk: readonly PutEventsRequestEntry[]) => {
    let entries = chunk;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await client.send(new PutEventsCommand({ Entries: [...entries] }));
      if ((answer.FailedEntryCount ?? 0) === 0) return;
      const results = answer.Entries ?? [];
      entries = entries.filter((_, index) => results[index]?.EventId === undefined);
      if (attempt === maximumAttempts) {
        throw new PublishError(results.flatMap(({ ErrorCode }) => ErrorCode ?? []));
      }
      const backoffMs = firstBackoffMs * 2 ** (attempt - 1);
      await sleeper.sleep(backoffMs * (0.5 + randomness.next() / 2));
    }
  };

  return {
    async publish(events) {
      const entries = events.map((event) => toEntry(busName, event));
      for (const chunk of chunksOf(entries)) await putChunk(chunk);
    },
  };
}

function toEntry(busName: string, event: PublishedEvent): PutEventsRequestEntry {
  return {
    EventBusName: busName,
    Source: 'guerdon',
    DetailType: event.type,
    Detail: JSON.stringify(event.detail),
  };
}

function* chunksOf(entries: readonly PutEventsRequestEntry[]) {
  let chunk: PutEventsRequestEntry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const entryBytes = sizeOf(entry);
    if (entryBytes > maximumBytes) throw new RangeError('One event is larger than 1 MB.');
    if (chunk.length === maximumEntries || bytes + entryBytes > maximumBytes) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(entry);
    bytes += entryBytes;
  }
  if (chunk.length > 0) yield chunk;
}

/** As EventBridge counts: the UTF-8 bytes of source, detail type and detail. */
function sizeOf({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number {
  return Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);
}
