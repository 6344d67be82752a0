import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  choosePage,
  chosenPage,
  confirmChoicePage,
} from '../../../../../shared/adapters/pages/choose-page.ts';
import { confirmPage, revealPage } from '../../../../../shared/adapters/pages/claim-page.ts';
import { contrast, textColourOn } from '../../../../../shared/adapters/pages/contrast.ts';
import type { RenderedPage } from '../../../../../shared/adapters/pages/layout.ts';
import { type Notice, noticePage } from '../../../../../shared/adapters/pages/notice-page.ts';
import { statementPage } from '../../../../../shared/adapters/pages/statement-page.ts';
import { accentColour } from '../../../../../shared/adapters/pages/style.ts';
import { turnOffPage } from '../../../../../shared/adapters/pages/turn-off-page.ts';
import { type Language, writtenLanguages } from '../../../../../shared/domain/message/language.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import {
  card,
  cardLink,
  chooseView,
  claimView,
  code,
  face,
  statementView,
} from '../../../../support/page-views.ts';

const notices: readonly Notice[] = [
  ...(['invalid', 'expired', 'slow', 'trouble', 'replaced', 'returned'] as const),
];

const everyPage = (language: Language): RenderedPage[] => [
  confirmPage(claimView(language)),
  revealPage(claimView(language), card),
  revealPage(claimView(language), cardLink),
  choosePage(chooseView(language)),
  choosePage(chooseView(language), 'missing'),
  choosePage(chooseView(language), 'refused'),
  choosePage(chooseView(language), 'undelivered'),
  confirmChoicePage(chooseView(language), 0),
  chosenPage(chooseView(language), 1),
  statementPage(statementView(language)),
  turnOffPage({ kind: 'asked', face, language }),
  turnOffPage({ kind: 'done', face, language }),
  ...notices.map((notice) => noticePage(notice, language)),
];

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus='alert(1)",
  '</title><script>alert(1)</script>',
  '</textarea><svg onload=alert(1)>',
  '&lt;script&gt;',
  '</style><svg onload=alert(1)>',
];

