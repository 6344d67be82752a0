import { get } from 'node:http';
import { expect, it } from 'vitest';
import { openStubShop, redemptionId, statementLink } from './stub-shop.ts';

type Shop = Awaited<ReturnType<typeof openStubShop>>;

function post({ origin }: Shop, path: string, fields: Record<string, string>, from = origin) {
  return fetch(`${origin}${path}`, {
    ...{ method: 'POST', redirect: 'manual', headers: { origin: from } },
    body: new URLSearchParams(fields),
  });
}

const place = { country: 'GB', language: 'pl' };
const member = '/members/m-0001';

it('lists members and what each can have, and escapes what others wrote', async () => {
  const shop = await openStubShop();
  const members = await (await fetch(shop.origin)).text();
  expect(members).toContain('href="/members/m-0001?language=en"');
  const catalogue = await fetch(`${shop.origin}${member}?country=GB&language=pl`);
  const text = await catalogue.text();
  for (const words of ['1,000 points', 'Gift &lt;card&gt;', '100 points for each GBP', '£25.00']) {
    expect(text).toContain(words);
  }
  expect(text).toContain('at the rate of the day, plus 3\u00a0%');
  expect(shop.calls.map(({ path }) => path)).toContain('catalogue?country=GB&language=pl');
  expect(catalogue.headers.get('content-security-policy')).toContain("default-src 'none'");
});

it('goes from a quote to a redemption, each form under its own key', async () => {
  const shop = await openStubShop();
  const quoted = await post(shop, `${member}/quotes`, {
    ...{ ...place, rewardId: 'gift-card-gbp', currency: 'GBP', amount: '12.5', key: 'q-1' },
  });
  expect(quoted.status).toBe(303);
  const body = { ...place, rewardId: 'gift-card-gbp', currency: 'GBP', amountMinor: '1250' };
  expect(shop.calls.at(-1)).toEqual({ method: 'POST', path: 'quotes', key: 'q-1', body });
  const price = await (await fetch(`${shop.origin}${quoted.headers.get('location')}`)).text();
  expect(price).toContain('1,250 points');
  const form = { ...place, quote: 'some-quote', email: 'a@example.com', key: 'r-1' };
  const redeemed = await post(shop, `${member}/redemptions`, form);
  const there = `${member}/redemptions/${redemptionId}?country=GB&language=pl`;
  expect(redeemed.headers.get('location')).toBe(there);
  expect(shop.calls.at(-1)).toMatchObject({
    ...{ key: 'r-1', body: { quote: 'some-quote', email: 'a@example.com' } },
  });
  expect(shop.asked.get('m-0001')).toEqual([redemptionId]);
  const shown = await (await fetch(`${shop.origin}${there}`)).text();
  expect(shown).toContain('<li>Asked for, 31 Oct 2026, 00:01</li>');
  expect(shown).toContain('Call it off');
  const cancelled = await post(shop, `${member}/redemptions/${redemptionId}/cancel`, {
    ...{ ...place, key: 'c-1' },
  });
  expect(cancelled.headers.get('location')).toBe(there);
  expect(shop.calls.at(-1)).toMatchObject({ path: `redemptions/${redemptionId}/cancel` });
});

it("looks from the member's own country, as the profile has it", async () => {
  const shop = await openStubShop();
  const text = await (await fetch(`${shop.origin}${member}?language=en`)).text();
  expect(text).toContain('<option selected>GB</option>');
  const elsewhere = await (await fetch(`${shop.origin}/members/m-0002?language=en`)).text();
  expect(elsewhere).toContain('<option selected>DE</option>');
});

it('lists what was asked for in words, and looks again while something is open', async () => {
  const shop = await openStubShop();
  shop.asked.set('m-0001', [redemptionId, 'delivered']);
  const list = await (await fetch(`${shop.origin}${member}/redemptions?country=GB`)).text();
  expect(list).toMatch(/Gift &lt;card&gt;<\/span>, £12\.50<\/a>:\s+Ordered/);
  expect(list).toMatch(/, £12\.50<\/a>:\s+Delivered/);
  expect(list).toContain('<meta http-equiv="refresh" content="3">');
  shop.asked.set('m-0001', ['delivered']);
  const over = await (await fetch(`${shop.origin}${member}/redemptions?country=GB`)).text();
  expect(over).not.toContain('http-equiv="refresh"');
  const pages = [
    `${member}/redemptions/${redemptionId}`,
    `${member}/redemptions/delivered`,
    member,
  ];
  const texts = await Promise.all(
    pages.map(async (path) => (await fetch(`${shop.origin}${path}?country=GB`)).text()),
  );
  expect(texts.map((text) => text.includes('http-equiv="refresh"'))).toEqual([true, false, false]);
});

