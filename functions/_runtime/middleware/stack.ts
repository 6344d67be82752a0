import middy from '@middy/core';

/**
 * The base of every handler. middy's early time-out is off: it answers while the work goes on, and
 * Lambda would thaw that work inside a later invocation.
 */
export function stack<Event, Result>() {
  return middy<Event, Result>({ timeoutEarlyInMillis: 0 });
}
