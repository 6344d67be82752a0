import { expect, test } from 'vitest';
import { adapterWith, asked, listed, page, reference, whole } from './adapter-with.ts';

const unknown = (detail: string) => ({ kind: 'unknown', detail });

test('a look-up reads on to orders of ten minutes before the first call', async () => {
  const old = { ...listed, id: 'O-0', description: 'another', created_at: '2026-05-01T11:49:59Z' };
  const young = { ...old, created_at: '2026-05-01T11:50:00Z' };
  const { provider, sent } = adapterWith(page([listed, young], 'A'), page([old], 'B'), [
    200,
    whole,
  ]);
  expect(await provider.findOrder('absent', asked)).toEqual({ kind: 'notFound' });
  expect(sent.map(({ path }) => path)).toEqual([
    ...['/v2/order?limit=500', '/v2/order?limit=500&after=A'],
  ]);
});

test('a list that begins with the oldest order is read to its end', async () => {
  const old = { ...listed, id: 'O-0', description: 'another', created_at: '2020-01-01T00:00:00Z' };
  const { provider } = adapterWith(page([old], 'A'), page([listed], 'B'), [200, whole]);
  expect(await provider.findOrder(reference, asked)).toMatchObject({ kind: 'accepted' });
});

test('a list without a cursor, or with the same again and again, tells nothing', async () => {
  for (const after of [undefined, 'A']) {
    const { provider } = adapterWith(page([{ ...listed, description: 'another' }], after));
    expect(await provider.findOrder(reference, asked)).toEqual(unknown('UNEXPECTED_FORM'));
  }
});

test('an order that is under way hides whose it is, a failed one gave nothing', async () => {
  const failed = { id: 'O-2', status: 'FAILED', message: 'no' };
  const under = { id: 'O-3', status: 'PROCESSING', message: 'wait' };
  const none = page([]);
  const over = adapterWith(page([failed], 'A'), none).provider;
  expect(await over.findOrder(reference, asked)).toEqual({ kind: 'notFound' });
  const open = adapterWith(page([failed, under], 'A'), none).provider;
  expect(await open.findOrder(reference, asked)).toEqual(unknown('ORDERS_UNDECIDED'));
});

test('the order that is read must be the one that the list named', async () => {
  const { provider } = adapterWith(page([listed], 'A'), [200, { ...whole, id: 'O-9' }]);
  expect(await provider.findOrder(reference, asked)).toEqual(unknown('CONTRADICTION'));
});
