import { randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { createWebhookPoster, isClosed } from '../../../../../shared/adapters/webhooks/poster.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';

const clock = { now: () => instantOf(Date.now()) };
const key = `whsec_${randomBytes(32).toString('base64')}`;
const local = createWebhookPoster({ clock, timeoutMs: 2000, isLocal: true });
const open = createWebhookPoster({ clock, timeoutMs: 2000, isLocal: false });
const webhook = { id: 'msg_1', body: '{"type":"tier.changed.v1"}', secret: new Secret(key) };

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers one status to everything, and tells what it heard. */
async function listening(
  status: number,
  act: (url: string, heard: readonly Heard[]) => Promise<void>,
): Promise<void> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(status, { location: '/elsewhere' }).end('whatever');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await act(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, heard);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('what is sent', () => {
  test('is what the library of the standard verifies', () =>
    listening(204, async (url, heard) => {
      expect(await local.post({ ...webhook, url })).toEqual({ kind: 'answered', status: 204 });
      const [first] = heard;
      const headers = first?.headers as Record<string, string>;
      expect(new Webhook(key).verify(first?.body ?? '', headers)).toEqual({
        type: 'tier.changed.v1',
      });
      const changed = first?.body.replace('tier', 'tiers') ?? '';
      expect(() => new Webhook(key).verify(changed, headers)).toThrow();
    }));

  test('follows no redirect', () =>
    listening(307, async (url, heard) => {
      expect(await local.post({ ...webhook, url })).toEqual({ kind: 'answered', status: 307 });
      expect(heard).toHaveLength(1);
    }));

  test('reaches nobody where nobody listens', async () => {
    const outcome = await local.post({ ...webhook, url: 'http://127.0.0.1:1/hook' });
    expect(outcome).toEqual({ kind: 'unreachable' });
  });
});

describe('outside of the local stage', () => {
  const refused = [
    'http://example.com/hook',
    'https://127.0.0.1/hook',
    'https://[::1]/hook',
    'https://[::ffff:10.0.0.1]/hook',
    'https://169.254.169.254/latest/meta-data',
    'https://10.1.2.3/hook',
    'https://user:word@example.com/hook',
    'https://localhost/hook',
    'no address',
  ];
  test.each(refused)('%s is forbidden', async (url) => {
    expect(await open.post({ ...webhook, url })).toEqual({ kind: 'forbidden' });
  });

  test.each(['8.8.8.8', '2606:4700::1111'])('%s lies in no closed network', (address) => {
    expect(isClosed(address)).toBe(false);
  });

  test.each(['0.0.0.0', '100.64.1.1', '192.168.0.9', 'fd00::1', 'fe80::1', '::ffff:127.0.0.1'])(
    '%s does',
    (address) => {
      expect(isClosed(address)).toBe(true);
    },
  );
});
