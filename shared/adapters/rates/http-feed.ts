import { type RateSource, rateSources } from '../../domain/rates/snapshot.ts';
import { addDays, localDateAt } from '../../domain/time.ts';
import type { FeedReply, RateFeed } from '../../ports/rates.ts';
import type { Clock } from '../../ports/runtime.ts';
import { type Fetch, readBounded } from '../providers/http.ts';
import { openExchangeRatesError } from './open-exchange-rates.ts';
import { readRateFile } from './rate-file.ts';

/** From the first byte sent to the last byte read. */
const timeoutMs = 10_000;

interface FeedSettings {
  /** Of the folder or API, without a slash at the end. */
  readonly address: string;
  readonly fetch?: Fetch | undefined;
}

/** The daily file of the European Central Bank. */
export function createEcbFeed({ address, fetch }: FeedSettings): RateFeed {
  return { source: 'ecb', latest: () => ask('ecb', `${address}/eurofxref-daily.xml`, fetch) };
}

/**
 * Open Exchange Rates. The rates of today change every hour, and a day
 * is kept once: so yesterday's are asked for, which are final. The key travels in the query, as the
 * service wants it.
 */
export function createOpenExchangeRatesFeed(
  settings: FeedSettings & { readonly clock: Clock; readonly appId: () => Promise<string> },
): RateFeed {
  const { address, fetch, clock, appId } = settings;
  const source = 'openExchangeRates';
  return {
    source,
    async latest() {
      const today = localDateAt(clock.now(), rateSources[source].timeZone);
      const query = new URLSearchParams({ app_id: await appId(), prettyprint: '0' });
      return ask(source, `${address}/historical/${addDays(today, -1)}.json?${query}`, fetch);
    },
  };
}

/**
 * Nothing of an exception gets out, for it may quote the address and the key in it. Redirects are
 * not followed: they would carry the key along.
 */
async function ask(
  source: RateSource,
  address: string,
  send: Fetch = globalThis.fetch,
): Promise<FeedReply> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await send(address, { signal, redirect: 'manual' });
    const { status } = response;
    const bytes = await readBounded(response);
    if (status === 204) return { kind: 'unpublished' };
    if (bytes === undefined) return { kind: 'failed', reason: 'REPLY_TOO_LARGE', status };
    const text = decoded(bytes);
    if (status === 200) return readReply(source, text);
    return { kind: 'failed', reason: openExchangeRatesError(text) ?? 'STATUS', status };
  } catch {
    return { kind: 'failed', reason: signal.aborted ? 'TIMEOUT' : 'CONNECTION_LOST' };
  }
}

/** Bytes that are no UTF-8 become a sign that no file of rates has. */
function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function readReply(source: RateSource, text: string): FeedReply {
  const read = readRateFile(text);
  if (!read.ok) {
    const { line, field } = read.failure;
    return { kind: 'unreadable', line, ...(field !== undefined && { field }) };
  }
  const [day, second] = read.value.days;
  if (day === undefined || second !== undefined || read.value.source !== source) {
    return { kind: 'unreadable', line: second?.line ?? 1 };
  }
  return { kind: 'snapshot', raw: day.snapshot };
}
