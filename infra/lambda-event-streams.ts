/**
 * Takes the place of `@smithy/core/event-streams` in the bundles. The SDK loads it for operations
 * that stream events (transcription, shard subscriptions), which no function calls; it would be
 * 9 to 13 KB of each bundle. Whoever comes to call one is told so.
 */
export class EventStreamSerde {
  constructor() {
    refuse();
  }
}

/** The SDK asks it first. */
export function eventStreamSerdeProvider(): never {
  refuse();
}

/** The client of S3 sets it up, for selections out of objects. */
export function resolveEventStreamSerdeConfig<Config>(config: Config): Config {
  return config;
}

function refuse(): never {
  throw new Error('Bundles leave event streams out: see infra/bundle.ts');
}
