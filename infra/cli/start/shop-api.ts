import * as z from 'zod';
import { failure, type Result, success } from '../../../shared/domain/result.ts';
import { integratorToken } from '../token.ts';
import {
  askedShape,
  balanceShape,
  catalogueShape,
  choiceShape,
  linkShape,
  problemShape,
  profileShape,
  quoteShape,
  redemptionShape,
  type ShownOffer,
  type ShownProblem,
} from './shop-shapes.ts';

/** A refusal of the API, with its HTTP status. */
export interface Refused extends ShownProblem {
  readonly status: number;
}

export type Answer<Value> = Promise<Result<Value, Refused>>;

/** Where a member looks from. */
export interface Place {
  readonly country: string;
  readonly language: string;
}

type Method = 'GET' | 'POST';

interface Call<Shape extends z.ZodType> {
  readonly method: Method;
  readonly path: string;
  readonly shape: Shape;
  readonly body?: unknown;
  readonly key?: string;
}

const unnamedProblem = {
  code: 'UNEXPECTED_ERROR',
  title: 'The API answered with something that this page does not know.',
} as const;

/** Asks a member's questions of the HTTP API as an integrator does. The token stays here. */
export class ShopApi {
  readonly #origin: string;
  readonly #program: string;
  readonly #timeoutMs: number;

  constructor(origin: string, program: string, timeoutMs = 30_000) {
    this.#origin = origin;
    this.#program = program;
    this.#timeoutMs = timeoutMs;
  }

  profile(member: string) {
    return this.#get(member, '', profileShape);
  }

  balance(member: string) {
    return this.#get(member, 'balance', balanceShape);
  }

  /** All pages of it. */
  async catalogue(member: string, { country, language }: Place): Answer<ShownOffer[]> {
    const found: ShownOffer[] = [];
    for (let after: string | undefined; ; ) {
      const query = new URLSearchParams({ country, language, ...(after && { after }) });
      const page = await this.#get(member, `catalogue?${query}`, catalogueShape);
      if (!page.ok) return page;
      found.push(...page.value.rewards);
      after = page.value.next;
      if (after === undefined) return success(found);
    }
  }

  quote(member: string, asked: unknown, key: string) {
    return this.#post(member, 'quotes', { shape: quoteShape, body: asked, key });
  }

  readQuote(member: string, quote: string) {
    return this.#get(member, `quotes/${encodeURIComponent(quote)}`, quoteShape);
  }

  redeem(member: string, asked: unknown, key: string) {
    return this.#post(member, 'redemptions', { shape: askedShape, body: asked, key });
  }

  redemption(member: string, redemption: string) {
    return this.#get(member, `redemptions/${encodeURIComponent(redemption)}`, redemptionShape);
  }

  /** `cancel`, `resend` or `payment`; what it has come to is asked for afterwards. */
  act(member: string, { redemption, act, body, key }: Act) {
    const path = `redemptions/${encodeURIComponent(redemption)}/${act}`;
    return this.#post(member, path, { shape: z.unknown(), body, key });
  }

  statementLink(member: string) {
    return this.#post(member, 'statement-links', { shape: linkShape, body: {} });
  }

  offerChoice(member: string, offered: unknown, key: string) {
    return this.#post(member, 'choices', { shape: choiceShape, body: offered, key });
  }

  /** Events as an integrator sends them, up to a hundred. */
  sendEvents(events: readonly unknown[]) {
    return this.#call({ method: 'POST', path: 'events', shape: z.unknown(), body: { events } });
  }

  #get<Shape extends z.ZodType>(member: string, path: string, shape: Shape) {
    return this.#call({ method: 'GET', path: inMember(member, path), shape });
  }

  #post<Shape extends z.ZodType>(
    member: string,
    path: string,
    rest: Omit<Call<Shape>, 'method' | 'path'>,
  ) {
    return this.#call({ method: 'POST', path: inMember(member, path), ...rest });
  }

  /** Throws where the API does not answer, or with what nobody can read. */
  async #call<Shape extends z.ZodType>({
    method,
    path,
    shape,
    body,
    key,
  }: Call<Shape>): Answer<z.output<Shape>> {
    const url = new URL(`/v1/programs/${this.#program}/${path}`, this.#origin);
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${await integratorToken(this.#program)}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(this.#timeoutMs),
    });
    const { status } = response;
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return success(shape.parse(answer));
    const problem = problemShape.safeParse(answer).data;
    return failure({ ...(problem ?? unnamedProblem), status });
  }
}

function inMember(member: string, path: string): string {
  const own = `members/${encodeURIComponent(member)}`;
  return path === '' ? own : `${own}/${path}`;
}

export interface Act {
  readonly redemption: string;
  readonly act: 'cancel' | 'resend' | 'payment';
  readonly body: unknown;
  readonly key: string;
}
