import type { Refusal } from '../../../shared/domain/refusal.ts';
import type { LocalStack } from '../../local/stack.ts';
import { say } from '../exit.ts';
import { integratorToken } from '../token.ts';
import { readLines } from './read-lines.ts';

export interface RedemptionCounts {
  requested: number;
  fulfilled: number;
  released: number;
  pending: number;
  duplicate: number;
  refused: Record<string, number>;
}

/** One line of a redeem file. `id` is the idempotency key. */
export interface RedeemLine {
  readonly id: string;
  readonly member: string;
  readonly rewardId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly country: string;
  readonly email: string;
}

const maximumLineBytes = 64 * 1024;
const fields = ['id', 'member', 'rewardId', 'amountMinor', 'currency', 'country', 'email'];

/**
 * Feeds redemptions through the HTTP API in file order, as an integrator that redeems for its
 * members.
 */
export class RedemptionFeed {
  readonly counts: RedemptionCounts = {
    ...{ requested: 0, fulfilled: 0, released: 0, pending: 0, duplicate: 0 },
    refused: {},
  };
  /** Redemptions that this feed was the first to ask for. */
  readonly accepted = new Set<string>();
  readonly #stack: LocalStack;
  readonly #program: string;

  constructor(stack: LocalStack, program: string) {
    this.#stack = stack;
    this.#program = program;
  }

  async feedFile(path: string): Promise<void> {
    const token = await integratorToken(this.#program);
    for await (const { number, text } of readLines(path, maximumLineBytes)) {
      if (text?.trim() === '') continue;
      this.counts.requested += 1;
      await this.#feedLine(number, text, token);
    }
  }

  async feedLines(lines: Iterable<RedeemLine>): Promise<void> {
    const token = await integratorToken(this.#program);
    let number = 0;
    for (const line of lines) {
      number += 1;
      this.counts.requested += 1;
      await this.#feedLine(number, JSON.stringify(line), token);
    }
  }

  async #feedLine(number: number, text: string | undefined, token: string): Promise<void> {
    const line = text === undefined ? undefined : parseObject(text);
    if (line === undefined) {
      const code = text === undefined ? 'BODY_TOO_LARGE' : 'MALFORMED_JSON';
      return this.#refuse(number, undefined, { code });
    }
    const { id, member, ...body } = line;
    const idText = typeof id === 'string' ? id : undefined;
    const missing = fields.find((field) => line[field] === undefined || line[field] === '');
    if (missing !== undefined) {
      return this.#refuse(number, idText, { code: 'FIELD_MISSING', field: missing });
    }
    const wrong = [id, member].findIndex((value) => !isShortText(value));
    if (wrong >= 0) {
      return this.#refuse(number, idText, { code: 'FIELD_INVALID', field: fields[wrong] ?? 'id' });
    }
    await this.#request({ number, id: String(id), member: String(member), body, token });
  }

  async #request(asked: {
    readonly number: number;
    readonly id: string;
    readonly member: string;
    readonly body: Record<string, unknown>;
    readonly token: string;
  }): Promise<void> {
    const path = `v1/programs/${this.#program}/members/${encodeURIComponent(asked.member)}`;
    const response = await fetch(new URL(`${path}/redemptions`, withSlash(this.#stack.urls.api)), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${asked.token}`,
        'content-type': 'application/json',
        'idempotency-key': asked.id,
      },
      body: JSON.stringify(asked.body),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (response.status === 202) this.accepted.add(String(answer.redemption));
    else if (response.status === 200) this.counts.duplicate += 1;
    else this.#refuse(asked.number, asked.id, answer as unknown as Refusal);
  }

  #refuse(line: number, id: string | undefined, { code, field }: RefusedAnswer): void {
    const name = code ?? 'UNEXPECTED_ERROR';
    this.counts.refused[name] = (this.counts.refused[name] ?? 0) + 1;
    say(JSON.stringify({ line, id: id ?? null, code: name, field: field ?? null }));
  }
}

interface RefusedAnswer {
  readonly code?: string;
  readonly field?: string;
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

function isShortText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 128;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
