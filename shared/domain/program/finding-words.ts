import type * as z from 'zod/mini';
import { nearest } from './suggest.ts';

/**
 * What is wrong, in words, where the schema itself does not say it. It is the error map of a parse,
 * because the small build of zod has no texts of its own.
 */
export function wordsFor(issue: z.core.$ZodRawIssue): string | undefined {
  const { input } = issue;
  switch (issue.code) {
    case 'invalid_type':
      if (input === undefined) return 'is missing';
      return `must be ${kinds[issue.expected] ?? issue.expected}, not ${kindOf(input)}`;
    case 'invalid_value':
      return oneOf(input, issue.values);
    case 'invalid_union':
      if (issue.discriminator !== undefined && Array.isArray(issue.options)) {
        return oneOf(Object(input)[issue.discriminator], issue.options);
      }
      return input === undefined ? 'is missing' : undefined;
    case 'too_small':
      return bound('at least', issue.minimum, String(issue.origin));
    case 'too_big':
      return bound('at most', issue.maximum, String(issue.origin));
    default:
      return undefined;
  }
}

function oneOf(input: unknown, values: readonly unknown[]): string {
  const choice =
    values.length === 1 ? `must be ${values[0]}` : `must be one of ${values.join(', ')}`;
  if (input === undefined) return `is missing; it ${choice}`;
  const near = typeof input === 'string' && nearest(input, values.map(String));
  return near && values.length > 1 ? `${choice}; did you mean ${near}?` : choice;
}

const counted: Readonly<Record<string, string>> = { string: 'characters', array: 'elements' };

function bound(how: string, limit: number | bigint, origin: string): string {
  const what = counted[origin];
  if (what !== undefined && how === 'at least' && Number(limit) === 1) return 'must not be empty';
  return what === undefined ? `must be ${how} ${limit}` : `must have ${how} ${limit} ${what}`;
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

function kindOf(input: unknown): string {
  if (input === null) return 'null';
  if (typeof input === 'number' && !Number.isInteger(input)) return 'a fraction';
  const type = Array.isArray(input) ? 'array' : typeof input;
  return kinds[type] ?? type;
}