describe('every page', () => {
  it.each(writtenLanguages)('is a whole document that loads nothing: %s', (language) => {
    for (const { body } of everyPage(language)) {
      const tag = language === 'en' ? 'en-GB' : language === 'zh' ? 'zh-Hans' : language;
      const direction = language === 'ar' ? 'rtl' : 'ltr';
      expect(body).toContain(`<html lang="${tag}" dir="${direction}">`);
      expect(body).toContain('width=device-width');
      expect(body).not.toMatch(/<img|<iframe|<link|@import|url\(|\son\w+=|\sstyle=/);
      expect(body).not.toMatch(/undefined|\[object|\[secret\]|\{\w+[,}]/);
      expect(body.match(/<h1>/g)).toHaveLength(1);
      for (const [, id] of body.matchAll(/(?:for|aria-\w+by)="(\w[\w-]*)"/g)) {
        expect(body).toContain(`id="${id}"`);
      }
    }
  });

  it.each(hostile)('escapes %j wherever it stands', (text) => {
    const bad = { ...face, programName: text };
    const claim = { ...claimView('en'), face: bad, rewardName: text };
    const choice = { ...chooseView('en'), face: bad, sender: text };
    const offers = choice.offers.map((offer) => ({ ...offer, name: text, disclosure: text }));
    const value = new Secret(text);
    const pages = [
      confirmPage(claim),
      revealPage(claim, { kind: 'code', value, pin: value, website: value, expiresOn: text }),
      revealPage(claim, { kind: 'link', value }),
      choosePage({ ...choice, offers }),
      confirmChoicePage({ ...choice, offers }, 0),
      chosenPage({ ...choice, offers }, 0),
      turnOffPage({ kind: 'asked', face: bad, language: 'en' }),
    ];
    for (const { body } of pages) {
      expect(body).not.toMatch(/<script>alert|<img|<svg on|" onerror|' autofocus/);
      for (const one of [/<title>/g, /<style>/g, /<h1>/g]) expect(body.match(one)).toHaveLength(1);
      const fields = body.match(/<textarea/g) ?? [];
      expect(body.match(/<\/textarea>/g) ?? []).toHaveLength(fields.length);
    }
  });

  it('allows its own style and script by their hashes, and no other source', () => {
    for (const { body, headers } of everyPage('en')) {
      const hashOf = (text: string) => createHash('sha256').update(text).digest('base64');
      const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(body) ?? [];
      const script = /<script>([\s\S]*)<\/script>/.exec(body)?.[1];
      const runs = script === undefined ? '' : ` script-src 'sha256-${hashOf(script)}';`;
      expect(headers['content-security-policy']).toBe(
        `default-src 'none'; style-src 'sha256-${hashOf(style)}';${runs} base-uri 'none'; ` +
          "form-action 'self'; frame-ancestors 'none'",
      );
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow',
        'x-content-type-options': 'nosniff',
      });
    }
  });

  it('shows the logo of the brand, and nothing else from elsewhere', () => {
    const logo = 'https://brand.example/a;b,c.png?v=1';
    const branded = { ...face, brand: { ...face.brand, logo } };
    const { body, headers } = confirmPage({ ...claimView('en'), face: branded });
    expect(body).toContain(`<img src="${logo}" alt="Northwind &lt;Rewards&gt;">`);
    expect(headers['content-security-policy']).toContain(
      '; img-src https://brand.example/a%3Bb%2Cc.png; ',
    );
  });
});

describe('the claim page', () => {
  it('asks before it shows: one form, one button, the page itself as its target', () => {
    const { body } = confirmPage(claimView('en'));
    expect(body.match(/<form/g)).toHaveLength(1);
    expect(body).toContain('<form method="post">');
    expect(body.match(/<button/g)).toHaveLength(1);
    expect(body).toContain('Amazon.de, €25.00');
    expect(body).toContain('1 March 2027');
    expect(body).not.toMatch(/<input|<textarea/);
  });

  it('shows a code with all that belongs to it, and not in its title', () => {
    const { body } = revealPage(claimView('en'), card);
    expect(body).toContain(`>${code}</textarea>`);
    expect(body).toContain('>4711</textarea>');
    expect(body).toContain('href="https://shop.example/redeem?a=1&amp;b=2"');
    expect(body).toContain('31 December 2028');
    expect(body).toMatch(/<title>(?!.*CODE)[^<]*<\/title>/);
    expect(body).toContain('<svg class="qr" role="img"');
  });

  it('shows a link as text and as a link', () => {
    const { body } = revealPage(claimView('en'), cardLink);
    expect(body).toContain('href="https://r.example/a?b=1&amp;c=2"');
    expect(body).toContain('>https://r.example/a?b=1&amp;c=2</textarea>');
    expect(body).toContain('rel="noopener noreferrer"');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'not a link', ' JaVaScRiPt:alert(1)'])(
    'makes no link of %j',
    (text) => {
      const value = new Secret(text);
      const link = revealPage(claimView('en'), { kind: 'link', value }).body;
      const site = revealPage(claimView('en'), { kind: 'code', value, website: value }).body;
      for (const body of [link, site]) expect(body).not.toMatch(/<a class="action"/);
    },
  );

  it('leaves out a QR code that nobody could scan', () => {
    const value = new Secret(`https://r.example/${'a'.repeat(900)}`);
    expect(revealPage(claimView('en'), { kind: 'link', value }).body).not.toContain('<svg');
  });
});

describe('a page for whoever has no valid link', () => {
  it('says one and the same, and names no program', () => {
    expect(noticePage('invalid', 'en').body).not.toContain('Northwind');
    expect(noticePage('invalid', 'en')).toEqual(noticePage('invalid', 'en'));
    expect(noticePage('expired', 'en').body).not.toBe(noticePage('invalid', 'en').body);
  });
});

describe('colours', () => {
  it.each([
    [accentColour, '#ffffff'],
    ['#4b5563', '#ffffff'],
    ['#1f2937', '#f3f4f6'],
    ['#4b5563', '#f3f4f6'],
    ['#7f1d1d', '#fef2f2'],
  ])('%s on %s can be read', (dark, light) => {
    expect(contrast(dark, light)).toBeGreaterThan(4.5);
  });

  it('of any brand take text that can be read', () => {
    for (let grey = 0; grey < 256; grey += 1) {
      const part = grey.toString(16).padStart(2, '0');
      for (const colour of [`#${part}${part}${part}`, `#${part}80ff`, `#ff${part}00`]) {
        expect(contrast(colour, textColourOn(colour))).toBeGreaterThan(4.5);
      }
    }
  });
});
