import { onTestFinished } from 'vitest';
import { tangoAdapter } from '../../../shared/adapters/providers/tango.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import type { RewardProvider } from '../../../shared/ports/provider.ts';
import { answerOf, type CallAnswer } from './common/client.ts';
import { type FakeTango, type FakeTangoOptions, startFakeTango } from './tango.ts';

/** Lives as long as the test that started it. */
export async function startedTango(options: Partial<FakeTangoOptions> = {}): Promise<FakeTango> {
  const fake = await startFakeTango({ seed: 1, ...options });
  onTestFinished(fake.close);
  return fake;
}

export function tangoProvider(fake: FakeTango, timeoutMs = 10_000): RewardProvider {
  const clock = { now: () => instantOf(Date.now()) };
  return tangoAdapter.open(fake.secret, { clock, timeoutMs });
}

export async function callTango(
  { secret, baseUrl }: FakeTango,
  method: string,
  path: string,
  body?: unknown,
): Promise<CallAnswer> {
  const basic = Buffer.from(`${secret.platformName}:${secret.platformKey}`).toString('base64');
  const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/json' };
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  return answerOf(await fetch(`${baseUrl}${path}`, { method, headers, ...init }));
}

export function tangoOrder(externalRefID: string, change: object = {}): object {
  return {
    ...{ customerIdentifier: 'guerdon-programs', accountIdentifier: 'guerdon-rewards' },
    ...{ utid: 'U000003', amount: 12.5, externalRefID, deliveryMethod: 'NONE' },
    ...change,
  };
}
