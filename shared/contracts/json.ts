import type { Refusal, RefusalCode } from '../domain/refusal.ts';

/** A schema issue as zod reports it, as far as a refusal needs it. */
export interface SchemaIssue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly input?: unknown;
  readonly keys?: readonly string[];
}

/**
 * JSON text with its keys sorted at every depth: equal exactly when two bodies are equal as JSON
 * values.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(Object.is(value, -0) ? 0 : value);
}

/** Whether objects and lists are nested more than `levels` deep. Looks no deeper than that. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (levels === 0) return true;
  return Object.values(value).some((member) => isDeeperThan(member, levels - 1));
}

/** What stands at a path of a parsed body, or `undefined`. */
function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  let current = body;
  for (const key of path) {
    if (current === null || typeof current !== 'object') return undefined;
    current = (current as Record<PropertyKey, unknown>)[key];
  }
  return current;
}

/** The first schema issue as a refusal; `codes` says what a wrong value of a field is called. */
export function refusalOf(
  issues: readonly SchemaIssue[],
  body: unknown,
  codes: Readonly<Record<string, RefusalCode>>,
): Refusal {
  const issue = issues[0];
  if (issue === undefined) return { code: 'FIELD_INVALID' };
  if (issue.code === 'unrecognized_keys') {
    return {
      code: 'UNKNOWN_FIELD',
      field: [...issue.path, ...(issue.keys ?? []).slice(0, 1)]
        .join('.')
        .slice(0, 128)
        .toWellFormed(),
    };
  }
  const field = issue.path.join('.');
  if (field === '') return { code: 'FIELD_INVALID' };
  const value = valueAt(body, issue.path);
  const code = codes[String(issue.path.at(-1))] ?? 'FIELD_INVALID';
  // An amount of no digits is written wrong; any other empty text says nothing.
  const isMissing = value === undefined || (value === '' && code !== 'INVALID_AMOUNT');
  return { code: isMissing ? 'FIELD_MISSING' : code, field };
}
