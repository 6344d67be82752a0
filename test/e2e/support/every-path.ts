import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Session } from '../../../infra/cli/run/session.ts';
import { loadSampleVouchers } from '../../../infra/cli/start/sample-vouchers.ts';
import { programName } from './api-client.ts';
import { cardsInPounds } from './four-providers.ts';
import { asOf } from './redeem-all.ts';
import type { Walk } from './walk.ts';

const minuteMs = 60_000;

/** Fills the pools with codes that all contain a word. */
export async function loadVouchers(session: Session, folder: string, word: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const code = (index: number) =>
    `${word}-CODE-${index},${word}PIN${index},2999-12-31,https://${word.toLowerCase()}.example/`;
  const lines = Array.from({ length: 5 }, (_, index) => code(index));
  const text = ['code,pin,expiresOn,website', ...lines].join('\n');
  for (const name of ['spa-day', 'free-delivery']) {
    await writeFile(join(folder, `${name}-vouchers.csv`), text.replaceAll('-CODE-', `-${name}-`));
  }
  const clock = { now: () => asOf };
  await loadSampleVouchers(session, { program: programName, clock, folder });
}

/** Enrolled by the integrator, with an address that later mails go to. */
export async function enrol(walk: Walk, email: string): Promise<void> {
  const { member } = walk;
  const body = { member, email, name: 'Ann', country: 'GB', language: 'en', consents: ['terms'] };
  const path = `/v1/programs/${programName}/members`;
  const { status, text } = await walk.ask('POST', path, { body, key: `enrol-${member}` });
  expect(status, text).toBe(201);
}

/** Catalogue, quote, redemption, mail, claim page, history. */
export async function quoteToClaim(walk: Walk): Promise<void> {
  expect((await walk.ask('GET', '/catalogue?country=GB')).text).toContain('card-tremendous');
  const asked = { rewardId: 'only-tremendous', amountMinor: '1000', currency: 'GBP' };
  const body = { ...asked, country: 'GB' };
  const quoted = await walk.ask('POST', '/quotes', { body, key: 'quote-1' });
  expect(quoted, quoted.text).toMatchObject({ status: 201, body: { points: '1000' } });
  const { quote } = quoted.body;
  expect((await walk.ask('GET', `/quotes/${quote}`)).body).toEqual(quoted.body);
  const order = { body: { quote }, key: 'redeem-quote-1' };
  const redeemed = await walk.ask('POST', '/redemptions', order);
  expect(redeemed.status, redeemed.text).toBe(202);
  const redemption = String(redeemed.body.redemption);
  const again = await walk.ask('POST', '/redemptions', order);
  expect(again).toMatchObject({ status: 200, body: { redemption } });
  await walk.until(redemption, 'delivered');
  expect((await walk.ask('GET', `/redemptions/${redemption}`)).body.history).toMatchObject([
    { status: 'requested' },
    { status: 'ordered' },
    { status: 'delivered' },
  ]);
  const page = await walk.claim();
  const link = walk.provider('tremendous').orders().at(-1)?.rewards[0] ?? 'no link';
  expect(page).toContain(link);
  for (const rest of ['/history', '/balance', '/statement', '/tier', '/preferences', '']) {
    const { status, text } = await walk.ask('GET', rest);
    expect([200, 404], text).toContain(status);
  }
}

/** Every provider delivers once, and the pool of our own codes. */
export async function everyProvider(walk: Walk): Promise<void> {
  for (const { provider } of cardsInPounds) {
    const redemption = await walk.redeem(`only-${provider}`);
    await walk.until(redemption, 'delivered');
    await walk.claim();
  }
  const voucher = await walk.redeem('spa-day', { amountMinor: undefined });
  await walk.until(voucher, 'delivered');
  await walk.claim();
}

/** The first provider thinks it over and says no; another one delivers. */
export async function failover(walk: Walk): Promise<void> {
  walk.provider('tremendous').setFaults({ pending: 1 });
  const redemption = await walk.redeem('card-tremendous');
  await walk.decide('tremendous', 'failed');
  walk.provider('tremendous').setFaults({});
  await walk.until(redemption, 'delivered');
  await walk.claim();
}

/** A delivery is undone afterwards; the next provider replaces it. */
export async function replacement(walk: Walk): Promise<void> {
  const redemption = await walk.redeem('card-reloadly');
  await walk.until(redemption, 'delivered');
  await walk.decide('reloadly', 'failed');
  await walk.until(redemption, 'delivered');
  expect((await walk.ask('GET', `/redemptions/${redemption}`)).text).toContain('beingReplaced');
  await walk.claim();
}

