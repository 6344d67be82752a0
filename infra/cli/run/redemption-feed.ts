import { setTimeout as wait } from 'node:timers/promises';
import { systemDigest } from '../../../shared/adapters/crypto.ts';
import type { LocalStack } from '../../local/stack.ts';
import { say } from '../exit.ts';
import { reasonOf } from '../import/system-reason.ts';
import { integratorToken } from '../token.ts';
import { readLines } from './read-lines.ts';
import { RefusedLines } from './refused-lines.ts';

export interface RedemptionCounts {
  requested: number;
  fulfilled: number;
  released: number;
  pending: number;
  duplicate: number;
  refused: Record<string, number>;
}

/** One line of a redeem file. The same `id` is the same redemption. */
export interface RedeemLine {
  readonly id: string;
  readonly member: string;
  readonly rewardId: string;
  /** Digits. */
  readonly amountMinor: string;
  readonly currency: string;
  readonly country: string;
  readonly email: string;
}

const maximumLineBytes = 64 * 1024;
/** A request that is lost on its way may be sent again: the key makes it one redemption. */
const maximumTries = 3;
const betweenTriesMs = 100;
/** What is counted where the API gave no answer that names a code. */
export const unexpectedCode = 'UNEXPECTED_ERROR';
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
  /** The same by member, in their order. */
  readonly acceptedOf = new Map<string, string[]>();
  readonly #stack: Pick<LocalStack, 'urls'>;
  readonly #program: string;
  readonly #refused = new RefusedLines();

  constructor(stack: Pick<LocalStack, 'urls'>, program: string) {
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
    if (!isText(id)) return this.#refuse(number, idText, { code: 'FIELD_INVALID', field: 'id' });
    if (!isText(member) || isDots(member)) {
      return this.#refuse(number, id, { code: 'FIELD_INVALID', field: 'member' });
    }
    await this.#request({ number, id, member, body, token });
  }

  async #request(asked: Asked): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return this.#count(asked, await this.#send(asked), tries);
      } catch (error) {
        if (tries < maximumTries) await wait(tries * betweenTriesMs);
        else {
          const reason = reasonOf((error as Error).cause ?? error);
          say(`Line ${asked.number}: the API gave no answer (${reason}).`);
          return this.#refuse(asked.number, asked.id, {});
        }
      }
    }
  }

  /** Throws where no answer comes, or one that is no JSON. */
  async #send({ id, member, body, token }: Asked): Promise<Answer> {
    const path = `v1/programs/${this.#program}/members/${encodeURIComponent(member)}/redemptions`;
    const response = await fetch(new URL(path, withSlash(this.#stack.urls.api)), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        // Headers carry no text beyond Latin-1, and lose spaces at the ends.
        'idempotency-key': systemDigest.sha256Hex(JSON.stringify(id)),
      },
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    return { ...(answer as Omit<Answer, 'status'>), status: response.status };
  }

  #count({ number, id, member }: Asked, answer: Answer, tries: number): void {
    const redemption = String(answer.redemption);
    const isRepeated = answer.status === 200;
    if (answer.status !== 202 && !isRepeated) this.#refuse(number, id, answer);
    // The answer to an earlier try was lost on its way: this line is the first to ask.
    else if (isRepeated && (tries === 1 || this.accepted.has(redemption))) {
      this.counts.duplicate += 1;
    } else {
      this.accepted.add(redemption);
      this.acceptedOf.set(member, [...(this.acceptedOf.get(member) ?? []), redemption]);
    }
  }

  #refuse(line: number, id: string | undefined, { code, field }: RefusedAnswer): void {
    const name = code ?? unexpectedCode;
    this.counts.refused[name] = (this.counts.refused[name] ?? 0) + 1;
    this.#refused.tell({ line, id, code: name, field });
  }
}

interface Asked {
  readonly number: number;
  readonly id: string;
  readonly member: string;
  readonly body: Record<string, unknown>;
  readonly token: string;
}

interface RefusedAnswer {
  readonly code?: string;
  readonly field?: string;
}

interface Answer extends RefusedAnswer {
  readonly status: number;
  readonly redemption?: string;
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 128 && value.isWellFormed();
}

/** A path cannot carry these, however they are escaped. */
function isDots(member: string): boolean {
  return member === '.' || member === '..';
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
