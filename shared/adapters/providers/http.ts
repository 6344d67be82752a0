import * as z from 'zod/mini';
import { parseExactJson } from './exact-json.ts';

export type Fetch = typeof globalThis.fetch;

export interface HttpRequest<Body> {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Which statuses carry a good answer, and its form. Numbers arrive as `WireNumber`. */
  readonly statuses: readonly number[];
  readonly schema: z.ZodMiniType<Body>;
  /** The provider's own form of an error: it tells its word from that of a proxy on the way. */
  readonly errorSchema: z.ZodMiniType;
}

export interface HttpLimits {
  /** From the first byte sent to the last byte read. */
  readonly timeoutMs: number;
  readonly fetch?: Fetch | undefined;
}

/** Carries nothing of what the provider wrote except a body that fits its schema. */
export type HttpOutcome<Body> =
  | { readonly kind: 'answer'; readonly status: number; readonly body: Body }
  /** Another status; `recognised` when the body is the provider's own error form. */
  | { readonly kind: 'error'; readonly status: number; readonly recognised: boolean }
  | { readonly kind: 'unreadable'; readonly status: number; readonly detail: UnreadableDetail }
  /** The connection was never made: the provider has seen nothing. */
  | { readonly kind: 'notSent' }
  /** The request may have taken effect. */
  | { readonly kind: 'lost'; readonly detail: 'TIMEOUT' | 'CONNECTION_LOST' };

type UnreadableDetail = 'NOT_JSON' | 'UNEXPECTED_FORM' | 'REPLY_TOO_LARGE';

/** An order is a few kilobytes; a page of a misled proxy is not worth more. */
const maximumReplyBytes = 262_144;

/**
 * Sends one request, once: whether it may be sent again is for the caller to decide. Never throws,
 * so no address, header or body can leak through an error. Redirects are not followed: they would
 * carry the order to an address that nobody configured.
 */
export async function exchange<Body>(
  request: HttpRequest<Body>,
  limits: HttpLimits,
): Promise<HttpOutcome<Body>> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  const send = limits.fetch ?? globalThis.fetch;
  try {
    const { method, url, headers, body } = request;
    const init = { method, headers, signal, redirect: 'manual' } as const;
    const response = await send(url, body === undefined ? init : { ...init, body });
    return readReply(request, response.status, await readBounded(response));
  } catch (error) {
    if (signal.aborted) return { kind: 'lost', detail: 'TIMEOUT' };
    return neverSent(error) ? { kind: 'notSent' } : { kind: 'lost', detail: 'CONNECTION_LOST' };
  }
}

/** `undefined` when it is longer than we read. */
export async function readBounded(response: Response): Promise<Uint8Array | undefined> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.byteLength;
    if (length > maximumReplyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function readReply<Body>(
  request: HttpRequest<Body>,
  status: number,
  bytes: Uint8Array | undefined,
): HttpOutcome<Body> {
  const json = bytes === undefined ? undefined : decoded(bytes);
  if (!request.statuses.includes(status)) {
    const recognised = json !== undefined && z.safeParse(request.errorSchema, json).success;
    return { kind: 'error', status, recognised };
  }
  if (bytes === undefined) return { kind: 'unreadable', status, detail: 'REPLY_TOO_LARGE' };
  if (json === undefined) return { kind: 'unreadable', status, detail: 'NOT_JSON' };
  const body = z.safeParse(request.schema, json);
  if (!body.success) return { kind: 'unreadable', status, detail: 'UNEXPECTED_FORM' };
  return { kind: 'answer', status, body: body.data };
}

function decoded(bytes: Uint8Array): unknown {
  try {
    return parseExactJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Certain only for a failure to connect: whatever fails later may have carried the request. */
function neverSent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof AggregateError) {
    return cause.errors.length > 0 && cause.errors.every(isConnectFailure);
  }
  return isConnectFailure(cause);
}

function isConnectFailure(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const isAtConnecting =
    'syscall' in cause && (cause.syscall === 'connect' || cause.syscall === 'getaddrinfo');
  return isAtConnecting || ('code' in cause && cause.code === 'UND_ERR_CONNECT_TIMEOUT');
}
