import { InvariantError } from '../../domain/result.ts';
import type { LogFields } from '../../ports/runtime.ts';

const namePattern = /^[A-Za-z0-9_.:,-]{1,64}$/;
const framePattern = /([\w.-]+:\d+:\d+)\)?$/;

/**
 * What may be logged of an exception: its name, its code and the line it came from. Messages of
 * libraries quote bodies and addresses, so only the sentence of a broken invariant, which is ours,
 * goes out.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const code = 'code' in error ? error.code : undefined;
  const at = placeOf(error);
  return {
    errorName: namePattern.test(error.name) ? error.name : 'Error',
    ...(typeof code === 'string' && namePattern.test(code) && { errorCode: code }),
    ...(at !== undefined && { at }),
    ...(error instanceof InvariantError && { invariant: error.message }),
  };
}

/**
 * File, line and column of the first stack frame; the message stands before the frames and is cut
 * off.
 */
function placeOf({ stack = '', message }: Error): string | undefined {
  const start = stack.indexOf(message);
  const frames = start < 0 ? '' : stack.slice(start + message.length);
  const first = frames.split('\n').find((line) => line.trimStart().startsWith('at '));
  return first === undefined ? undefined : framePattern.exec(first)?.[1];
}
