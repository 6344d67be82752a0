import { expect, test } from 'vitest';
import { createTremendous } from '../../../shared/adapters/providers/tremendous.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import { rewardOf } from '../certification/stage.ts';
import { parseFaults } from './tremendous.ts';
import { call, orderBody, started } from './tremendous-client.ts';

test('a spec is read', () => {
  expect(parseFaults('')).toEqual({});
  expect(parseFaults('lostAnswer=0.2, slow=.1,duplicate=1')).toEqual({
    ...{ lostAnswer: 0.2, slow: 0.1, duplicate: 1 },
  });
});

test.each([
  ['lostAnswers=0.2', /No fault is named "lostAnswers".* lostAnswer,/],
  ['toString=1', /No fault is named/],
  ['slow', /"slow" is not written name=rate/],
  ['slow=1=2', /not written name=rate/],
  ['slow=20%', /rate of slow is "20%"/],
  ['slow=1.5', /rate of slow/],
  ['slow=-1', /rate of slow/],
  ['slow=', /rate of slow/],
  ['slow=0.1,slow=0.2', /slow stands twice/],
])('%s is refused in words', (text, sentence) => {
  expect(() => parseFaults(text)).toThrow(sentence);
});

test('the same seed meets the same faults', async () => {
  const outcomes = async () => {
    const fake = await started({ faults: { rateLimit: 0.5 } });
    const statuses = [];
    for (let number = 0; number < 20; number += 1) {
      statuses.push((await call(fake, 'POST', '/orders', orderBody(`n${number}`))).status);
    }
    return statuses;
  };
  const first = await outcomes();
  expect(new Set(first)).toEqual(new Set([200, 429]));
  expect(await outcomes()).toEqual(first);
});

test('fifty orders through lost, slow, doubled and spoilt answers are fifty rewards', async () => {
  const faults = parseFaults(
    'lostAnswer=0.2,lostRequest=0.1,slow=0.1,duplicate=0.1,notJson=0.1,contradiction=0.1,' +
      'rateLimit=0.1,pending=0.1,serverError=0.1',
  );
  const fake = await started({ seed: 'fifty', faults, pendingMs: 5 });
  const { baseUrl, apiKey, webhookKey } = fake;
  const provider = createTremendous({ baseUrl, apiKey, webhookKey, timeoutMs: 250 });
  const value = { amountMinor: 1_250n, currency: 'GBP' };
  const deliver = async (number: number): Promise<string> => {
    const reference = `order-${number}`;
    const products = ['GIFT-CARD-GBP'];
    const order = {
      ...{ reference, products, value, country: 'GB', language: 'en' },
      ...{ kind: 'eGiftCard' as const, recipientEmail: 'a@example.test' },
    };
    const asked = { value, products, since: instantOf(Date.now()) };
    for (let turn = 0; turn < 60; turn += 1) {
      const found = await provider.findOrder(reference, asked);
      const outcome = found.kind === 'notFound' ? await provider.placeOrder(order) : found;
      if (outcome.kind === 'accepted' && outcome.final) return rewardOf(outcome);
      expect(outcome).not.toMatchObject({ reason: 'permanent' });
    }
    return '(given up)';
  };
  const numbers = Array.from({ length: 50 }, (_, number) => number);
  const links = await Promise.all(numbers.map(deliver));
  expect(new Set(links).size).toBe(50);
  const byReference = new Map(fake.orders().map((order) => [order.externalId, order.links]));
  for (const number of numbers) {
    expect(byReference.get(`order-${number}`)).toContain(links[number]);
  }
  expect(fake.rewardsIssued()).toBe(50);
  const struck = [
    ...(['lostAnswer', 'lostRequest', 'slow', 'notJson', 'pending', 'serverError'] as const),
  ];
  for (const name of struck) {
    expect(fake.counters()[name]).toBeGreaterThan(0);
  }
});