/** Nobody is left to ask, the points go back, and then the provider says that it has delivered. */
export async function successTooLate(walk: Walk): Promise<void> {
  walk.provider('tremendous').setFaults({ pending: 1 });
  const redemption = await walk.redeem('only-tremendous');
  await walk.decide('tremendous', 'failed');
  await walk.until(redemption, 'pointsReturned');
  await walk.decide('tremendous', 'delivered');
  walk.provider('tremendous').setFaults({});
  expect(await walk.statusOf(redemption)).toBe('pointsReturned');
}

/** The mail comes back, another address is told, and the mail is sent to it. */
export async function bounceAndResend(walk: Walk, emails: readonly [string, string]) {
  const [bouncing, corrected] = emails;
  const redemption = await walk.redeem('only-tango', { email: bouncing });
  await walk.until(redemption, 'delivered');
  await walk.session.rest();
  walk.session.passTime(11 * minuteMs);
  const rest = `/redemptions/${redemption}/resend`;
  const { status, text } = await walk.ask('POST', rest, { body: { email: corrected } });
  expect(status, text).toBe(202);
  expect((await walk.mails())[0]?.to).toEqual([corrected]);
  await walk.claim();
}

/** A part in cash: nothing is ordered before the merchant has it; and one that is called off. */
export async function cash(walk: Walk): Promise<void> {
  const redemption = await walk.redeem('only-tremendous', { points: '600' });
  await walk.session.rest();
  expect(await walk.statusOf(redemption)).toBe('awaitingPayment');
  const body = { paymentId: 'till-1', amountMinor: '400', currency: 'GBP' };
  const paid = await walk.ask('POST', `/redemptions/${redemption}/payment`, { body });
  expect(paid.status, paid.text).toBe(200);
  await walk.until(redemption, 'delivered');
  const off = await walk.redeem('only-tremendous', { points: '700' });
  const cancelled = await walk.ask('POST', `/redemptions/${off}/cancel`, { body: {} });
  expect(cancelled.status, cancelled.text).toBe(200);
  await walk.until(off, 'pointsReturned');
}

/** Looked at by people: let go by two of them, or blocked. */
export async function reviews(walk: Walk): Promise<void> {
  const decide = (redemption: string, decision: string, subject: string) =>
    walk.ask('POST', `/redemptions/${redemption}/review`, {
      ...{ as: 'staff', subject, body: { decision, reason: 'Looked at.' } },
    });
  const large = await walk.redeem('only-tremendous', { amountMinor: '30000' });
  await walk.session.rest();
  expect(await walk.statusOf(large)).toBe('underReview');
  expect((await decide(large, 'release', 'eve')).body).toMatchObject({ needsSecondPerson: true });
  expect((await decide(large, 'release', 'eve')).status).not.toBe(500);
  expect(await walk.statusOf(large)).toBe('underReview');
  expect((await decide(large, 'release', 'fay')).body).toMatchObject({ needsSecondPerson: false });
  await walk.until(large, 'delivered');
  const blocked = await walk.redeem('only-tremendous', { amountMinor: '20000' });
  await decide(blocked, 'block', 'eve');
  await walk.until(blocked, 'pointsReturned');
}

/** Goods go by post; no provider here sends any, and the points come back. */
export async function goods(walk: Walk, address: readonly string[]): Promise<void> {
  const redemption = await walk.redeem('hamper', { address });
  await walk.until(redemption, 'pointsReturned');
}

/** Somebody offers a set, the member picks one on the page, and gets it. */
export async function choice(walk: Walk, email: string): Promise<void> {
  const rewards = ['only-runa', 'only-tango'].map((rewardId) => {
    return { rewardId, amountMinor: '1000', currency: 'GBP' };
  });
  const body = { sender: 'The shop', rewards, country: 'GB', email };
  const offered = await walk.ask('POST', '/choices', { body, key: 'choice-1' });
  expect(offered.status, offered.text).toBe(201);
  const path = await walk.mailedPath('choose');
  expect((await walk.page('GET', path)).status).toBe(200);
  expect((await walk.page('POST', path, 'step=choose&offer=1')).status).toBe(200);
  const before = walk.provider('tango').orders().length;
  expect((await walk.page('POST', path, 'step=confirm&offer=1')).status).toBe(200);
  await walk.session.rest();
  expect(walk.provider('tango').orders()).toHaveLength(before + 1);
  await walk.claim();
}

/** Balance, history and open redemptions on a page of the member's own. */
export async function statementPage(walk: Walk): Promise<void> {
  const asked = { as: 'member', subject: walk.member, body: {} } as const;
  const { status, body, text } = await walk.ask('POST', '/statement-links', asked);
  expect(status, text).toBe(201);
  const { pathname } = new URL(String(body.url));
  expect((await walk.page('GET', pathname)).status).toBe(200);
}
