import type { Answer } from '../common/answer.ts';

/** The form that the vendor's client documents. */
export function refused(status: number, message: string, payload: unknown = {}): Answer {
  return { status, body: { status, errors: { message, payload } } };
}

/** The form that the vendor's page on rate limits shows. */
export function refusedSingular(status: number, message: string): Answer {
  return { status, body: { error: { message, payload: {} } } };
}

export interface Query {
  get(name: string): string | null;
}

export interface PageRule {
  readonly fallback: number;
  readonly maximum: number;
}

/** Newest first, by `offset`, `limit` and `created_at[gte]` / `[lte]`. */
export function pageOf<Item extends { readonly createdAt: string }>(
  oldestFirst: readonly Item[],
  query: Query,
  { fallback, maximum }: PageRule,
): { readonly items: readonly Item[]; readonly total: number } {
  const from = query.get('created_at[gte]') ?? '';
  const to = query.get('created_at[lte]') ?? '9999';
  const matching = oldestFirst.filter(({ createdAt }) => createdAt >= from && createdAt <= to);
  const offset = countOf(query.get('offset'), 0);
  const limit = Math.min(countOf(query.get('limit'), fallback), maximum);
  return { items: matching.reverse().slice(offset, offset + limit), total: matching.length };
}

function countOf(text: string | null, fallback: number): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : fallback;
}
