import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import {
  claimPageHeaders,
  confirmPage,
  revealPage,
} from '../../shared/adapters/pages/claim-page.ts';
import { Secret } from '../../shared/domain/secret.ts';
import { instantOf } from '../../shared/domain/time.ts';

const executablePath = '/usr/bin/chromium';
const code = 'CODE-1234-5678-9012';
const phone = { width: 360, height: 640 };

const view = {
  language: 'en',
  programName: 'Sample <Rewards>',
  rewardName: 'Gift card (GBP)',
  value: { amountMinor: 1250n, currency: 'GBP' },
  expires: { at: instantOf(Date.UTC(2027, 2, 1)), timeZone: 'Europe/London' },
};

async function serveClaim(): Promise<string> {
  const server: Server = createServer((request, response) => {
    const isConfirmed = request.method === 'POST';
    const shown = { form: 'code', value: new Secret(code) } as const;
    response.writeHead(200, claimPageHeaders);
    response.end(isConfirmed ? revealPage(view, shown) : confirmPage(view));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/claim/token`;
}

async function openBrowser(): Promise<BrowserContext> {
  const profile = await mkdtemp(join(tmpdir(), 'guerdon-browser-'));
  const flags = ['no-sandbox', 'disable-gpu', 'disable-quic', 'no-first-run', 'disable-sync'];
  const quiet = ['disable-background-networking', 'disable-component-update'];
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...flags, ...quiet].map((flag) => `--${flag}`),
    javaScriptEnabled: false,
    viewport: phone,
  });
  onTestFinished(async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  });
  return context;
}

it('shows the reward only after the button, without script, on a phone', async () => {
  if (!existsSync(executablePath)) {
    process.stdout.write('not run: no Chromium\n');
    return;
  }
  const [url, context] = await Promise.all([serveClaim(), openBrowser()]);
  const page = await context.newPage();
  await page.goto(url);
  expect(await page.content()).not.toContain(code);
  expect(await page.getAttribute('html', 'lang')).toBe('en');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForLoadState();
  const field = page.getByLabel('code', { exact: false });
  expect(await field.inputValue()).toBe(code);
  const width = await page.locator('html').evaluate((root) => root.scrollWidth);
  expect(width).toBeLessThanOrEqual(phone.width);
  expect(await page.content()).toContain('Sample &lt;Rewards&gt;');
});
