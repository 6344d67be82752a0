import * as z from 'zod/mini';
import { addMs, type Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/runtime.ts';
import { WireNumber } from './exact-json.ts';
import type { HttpError, HttpFailure, HttpOutcome } from './http.ts';

/** The answer of a token service, RFC 6749 section 5.1. */
export const tokenReplySchema = z.object({
  access_token: z.string().check(z.regex(/^[\x21-\x7e]{1,8192}$/)),
  expires_in: z.instanceof(WireNumber).check(z.refine(({ text }) => /^\d{1,10}$/.test(text))),
});

/** A refusal by RFC 6749 section 5.2. */
export const tokenErrorSchema = z.object({ error: z.string() });

/** Nothing else is sent without one. */
export interface NoToken<Refused> {
  readonly kind: 'noToken';
  readonly refused: Refused;
}

type TokenOutcome<Refused> = { readonly kind: 'token'; readonly token: string } | NoToken<Refused>;

export interface Tokens<Refused> {
  /** The one in memory until a minute before its end; calls that wait for a new one share it. */
  current(): Promise<TokenOutcome<Refused>>;
  /** It was refused: the next call asks for another. */
  forget(token: string): void;
}

const earlyMs = 60_000;

export interface TokenDesk<Refused> {
  /** One request for a token, by the provider's own rules. */
  ask(): Promise<HttpOutcome<z.infer<typeof tokenReplySchema>>>;
  refusedAs(failure: HttpFailure): Refused;
  readonly clock: Clock;
}

export function createTokens<Refused>(desk: TokenDesk<Refused>): Tokens<Refused> {
  const { clock } = desk;
  let held: { readonly token: string; readonly usableUntil: Instant } | undefined;
  let asking: Promise<TokenOutcome<Refused>> | undefined;
  const askNow = async (): Promise<TokenOutcome<Refused>> => {
    const askedAt = clock.now();
    const reply = await desk.ask();
    if (reply.kind !== 'answer') return { kind: 'noToken', refused: desk.refusedAs(reply) };
    const { access_token: token, expires_in: seconds } = reply.body;
    held = { token, usableUntil: addMs(askedAt, Number(seconds.text) * 1_000 - earlyMs) };
    return { kind: 'token', token };
  };
  return {
    current: async () => {
      if (held !== undefined && clock.now() < held.usableUntil) {
        return { kind: 'token', token: held.token };
      }
      asking ??= askNow().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    forget: (token) => {
      if (held?.token === token) held = undefined;
    },
  };
}

/**
 * A call that was not let in has had no effect: where `isStale` says so of a 401, it is sent once
 * more with another token.
 */
export async function sentWithToken<Body, Problem, Refused>(
  tokens: Tokens<Refused>,
  send: (token: string) => Promise<HttpOutcome<Body, Problem>>,
  isStale: (refusal: HttpError<Problem>) => boolean,
): Promise<HttpOutcome<Body, Problem> | NoToken<Refused>> {
  const first = await tokens.current();
  if (first.kind !== 'token') return first;
  const reply = await send(first.token);
  if (!isUnauthorised(reply)) return reply;
  tokens.forget(first.token);
  if (!isStale(reply)) return reply;
  const second = await tokens.current();
  if (second.kind !== 'token') return second;
  const again = await send(second.token);
  if (isUnauthorised(again)) tokens.forget(second.token);
  return again;
}

function isUnauthorised<Problem>(
  reply: HttpOutcome<unknown, Problem>,
): reply is HttpError<Problem> {
  return reply.kind === 'error' && reply.status === 401;
}
