import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { RenderedPage } from '../../shared/adapters/pages/layout.ts';

export const executablePath = '/usr/bin/chromium';

export const phone = { width: 390, height: 844 };
export const desktop = { width: 1280, height: 800 };

/** What a server answers to a form, or to being asked for. */
export type Site = (form: URLSearchParams | undefined, path: string) => RenderedPage;

/** Serves pages as they are, with their headers; gives the address of the site. */
export async function serve(site: Site): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const form = request.method === 'POST' ? new URLSearchParams(text) : undefined;
      const { body, headers } = site(form, request.url ?? '/');
      response.writeHead(200, headers);
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function openBrowser(settings: {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly script: boolean;
}): Promise<BrowserContext> {
  const profile = await mkdtemp(join(tmpdir(), 'guerdon-browser-'));
  const flags = ['no-sandbox', 'disable-gpu', 'disable-quic', 'no-first-run', 'disable-sync'];
  const quiet = ['disable-background-networking', 'disable-component-update'];
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...flags, ...quiet].map((flag) => `--${flag}`),
    javaScriptEnabled: settings.script,
    viewport: settings.viewport,
  });
  onTestFinished(async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  });
  return context;
}

/** A page of the browser that notes what its policy forbids and what fails in it. */
export async function openPage(context: BrowserContext): Promise<{
  readonly page: Page;
  readonly complaints: string[];
}> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints };
}

/** Only for people to look at: written where `GUERDON_SCREENSHOTS` says, if it says so. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.GUERDON_SCREENSHOTS;
  if (folder === undefined) return;
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
