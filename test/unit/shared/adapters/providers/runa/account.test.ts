import { expect, test } from 'vitest';
import { runaAdapter } from '../../../../../../shared/adapters/providers/runa.ts';
import { instantOf } from '../../../../../../shared/domain/time.ts';
import { collected } from '../../../../../providers/certification/on-stage.ts';
import { adapterWith, clock, listed, now, page, reference, secret, whole } from './adapter-with.ts';

test('a webhook leads to our reference, or to nothing, or is worth trying again', async () => {
  const reading = { kind: 'order', webhookId: '1', providerOrder: 'O-1' } as const;
  const referenceOf = (...answer: readonly [number, unknown]) =>
    adapterWith(answer).provider.referenceOf(reading);
  expect(await referenceOf(200, whole)).toBe(reference);
  expect(await referenceOf(200, { id: 'O-1', status: 'FAILED' })).toBeUndefined();
  expect(await referenceOf(404, { type: 'not_found', message: 'no' })).toBeUndefined();
  await expect(referenceOf(200, { id: 'O-1', status: 'PROCESSING' })).rejects.toThrow(
    'not be read',
  );
  await expect(referenceOf(404, '<html>')).rejects.toThrow('not be read');
});

test('a charge that cannot be read spoils the settlements', async () => {
  const period = { from: instantOf(now - 1), to: instantOf(now + 1_000) };
  const read = async (order: object) => {
    const { provider } = adapterWith(page([order], 'A'), page([]));
    return collected(provider.settlements(period));
  };
  const amount = { amountMinor: -1_586n, currency: 'USD' };
  expect(await read(listed)).toMatchObject([{ kind: 'charge', amount, reference }]);
  expect(await read({ ...listed, description: 'a portal’s own words' })).toMatchObject([
    expect.not.objectContaining({ reference: expect.anything() }),
  ]);
  await expect(read({ ...listed, total_price: '1.005' })).rejects.toThrow('could not be read');
  await expect(read({ ...listed, total_price: null })).rejects.toThrow('could not be read');
});

test('balances are exact; one that cannot be read spoils them all', async () => {
  const read = (...answer: readonly [number, unknown]) => adapterWith(answer).provider.balances();
  const [amountMinor, currency] = [900_719_925_474_099_307n, 'GBP'];
  const held = [{ balance: '9007199254740993.07', currency }];
  expect(await read(200, held)).toEqual([{ amountMinor, currency }]);
  expect(await read(200, [])).toEqual([]);
  const odd = { balance: '1.00', currency: 'XAU' };
  await expect(read(200, [...held, odd])).rejects.toThrow('could not be read');
});

test('the secret of an account has its fields and no others, and none is quoted', () => {
  const context = { clock, timeoutMs: 1_000 };
  const webhookSecret = `whsec_${'A'.repeat(32)}`;
  const open = (change: object) => () => runaAdapter.open({ ...secret, ...change }, context);
  expect(open({ webhookSecret })().capabilities.sendsWebhooks).toBe(true);
  expect(open({})().capabilities.sendsWebhooks).toBe(false);
  const webhook = { headers: {}, rawBody: Buffer.from('{}') };
  expect(open({})().readWebhook(webhook, now)).toEqual({ kind: 'refused' });
  for (const change of [
    ...[{ apiKey: undefined }, { baseUrl: 1 }, { another: 'canary' }, { apiKey: 'canary' }],
    ...[{ webhookSecret: 'canary' }, { paymentCurrency: 'canary' }, { listLagMs: -1 }],
  ]) {
    expect(open(change)).toThrow(/Runa|lag/);
    expect(open(change)).not.toThrow('canary');
  }
});
