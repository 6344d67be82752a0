import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { openStubShop } from '../unit/infra/cli/start/stub-shop.ts';

const executablePath = '/usr/bin/chromium';
const phone = { width: 390, height: 844 };
const flags = [
  ...['no-sandbox', 'disable-gpu', 'disable-quic', 'no-first-run', 'disable-sync'],
  ...['disable-background-networking', 'disable-component-update'],
];

async function openBrowser(): Promise<BrowserContext> {
  const profile = await mkdtemp(join(tmpdir(), 'guerdon-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: flags.map((flag) => `--${flag}`),
    ...{ javaScriptEnabled: false, viewport: phone },
  });
  onTestFinished(async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  });
  return context;
}

async function seen(page: Page, name: string): Promise<void> {
  const width = await page.locator('html').evaluate((root) => root.scrollWidth);
  expect(width, name).toBeLessThanOrEqual(phone.width);
  const folder = process.env.GUERDON_SCREENSHOTS;
  if (folder !== undefined) {
    await page.screenshot({ path: join(folder, `shop-${name}.png`), fullPage: true });
  }
}

it('takes a member from the catalogue to a redemption, without script, on a phone', async () => {
  if (!existsSync(executablePath)) {
    process.stdout.write('not run: no Chromium\n');
    return;
  }
  const [shop, context] = await Promise.all([openStubShop(), openBrowser()]);
  const page = await context.newPage();
  await page.goto(shop.origin);
  await seen(page, 'members');
  await page.getByRole('link', { name: 'm-0001' }).click();
  await page.getByLabel('Language').selectOption('pl');
  await page.getByRole('button', { name: 'Look from there' }).click();
  expect(page.url()).toContain('language=pl');
  await seen(page, 'catalogue');
  await page.getByLabel('Amount in GBP').fill('12.50');
  await page.getByRole('button', { name: 'Ask for the price of Gift <card>' }).click();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('The price');
  await seen(page, 'quote');
  await page.getByRole('button', { name: 'Redeem' }).click();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('A redemption');
  await seen(page, 'redemption');
  await page.getByRole('button', { name: 'Call it off' }).click();
  await page.getByRole('link', { name: 'Back to the rewards' }).click();
  await page.getByRole('button', { name: 'Ask for the price of Dzień w spa' }).click();
  expect(await page.getByRole('heading', { level: 2 }).innerText()).toBe('What can be had instead');
  await seen(page, 'refused');
  const paths = shop.calls.flatMap(({ method, path }) => (method === 'POST' ? [path] : []));
  expect(paths.map((path) => path.split('/').at(-1))).toEqual([
    ...['quotes', 'redemptions', 'cancel', 'quotes'],
  ]);
});
