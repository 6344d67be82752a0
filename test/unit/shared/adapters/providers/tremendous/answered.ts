import type { Fetch } from '../../../../../../shared/adapters/providers/http.ts';
import { createTremendous } from '../../../../../../shared/adapters/providers/tremendous.ts';
import type { RewardProvider } from '../../../../../../shared/ports/provider.ts';

export interface Answered {
  readonly provider: RewardProvider;
  /** Method and path with query of each call, in order. */
  readonly calls: string[];
}

/** An answer: a body with status 200, a status and a body, or `undefined` for a broken line. */
export type Reply = object | readonly [status: number, body: object] | undefined;

/** A provider whose calls are answered by path. */
export function answered(replies: Readonly<Record<string, Reply>>): Answered {
  const calls: string[] = [];
  const base = 'https://testflight.tremendous.com/api/v2';
  const fetch: Fetch = async (input, init) => {
    const url = new URL(String(input));
    const path = url.pathname.replace('/api/v2', '');
    calls.push(`${init?.method} ${path}${url.search}`);
    const reply = replies[path];
    const [status, body] = isWithStatus(reply) ? reply : [200, reply];
    if (body === undefined) throw new TypeError('fetch failed');
    return new Response(JSON.stringify(body), { status });
  };
  const settings = { baseUrl: base, apiKey: 'TEST_canary_key', webhookKey: 'canary-webhook-key' };
  return { provider: createTremendous({ ...settings, timeoutMs: 1_000, fetch }), calls };
}

function isWithStatus(reply: Reply): reply is readonly [number, object] {
  return Array.isArray(reply);
}
