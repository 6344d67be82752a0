import { type Answer, answered } from '../common/answer.ts';

/** The form with a code, which may be null. */
export function refused(status: number, message: string, errorCode: string | null = null): Answer {
  const form = { timeStamp: 1_700_000_000_000, message, path: '/', errorCode };
  return { status, body: { ...form, infoLink: null, details: [] } };
}

/** The form that the framework itself gives. */
export function refusedByFramework(status: number, error: string): Answer {
  const form = { timeStamp: '2026-01-01T00:00:00.000+00:00', status, error };
  return { status, body: { ...form, message: error, path: '/' } };
}

/** A page as the framework writes it: asked for by a number from 1, answered by one from 0. */
export function pageOf<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  maximumSize: number,
): Answer {
  const page = countOf(query.get('page'), 1);
  const size = Math.min(countOf(query.get('size'), maximumSize), maximumSize);
  const content = items.slice((page - 1) * size, page * size);
  const totalPages = Math.ceil(items.length / size);
  const last = page >= totalPages;
  return answered({
    ...{ content, totalElements: items.length, totalPages, last, first: page === 1, size },
    ...{ number: page - 1, numberOfElements: content.length, empty: content.length === 0 },
    pageable: { pageNumber: page - 1, pageSize: size },
  });
}

function countOf(text: string | null, fallback: number): number {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : fallback;
}
