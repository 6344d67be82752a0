import { type RateSource, rateSources } from '../../domain/rates/snapshot.ts';
import { addDays, type LocalDate, localDateAt } from '../../domain/time.ts';
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

/** What a source is asked, and how its answers are read. */
interface Question {
  readonly source: RateSource;
  /** Of the answer's day, where one was asked for. */
  readonly day?: LocalDate;
  readonly address: string;
  /** The source's word for an error, if the text of an answer is one. */
  readonly errorIn: (text: string) => string | undefined;
}

/** The daily file of the European Central Bank. */
export function createEcbFeed({ address, fetch }: FeedSettings): RateFeed {
  const source = 'ecb';
  const question = { source, address: `${address}/eurofxref-daily.xml`, errorIn: noWord } as const;
  return { source, latest: () => ask(question, fetch) };
}

function noWord(): undefined {
  return undefined;
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
      const key = await keyFrom(appId);
      if (key === undefined) return { kind: 'failed', reason: 'SECRET_UNREADABLE' };
      const day = addDays(localDateAt(clock.now(), rateSources[source].timeZone), -1);
      const query = new URLSearchParams({ app_id: key, prettyprint: '0' });
      const asked = `${address}/historical/${day}.json?${query}`;
      return ask({ source, day, address: asked, errorIn: openExchangeRatesError }, fetch);
    },
  };
}

/** `undefined` for a secret that cannot be had: what it threw may quote it. */
async function keyFrom(appId: () => Promise<string>): Promise<string | undefined> {
  try {
    return await appId();
  } catch {
    return undefined;
  }
}

/**
 * Nothing of an exception gets out, for it may quote the address and the key in it. Redirects are
 * not followed: they would carry the key along.
 */
async function ask(question: Question, send: Fetch = globalThis.fetch): Promise<FeedReply> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await send(question.address, { signal, redirect: 'manual' });
    const { status } = response;
    const bytes = await readBounded(response);
    if (status === 204) return { kind: 'unpublished' };
    if (bytes === undefined) return { kind: 'failed', reason: 'REPLY_TOO_LARGE', status };
    const text = decoded(bytes);
    if (status === 200) return readReply(question, text);
    return { kind: 'failed', reason: question.errorIn(text) ?? 'STATUS', status };
  } catch {
    return { kind: 'failed', reason: signal.aborted ? 'TIMEOUT' : 'CONNECTION_LOST' };
  }
}

/** Bytes that are no UTF-8 become a sign that no file of rates has. */
function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function readReply({ source, day: asked }: Question, text: string): FeedReply {
  const read = readRateFile(text);
  if (!read.ok) {
    const { line, field } = read.failure;
    return { kind: 'unreadable', line, ...(field !== undefined && { field }) };
  }
  const [day, second] = read.value.days;
  if (day === undefined || second !== undefined || read.value.source !== source) {
    return { kind: 'unreadable', line: second?.line ?? 1 };
  }
  const { date } = day.snapshot;
  if (asked !== undefined && date !== asked) {
    const detail = `The rates are those of ${date}, and ${asked} was asked for.`;
    return { kind: 'unreadable', line: day.line, detail };
  }
  return { kind: 'snapshot', raw: day.snapshot };
}
