import * as z from 'zod/mini';
import { invariant } from '../../domain/result.ts';
import { exactJsonOf } from './exact-json.ts';

export type Fetch = typeof globalThis.fetch;

export interface HttpRequest<Body, Problem = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A text is JSON and sent as such, a form as its own media type: no header needs to say it. */
  readonly body?: string | URLSearchParams | undefined;
  /** Which statuses carry a good answer, and its form. Numbers arrive as `WireNumber`. */
  readonly statuses: readonly number[];
  readonly schema: z.ZodMiniType<Body>;
  /** The provider's own form of an error: it tells its word from that of a proxy on the way. */
  readonly errorSchema: z.ZodMiniType<Problem>;
  /** Of the reply; a longer one is not read to its end. Default: 256 KB, enough for an order. */
  readonly maximumBytes?: number | undefined;
}

export interface HttpLimits {
  /** From the first byte sent to the last byte read. */
  readonly timeoutMs: number;
  readonly fetch?: Fetch | undefined;
}

export function requireTimeout(timeoutMs: number): void {
  invariant(Number.isSafeInteger(timeoutMs) && timeoutMs > 0, 'A time-out is whole milliseconds.');
}

/** Carries nothing of what the provider wrote except what fits a schema of the caller's. */
export type HttpOutcome<Body, Problem = unknown> =
  | { readonly kind: 'answer'; readonly status: number; readonly body: Body }
  | HttpError<Problem>
  | { readonly kind: 'unreadable'; readonly status: number; readonly detail: UnreadableDetail }
  /** The connection was never made: the provider has seen nothing. */
  | { readonly kind: 'notSent' }
  /** The request may have taken effect. */
  | { readonly kind: 'lost'; readonly detail: 'TIMEOUT' | 'CONNECTION_LOST' };

/** A call that brought no answer of the expected form. */
export type HttpFailure<Problem = unknown> = Exclude<
  HttpOutcome<unknown, Problem>,
  { kind: 'answer' }
>;

/** Another status than those of a good answer. */
export interface HttpError<Problem = unknown> {
  readonly kind: 'error';
  readonly status: number;
  /** The body is the provider's own error form. */
  readonly recognised: boolean;
  /** What stands in it, to choose a code of ours by: the provider's words are not handed on. */
  readonly problem?: Problem;
}

type UnreadableDetail = 'NOT_JSON' | 'UNEXPECTED_FORM' | 'REPLY_TOO_LARGE';

/** An order is a few kilobytes; a page of a misled proxy is not worth more. */
const defaultMaximumBytes = 262_144;

/**
 * Sends one request, once: whether it may be sent again is for the caller to decide. Never throws,
 * so no address, header or body can leak through an error. Redirects are not followed: they would
 * carry the order to an address that nobody configured.
 */
export async function exchange<Body, Problem = unknown>(
  request: HttpRequest<Body, Problem>,
  limits: HttpLimits,
): Promise<HttpOutcome<Body, Problem>> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  const send = limits.fetch ?? globalThis.fetch;
  try {
    const { method, url, body } = request;
    const init = { method, headers: headersOf(request), signal, redirect: 'manual' } as const;
    const response = await send(url, body === undefined ? init : { ...init, body });
    const bytes = await readBounded(response, request.maximumBytes);
    return readReply(request, response.status, bytes);
  } catch (error) {
    if (signal.aborted) return { kind: 'lost', detail: 'TIMEOUT' };
    return neverSent(error) ? { kind: 'notSent' } : { kind: 'lost', detail: 'CONNECTION_LOST' };
  }
}

function headersOf({ headers, body }: HttpRequest<unknown>): Readonly<Record<string, string>> {
  return typeof body === 'string' ? { 'content-type': 'application/json', ...headers } : headers;
}

/** `undefined` when it is longer than we read. */
export async function readBounded(
  response: Response,
  maximumBytes = defaultMaximumBytes,
): Promise<Uint8Array | undefined> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.byteLength;
    if (length > maximumBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function readReply<Body, Problem>(
  request: HttpRequest<Body, Problem>,
  status: number,
  bytes: Uint8Array | undefined,
): HttpOutcome<Body, Problem> {
  const json = bytes === undefined ? undefined : exactJsonOf(bytes);
  if (!request.statuses.includes(status)) {
    const problem = json === undefined ? undefined : z.safeParse(request.errorSchema, json);
    if (problem?.success !== true) return { kind: 'error', status, recognised: false };
    return { kind: 'error', status, recognised: true, problem: problem.data };
  }
  if (bytes === undefined) return { kind: 'unreadable', status, detail: 'REPLY_TOO_LARGE' };
  if (json === undefined) return { kind: 'unreadable', status, detail: 'NOT_JSON' };
  const body = z.safeParse(request.schema, json);
  if (!body.success) return { kind: 'unreadable', status, detail: 'UNEXPECTED_FORM' };
  return { kind: 'answer', status, body: body.data };
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

/** Whether the provider itself said so: the 404 of a proxy says nothing of what was asked for. */
export function isOwnNo(
  outcome: { readonly kind: string; readonly status?: number; readonly recognised?: boolean },
  status: number,
): boolean {
  return outcome.kind === 'error' && outcome.status === status && outcome.recognised === true;
}
