import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSession, type Session } from '../../infra/cli/run/session.ts';
import { addMs } from '../../shared/domain/time.ts';
import { temporaryFolder } from '../support/guerdon.ts';
import { programName } from './support/api-client.ts';
import * as paths from './support/every-path.ts';
import { everyPathProgram } from './support/every-path-program.ts';
import { onlyIds } from './support/four-providers.ts';
import { type Listener, startListener } from './support/listener.ts';
import { rawItems } from './support/raw-table.ts';
import { asOf, giveAmounts } from './support/redeem-all.ts';
import { Walk } from './support/walk.ts';

const noonMs = 12 * 3_600_000;

/** Words that stand in what nobody may see; the codes of providers are random ones. */
const codeWord = 'ZQCANARY';
const emailWord = 'zqfinch';
const addressWord = 'Zqlarkstreet';

/** All that a text was said on, by name; each is searched for every word. */
type Said = Map<string, string[]>;

it('shows a code on its claim page and nowhere else', async () => {
  const folder = await temporaryFolder();
  const state = join(folder, 'state');
  const log: string[] = [];
  const session = await openSession({
    ...{ program: everyPathProgram(), asOf: addMs(asOf, noonMs), stateDirectory: state },
    ...{ pendingMs: 'never', log: (line) => log.push(line) },
  });
  onTestFinished(() => session.close());
  const said: Said = new Map([['diagnostics', log]]);
  listen(session, said);
  const webhooks = await startListener();
  onTestFinished(() => webhooks.close());
  const walk = new Walk(session, 'ann');
  await paths.loadVouchers(session, join(folder, 'vouchers'), codeWord);
  await giveAmounts(session, { ann: 20_000_000 });
  await subscribe(walk, webhooks);
  await walkEverywhere(walk);

  await session.rest();
  said.set('API answers and pages', walk.answers);
  said.set(
    'webhooks',
    webhooks.heard.map(({ body }) => body.toString('utf8')),
  );
  said.set(
    'table',
    (await rawItems(session.stack)).map((item) => JSON.stringify(item)),
  );
  const mails = await walk.mails();
  const codes = codesOf(session);
  await session.close();
  said.set('files', await textsOfFiles(state, /-orders\.jsonl$|^mails$/));

  const silent = [...said].filter(([, texts]) => texts.length === 0);
  expect(silent.map(([name]) => name)).toEqual(['diagnostics']);
  const readable = [...said.keys()].filter((name) => name !== 'diagnostics');
  // A word that may be said: the search reaches every place.
  expect(found(said, [programName])).toEqual(readable.map((name) => `${name}: ${programName}`));
  expect(codes.length).toBeGreaterThan(15);
  const secrets = [...codes, codeWord, emailWord, addressWord];
  expect(found(said, secrets)).toEqual([]);
  const letters = mails.map(({ subject, text, html }) => subject + text + html);
  expect(found(new Map([['mails', letters]]), secrets)).toEqual([]);
  // The pages did show them, so the search can find what it looks for.
  const shown = found(new Map([['claim page', walk.revealed]]), secrets);
  expect(shown.length).toBeGreaterThan(8);
  expect(shown).toContain(`claim page: ${codeWord}`);
  expect(mails.some(({ to }) => to.some((address) => address.includes(emailWord)))).toBe(true);
}, 400_000);

async function walkEverywhere(walk: Walk): Promise<void> {
  await paths.enrol(walk, `${emailWord}-1@example.com`);
  await paths.quoteToClaim(walk);
  await paths.everyProvider(walk);
  await paths.failover(walk);
  await paths.replacement(walk);
  await paths.successTooLate(walk);
  const bouncing = `bounce+${emailWord}-2@simulator.amazonses.com`;
  await paths.bounceAndResend(walk, [bouncing, `${emailWord}-3@example.com`]);
  await paths.cash(walk);
  await paths.reviews(walk);
  await paths.goods(walk, [`1 ${addressWord}`, 'London']);
  await paths.choice(walk, `${emailWord}-4@example.com`);
  await paths.statementPage(walk);
  await mistakes(walk);
  await walk.session.stack.runSchedules();
}

