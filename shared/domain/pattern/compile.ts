import { type Result, success } from '../result.ts';
import { matcherOf } from './match.ts';
import { parsePattern } from './parse.ts';
import type { PatternFailure } from './pattern.ts';

/** True when the event is matched. Pure, and safe to call with anything that JSON can hold. */
export type CompiledPattern = (event: unknown) => boolean;

/**
 * Compiles an EventBridge event pattern once, to be matched often. A pattern that holds anything
 * unknown is refused, since a matcher that skips what it does not know matches too much. The
 * language is that of
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * as its engine reads it, https://github.com/aws/event-ruler: fields of one array element are
 * matched together. Unlike there, a dot in a key is a character of the key and joins no path.
 */
export function compilePattern(pattern: unknown): Result<CompiledPattern, PatternFailure> {
  const parsed = parsePattern(pattern);
  return parsed.ok ? success(matcherOf(parsed.value)) : parsed;
}
