import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  choosePage,
  chosenPage,
  confirmChoicePage,
} from '../../shared/adapters/pages/choose-page.ts';
import { confirmPage, revealPage } from '../../shared/adapters/pages/claim-page.ts';
import { noticePage } from '../../shared/adapters/pages/notice-page.ts';
import { statementPage } from '../../shared/adapters/pages/statement-page.ts';
import { turnOffPage } from '../../shared/adapters/pages/turn-off-page.ts';
import { chooseTexts } from '../../shared/adapters/texts/choose-texts.ts';
import { claimTexts } from '../../shared/adapters/texts/claim-texts.ts';
import { pageTexts } from '../../shared/adapters/texts/page-texts.ts';
import type { Language } from '../../shared/domain/message/language.ts';
import { card, chooseView, claimView, code, face, statementView } from '../support/page-views.ts';
import {
  desktop,
  executablePath,
  openBrowser,
  openPage,
  phone,
  type Site,
  serve,
  shoot,
} from './pages.ts';
import { flawsOf, tabOrder } from './readable.ts';

const languages = ['en', 'pl', 'ar'] as const;

const siteIn =
  (language: Language): Site =>
  (form, path) => {
    if (path.startsWith('/statement')) return statementPage(statementView(language));
    if (path.startsWith('/off')) return turnOffPage({ kind: 'asked', face, language });
    if (path.startsWith('/invalid')) return noticePage('invalid', language);
    if (path.startsWith('/choose')) return choosing(language, form);
    const view = claimView(language);
    return form === undefined ? confirmPage(view) : revealPage(view, card);
  };

function choosing(language: Language, form: URLSearchParams | undefined) {
  const view = chooseView(language);
  const offer = form?.get('offer');
  if (form === undefined) return choosePage(view);
  if (offer === null || offer === undefined) return choosePage(view, 'missing');
  const isConfirmed = form.get('step') === 'confirm';
  return isConfirmed ? chosenPage(view, Number(offer)) : confirmChoicePage(view, Number(offer));
}

/** `undefined` where there is no browser: said, and not a failure. */
function hasBrowser(): boolean {
  if (existsSync(executablePath)) return true;
  process.stdout.write('not run: no Chromium\n');
  return false;
}

const submit = (page: Page) => page.locator('button[type=submit]').click();

describe('pages for members', { timeout: 60_000 }, () => {
  const sizes = { phone, desktop };

  it.each(
    languages.flatMap((language) =>
      (['phone', 'desktop'] as const).map((size) => [language, size] as const),
    ),
  )('can be read and used without script: %s, %s', async (language, size) => {
    if (!hasBrowser()) return;
    const origin = await serve(siteIn(language));
    const context = await openBrowser({ viewport: sizes[size], script: true });
    const { page, complaints } = await openPage(context);
    const look = async (name: string) => {
      expect([name, ...(await flawsOf(page))]).toEqual([name]);
      await shoot(page, `${name}-${language}-${size}`);
    };
    await page.goto(`${origin}/claim/token`);
    expect(await page.content()).not.toContain(code);
    await look('claim');
    await submit(page);
    await page.waitForSelector('#reward');
    await look('reward');
    await page.goto(`${origin}/choose/token`);
    await look('choose');
    await page.locator('#offer-1').check();
    await submit(page);
    await look('confirm');
    await submit(page);
    await look('chosen');
    for (const path of ['statement', 'off', 'invalid']) {
      await page.goto(`${origin}/${path}/token`);
      await look(path);
    }
    expect(complaints).toEqual([]);
  });

  it('work with the keyboard alone and no script at all', async () => {
    if (!hasBrowser()) return;
    const origin = await serve(siteIn('en'));
    const context = await openBrowser({ viewport: phone, script: false });
    const { page, complaints } = await openPage(context);
    const texts = { ...pageTexts.en, ...claimTexts.en, ...chooseTexts.en };
    await page.goto(`${origin}/claim/token`);
    expect(await tabOrder(page, 2)).toEqual([texts.claimButton, texts.support]);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#reward');
    expect(await tabOrder(page, 4)).toEqual(['reward', 'pin', texts.openWebsite, texts.support]);
    expect(await page.getByLabel(texts.codeLabel, { exact: true }).inputValue()).toBe(code);
    expect(await page.getByRole('img', { name: texts.qrLabel }).isVisible()).toBe(true);
    expect(await page.getByRole('button').count()).toBe(0);

    await page.goto(`${origin}/choose/token`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector('input[value=confirm]', { state: 'attached' });
    expect(await page.content()).toContain('seaside');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText(texts.doneTitle).first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('copy with script, and say so', async () => {
    if (!hasBrowser()) return;
    const origin = await serve(siteIn('en'));
    const context = await openBrowser({ viewport: phone, script: true });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const { page, complaints } = await openPage(context);
    await page.goto(`${origin}/claim/token`);
    await submit(page);
    await page.getByRole('button', { name: 'Copy: Your code' }).click();
    await page.getByText('Copied', { exact: true }).waitFor();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(code);
    expect(complaints).toEqual([]);
  });

  it('print the reward and nothing to press', async () => {
    if (!hasBrowser()) return;
    const origin = await serve(siteIn('en'));
    const context = await openBrowser({ viewport: desktop, script: true });
    const { page } = await openPage(context);
    await page.goto(`${origin}/claim/token`);
    await submit(page);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('button, a').filter({ visible: true }).count()).toBe(0);
    expect(await page.locator('#reward').isVisible()).toBe(true);
    expect(await page.locator('svg').isVisible()).toBe(true);
    await shoot(page, 'print');
  });
});
