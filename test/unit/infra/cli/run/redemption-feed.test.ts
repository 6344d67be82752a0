import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { RedemptionFeed } from '../../../../../infra/cli/run/redemption-feed.ts';
import { refusalSentences } from '../../../../../shared/domain/refusal.ts';

const line = {
  ...{ id: 'r-1', member: 'm-1', rewardId: 'gift-card-gbp', amountMinor: '500' },
  ...{ currency: 'GBP', country: 'GB', email: 'm-1@example.com' },
};

type Answered = readonly [status: number, body: object] | 'lost' | 'no JSON';

/** The API as far as the feed sees it: answers by request, from the first on. */
async function fakeApi(answer: (request: IncomingMessage, count: number) => Answered) {
  const keys: unknown[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers['idempotency-key']);
    const answered = answer(request, keys.length);
    if (answered === 'lost') request.socket.destroy();
    else if (answered === 'no JSON') response.end('<html>');
    else response.writeHead(answered[0]).end(JSON.stringify(answered[1]));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const api = `http://127.0.0.1:${port}`;
  return { keys, stack: { urls: { api, mail: '', dynamodb: '' } } };
}

function toldOnStderr(): string[] {
  const told: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told.push(String(text));
    return true;
  });
  onTestFinished(() => write.mockRestore());
  return told;
}

it('takes ids that no header could carry, and keeps them apart', async () => {
  const { keys, stack } = await fakeApi((_, count) => [202, { redemption: String(count) }]);
  const feed = new RedemptionFeed(stack, 'p');
  await feed.feedLines(['订单-1', ' a ', 'a', 'a\n'].map((id) => ({ ...line, id })));
  expect(feed.accepted.size).toBe(4);
  expect(new Set(keys).size).toBe(4);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/);
});

it('refuses texts that are not well formed, too long, or no segment of a path', async () => {
  const told = toldOnStderr();
  const { keys, stack } = await fakeApi(() => [500, {}]);
  const feed = new RedemptionFeed(stack, 'p');
  await feed.feedLines([
    { ...line, member: '\ud800' },
    { ...line, id: '\udc00' },
    { ...line, id: 'x'.repeat(129) },
    { ...line, member: '..' },
  ]);
  expect(feed.counts).toMatchObject({ requested: 4, refused: { FIELD_INVALID: 4 } });
  const [sentence, ...lines] = told;
  expect(sentence).toBe(`FIELD_INVALID: ${refusalSentences.FIELD_INVALID}\n`);
  const fields = lines.map((text) => (JSON.parse(text) as { field: string }).field);
  expect(fields).toEqual(['member', 'id', 'id', 'member']);
  expect(keys).toEqual([]);
});

it('names the id of the line where the API refuses it', async () => {
  const told = toldOnStderr();
  const { stack } = await fakeApi(() => [422, { code: 'UNKNOWN_REWARD', field: 'rewardId' }]);
  await new RedemptionFeed(stack, 'p').feedLines([{ ...line, id: '订单-1' }]);
  const expected = { line: 1, id: '订单-1', code: 'UNKNOWN_REWARD', field: 'rewardId' };
  expect(told[0]).toBe('UNKNOWN_REWARD: The program has no such reward.\n');
  expect(told.slice(1).map((text) => JSON.parse(text))).toEqual([expected]);
});

it('asks again under the same key when an answer is lost, and counts the line once', async () => {
  const { keys, stack } = await fakeApi((_, count) =>
    count === 1 ? 'lost' : [200, { redemption: 'one' }],
  );
  const feed = new RedemptionFeed(stack, 'p');
  await feed.feedLines([line, line]);
  expect([...feed.accepted]).toEqual(['one']);
  expect(feed.counts).toMatchObject({ requested: 2, duplicate: 1, refused: {} });
  expect(new Set(keys).size).toBe(1);
});

it.each(['lost', 'no JSON'] as const)(
  'counts and reports a line without an answer: %s',
  async (it) => {
    const told = toldOnStderr();
    const { stack } = await fakeApi((request) =>
      request.url?.includes('m-1') ? it : [202, { redemption: 'two' }],
    );
    const feed = new RedemptionFeed(stack, 'p');
    await feed.feedLines([line, { ...line, id: 'r-2', member: 'm-2' }]);
    expect(feed.counts).toMatchObject({ requested: 2, refused: { UNEXPECTED_ERROR: 1 } });
    expect([...feed.accepted]).toEqual(['two']);
    expect(told.join('')).toContain('Line 1: the API gave no answer');
  },
);
