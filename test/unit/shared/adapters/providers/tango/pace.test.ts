import { expect, test } from 'vitest';
import { addMs, type Instant } from '../../../../../../shared/domain/time.ts';
import { asked, now, order, reference, scripted } from './scripted.ts';

const page = { resultCount: 1, totalCount: 1 };

test('the second call of a look-up waits for its turn, and so does the next one', async () => {
  let at: Instant = now;
  const script = ({ url }: { readonly url: URL }) =>
    [200, url.pathname.endsWith('/orders') ? { orders: [order], page } : order] as const;
  const { provider, waitsMs } = scripted(script, {}, { now: () => at });
  const found = await provider.findOrder(reference, { ...asked, since: now });
  expect(found.kind).toBe('accepted');
  expect(waitsMs).toEqual([1_000]);
  at = addMs(now, 1_400);
  await provider.placeOrder(asked);
  expect(waitsMs).toEqual([1_000, 600]);
  at = addMs(now, 5_000);
  await provider.placeOrder(asked);
  expect(waitsMs).toHaveLength(2);
});

test('nobody waits for a stand-in', async () => {
  const baseUrl = 'http://127.0.0.1:1/raas/v2';
  const { provider, waitsMs } = scripted(() => [201, order], { baseUrl });
  await provider.placeOrder(asked);
  await provider.placeOrder(asked);
  expect(waitsMs).toEqual([]);
});