it('says for what a reward can be had where the amount was refused', async () => {
  const shop = await openStubShop();
  const refused = await post(shop, `${member}/quotes`, {
    ...{ ...place, rewardId: 'books-gbp', currency: 'GBP', amountMinor: '777', key: 'q-3' },
  });
  expect(await refused.text()).toContain('Paper Lantern Books can be had for: £5.00, £25.00.');
});

it('leads back to what was bought where its price is taken a second time', async () => {
  const shop = await openStubShop();
  const quote = '11111111-2222-8333-8444-555555555500';
  const form = { ...place, quote, email: 'a@example.com', key: 'r-1' };
  await post(shop, `${member}/redemptions`, form);
  const again = { ...form, email: 'again@example.com', key: 'r-2' };
  const answers = [
    await post(shop, `${member}/redemptions`, again),
    await fetch(`${shop.origin}${member}/quotes/${quote}`),
  ];
  for (const answer of answers) {
    const text = await answer.text();
    expect(text).toContain('bought at that price already');
    expect(text).toContain(`href="${member}/redemptions/${redemptionId}?`);
  }
});

it('says what the API says of a refusal, with what can be had instead', async () => {
  const shop = await openStubShop();
  const asked = { ...place, rewardId: 'spa-day', currency: 'GBP', key: 'q-2' };
  const refused = await post(shop, `${member}/quotes`, asked);
  expect(refused.status).toBe(422);
  const text = await refused.text();
  expect(text).toContain('The reward cannot be had now. Choose another one.');
  expect(text).toContain('REWARD_UNAVAILABLE');
  expect(text).toContain('name="amountMinor" value="1000"');
  expect(shop.calls.at(-1)?.body).toEqual({ ...place, rewardId: 'spa-day', currency: 'GBP' });
  const unknown = await fetch(`${shop.origin}${member}/quotes/none`);
  expect(unknown.status).toBe(404);
  expect(await unknown.text()).toContain('UNEXPECTED_ERROR');
});

it('asks for a statement link and offers a choice, and redirects to no other origin', async () => {
  const shop = await openStubShop();
  const linked = await post(shop, `${member}/statement-links`, place);
  expect(linked.status).toBe(200);
  expect(await linked.text()).toContain(`href="${statementLink}"`);
  const offered = await post(shop, `${member}/choices`, { ...place, key: 'o-1' });
  expect(await offered.text()).toContain('Gift &lt;card&gt;, £10.00');
  const { body } = shop.calls.at(-1) ?? {};
  expect(body).toMatchObject({
    rewards: [
      { rewardId: 'gift-card-gbp', amountMinor: '1000', currency: 'GBP' },
      { rewardId: 'books-gbp', amountMinor: '500', currency: 'GBP' },
    ],
  });
});

it('serves nobody but the pages themselves', async () => {
  const shop = await openStubShop();
  const form = { ...place, quote: 'some-quote', email: 'a@example.com', key: 'r-1' };
  const foreign = await post(shop, `${member}/redemptions`, form, 'https://elsewhere.example');
  expect(foreign.status).toBe(403);
  const nowhere = await fetch(`${shop.origin}${member}/redemptions`, { method: 'POST' });
  expect(nowhere.status).toBe(403);
  const put = await fetch(shop.origin, { method: 'PUT' });
  expect(put.status).toBe(405);
  expect((await fetch(`${shop.origin}/members/m-0001/else`)).status).toBe(404);
  const large = await post(shop, `${member}/redemptions`, { quote: 'x'.repeat(20_000) });
  expect(large.status).toBe(413);
  expect(await statusUnder(shop, 'rebound.example')).toBe(403);
  expect(shop.calls).toEqual([]);
});

/** As a browser asks that was told a name of somebody else's for this machine. */
function statusUnder({ origin }: Shop, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = get(origin, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
  });
}