/** Refusals and unknown outcomes speak too. */
async function mistakes(walk: Walk): Promise<void> {
  const card = { rewardId: 'only-runa', amountMinor: '1', currency: 'GBP', country: 'GB' };
  const email = `${emailWord}-5@example.com`;
  await walk.ask('POST', '/redemptions', { body: { ...card, email }, key: 'too-small' });
  const notOne = { ...card, amountMinor: '1000', email: `${emailWord} 6@example.com` };
  await walk.ask('POST', '/redemptions', { body: notOne, key: 'no-address' });
  const posted = { ...card, amountMinor: '1000', address: [addressWord] };
  await walk.ask('POST', '/redemptions', { body: posted, key: 'no-goods' });
  await walk.page('GET', '/claim/not-a-token');
  for (const provider of walk.session.standIns) {
    const reward = `only-${provider.name}`;
    // Those that pay money out sell no card.
    if (!onlyIds.includes(reward)) continue;
    provider.setFaults({ contradiction: 1, notJson: 1 });
    const redemption = await walk.redeem(reward);
    await walk.session.rest();
    provider.setFaults({});
    await walk.until(redemption, 'delivered');
  }
}

function listen({ stack }: Session, said: Said): void {
  const [logs, events]: [string[], string[]] = [[], []];
  said.set('logs and metrics', logs).set('bus', events);
  stack.onFunctionLog((_, record) => logs.push(JSON.stringify(record)));
  stack.onBusEvent((event) => {
    // The mail service itself names who did not get a mail: it has no other name for it.
    if (event.source !== 'aws.ses') events.push(JSON.stringify(event));
  });
}

async function subscribe(walk: Walk, { url }: Listener): Promise<void> {
  const types = ['redemption', 'points', 'member', 'reward', 'choice'].map((it) => `${it}.*`);
  const path = `/v1/programs/${programName}/webhooks`;
  const { status, text } = await walk.ask('POST', path, { body: { url, types }, key: 'hook' });
  expect(status, text).toBe(201);
}

/** Codes, links and numbers in the books of every stand-in; of a link, the part that is random. */
function codesOf({ standIns }: Session): string[] {
  const rewards = standIns.flatMap(({ orders }) => orders().flatMap((order) => order.rewards));
  return [...new Set(rewards.map((reward) => reward.split('/').at(-1) ?? reward))];
}

/** Files of a folder as bytes, but those of certain names, and folders of certain names. */
async function textsOfFiles(folder: string, but: RegExp): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(({ name, parentPath }) => {
    return !but.test(name) && !parentPath.split('/').some((part) => but.test(part));
  });
  const texts = files
    .filter((entry) => entry.isFile())
    .map(async ({ parentPath, name }) => readFile(join(parentPath, name), 'latin1'));
  return Promise.all(texts);
}

/** Where which secret was found, as it is, in another case, or encoded. */
function found(said: ReadonlyMap<string, readonly string[]>, secrets: readonly string[]): string[] {
  const hits = new Set<string>();
  for (const [name, texts] of said) {
    for (const text of texts) {
      const lower = text.toLowerCase();
      for (const secret of secrets) {
        const isThere =
          lower.includes(secret.toLowerCase()) || encoded(secret).some((it) => text.includes(it));
        if (isThere) hits.add(`${name}: ${secret}`);
      }
    }
  }
  return [...hits];
}

/** In base 64 a text looks otherwise at each of three places. */
function encoded(secret: string): string[] {
  return [0, 1, 2].map((place) => {
    const text = Buffer.from(' '.repeat(place) + secret).toString('base64');
    return text.slice(place === 0 ? 0 : place + 1, -4);
  });
}
