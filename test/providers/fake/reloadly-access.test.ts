import { expect, test } from 'vitest';
import { clientOf, mediaType, startedReloadly, tokenFor } from './reloadly-client.ts';

test('a token of another environment, or none, is refused', async () => {
  const fake = await startedReloadly();
  const other = await clientOf(fake, 'https://giftcards-sandbox.reloadly.com');
  const answer = await other('GET', '/accounts/balance');
  expect([answer.status, answer.at('errorCode')]).toEqual([401, 'INVALID_TOKEN']);
  expect((await fetch(`${fake.baseUrl}/accounts/balance`)).status).toBe(401);
  const own = await clientOf(fake);
  expect((await own('GET', '/accounts/balance')).status).toBe(200);
});

test.each([
  { client_secret: 'wrong' },
  { grant_type: 'password' },
  { audience: 'https://x.example' },
])('no token is given for %j', async (change) => {
  const answer = await tokenFor(await startedReloadly(), change);
  expect([answer.status, answer.at('errorCode')]).toEqual([401, 'INVALID_CREDENTIALS']);
});

test('a token ends, and can be taken back', async () => {
  let nowMs = 0;
  const fake = await startedReloadly({ tokenLifeSeconds: 60, now: () => nowMs });
  const first = await clientOf(fake);
  expect((await first('GET', '/accounts/balance')).status).toBe(200);
  nowMs = 60_000;
  expect((await first('GET', '/accounts/balance')).at('errorCode')).toBe('TOKEN_EXPIRED');
  const second = await clientOf(fake);
  expect(fake.tokensIssued()).toBe(2);
  fake.revokeTokens();
  expect((await second('GET', '/accounts/balance')).at('errorCode')).toBe('INVALID_TOKEN');
});

test('answers come in the media type of the version only', async () => {
  const fake = await startedReloadly();
  const token = (await tokenFor(fake)).at('access_token');
  const authorization = `Bearer ${token}`;
  const statusFor = async (accept: string) =>
    (await fetch(`${fake.baseUrl}/accounts/balance`, { headers: { authorization, accept } }))
      .status;
  expect(await statusFor('application/json')).toBe(406);
  expect(await statusFor(mediaType)).toBe(200);
});

test('what comes too fast is refused where a limit is set', async () => {
  const fake = await startedReloadly({ requestsPerSecond: 3 });
  const client = await clientOf(fake);
  const calls = Array.from({ length: 5 }, () => client('GET', '/accounts/balance'));
  const statuses = (await Promise.all(calls)).map(({ status }) => status).sort();
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
});

test('pages are asked from 1 and answered from 0, and none is longer than ten', async () => {
  const client = await clientOf(await startedReloadly());
  const first = await client('GET', '/products?size=200&page=1');
  expect([first.at('number'), first.at('last'), first.at('size')]).toEqual([0, false, 10]);
  const second = await client('GET', '/products?size=200&page=2');
  expect([second.at('number'), second.at('last')]).toEqual([1, true]);
  expect(second.at('content.0.productId')).not.toBe(first.at('content.0.productId'));
  expect(Array.isArray((await client('GET', '/countries/GB/products')).at(''))).toBe(true);
});

test('products have both spellings and both forms of the map', async () => {
  const client = await clientOf(await startedReloadly());
  expect((await client('GET', '/products/202')).at('maxRecipientDenomination')).toBe(150);
  expect((await client('GET', '/products/203')).at('maxrecipientDenomination')).toBe(1_000);
  const map = 'fixedRecipientToSenderDenominationsMap';
  expect((await client('GET', '/products/204')).at(map)).toEqual({
    500: 500,
    1000: 1000,
    5000: 5000,
  });
  expect((await client('GET', '/products/201')).at(`${map}.0`)).toEqual({ 5: 5 });
  expect((await client('GET', '/products/999')).status).toBe(404);
  expect((await client('GET', '/products/none')).status).toBe(400);
});
