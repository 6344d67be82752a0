import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { instantOf } from '../../../../shared/domain/time.ts';
import type { RewardProvider, WebhookReading } from '../../../../shared/ports/provider.ts';

/** A file for a stand-in's books; it goes when the test does. */
export function temporaryFile(): string {
  const directory = mkdtempSync(join(tmpdir(), 'fake-provider-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, 'orders.jsonl');
}

export interface CallAnswer {
  readonly status: number;
  readonly body: unknown;
  /** What stands at a path such as `order.rewards.0.id`; the whole body for an empty one. */
  at(path: string): unknown;
}

export async function answerOf(response: Response): Promise<CallAnswer> {
  const body: unknown = await response.json();
  return { status: response.status, body, at: (path) => valueAt(body, path) };
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .filter((key) => key !== '')
    .reduce<unknown>((at, key) => (at instanceof Object ? Reflect.get(at, key) : undefined), value);
}

export interface Received {
  readonly url: string;
  /** In the order in which they came; `refused` was answered 401. */
  readonly readings: readonly WebhookReading[];
}

/** Takes webhooks as we do; lives as long as the test. */
export async function receiver(provider: RewardProvider): Promise<Received> {
  const readings: WebhookReading[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = request.headers as Record<string, string>;
    const webhook = { headers, rawBody: Buffer.concat(chunks) };
    const reading = provider.readWebhook(webhook, instantOf(Date.now()));
    readings.push(reading);
    response.writeHead(reading.kind === 'refused' ? 401 : 202).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, readings };
}

/** The ids of those about orders: a webhook that comes again has that of the first. */
export function orderWebhooks(readings: Received['readings']): ReadonlySet<string> {
  return new Set(readings.flatMap((it) => (it.kind === 'order' ? [it.webhookId] : [])));
}
