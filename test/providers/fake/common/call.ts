import type { IncomingMessage } from 'node:http';
import { parseRaw } from './raw-json.ts';

/** One request, as far as the routes care. */
export interface FakeCall {
  readonly method: string;
  /** Parts of the path after the base: `['orders', 'ABC']`. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  /** `undefined` where the text is no JSON. */
  readonly body: unknown;
}

const maximumBodyBytes = 1_048_576;

/** `undefined` for a request that is too long, or for an address outside the base. */
export async function readCall(
  request: IncomingMessage,
  basePath: string,
): Promise<FakeCall | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maximumBodyBytes) return undefined;
    chunks.push(chunk);
  }
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (!url.pathname.startsWith(`${basePath}/`)) return undefined;
  const parts = url.pathname.slice(basePath.length + 1).split('/');
  const text = Buffer.concat(chunks).toString('utf8');
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? 'GET',
    parts: parts.filter((part) => part !== '').map(decodeURIComponent),
    query: url.searchParams,
    headers: Object.fromEntries(headers),
    ...{ text, body: text === '' ? undefined : parseRaw(text) },
  };
}
