import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type ClaimPageView,
  claimPageHeaders,
  confirmPage,
  expiredPage,
  invalidPage,
  revealPage,
  troublePage,
} from '../../../../../shared/adapters/pages/claim-page.ts';
import { accentColour } from '../../../../../shared/adapters/pages/layout.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';

const view: ClaimPageView = {
  language: 'en-GB',
  programName: 'Northwind Club',
  rewardName: 'Gift card',
  value: { amountMinor: 2500n, currency: 'GBP' },
  expires: { at: instantOf(Date.parse('2027-02-28T23:30:00Z')), timeZone: 'Europe/Paris' },
};
const canary = 'CANARY-7H2K-9QXW';
const code = { form: 'code', value: new Secret(canary) } as const;
const link = { form: 'link', value: new Secret('https://r.example/a?b=1&c=2') } as const;

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus='alert(1)",
  '</title><script>alert(1)</script>',
  '&lt;script&gt;',
  '</style><svg onload=alert(1)>',
];

const everyPage = [
  confirmPage(view),
  revealPage(view, code),
  revealPage(view, link),
  invalidPage('en'),
  expiredPage('en'),
  troublePage('en'),
];

describe('the claim page', () => {
  it('asks before it shows: one form, one button, the page itself as its target', () => {
    const page = confirmPage(view);
    expect(page.match(/<form/g)).toHaveLength(1);
    expect(page).toContain('<form method="post">');
    expect(page.match(/<button/g)).toHaveLength(1);
    expect(page).toContain('Gift card, £25.00');
    expect(page).toContain('1 March 2027');
    expect(page).not.toContain('<input');
  });

  it('shows a code as text to select, and a link as a link too', () => {
    const codePage = revealPage(view, code);
    expect(codePage).toContain(`value="${canary}"`);
    expect(codePage).not.toContain('<a ');
    expect(codePage).toMatch(/<title>(?!.*CANARY)[^<]*<\/title>/);
    const linkPage = revealPage(view, link);
    expect(linkPage).toContain('href="https://r.example/a?b=1&amp;c=2"');
    expect(linkPage).toContain('value="https://r.example/a?b=1&amp;c=2"');
    expect(linkPage).toContain('rel="noopener noreferrer"');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'not a link', ' JaVaScRiPt:alert(1)'])(
    'makes no link of %j',
    (text) => {
      const page = revealPage(view, { form: 'link', value: new Secret(text) });
      expect(page).not.toContain('<a ');
      expect(page).toContain('readonly');
    },
  );

  it.each(hostile)('escapes %j wherever it stands', (text) => {
    const bad = { ...view, programName: text, rewardName: text };
    const value = new Secret(text);
    const pages = [
      confirmPage(bad),
      revealPage(bad, { form: 'code', value }),
      revealPage(bad, { form: 'link', value }),
    ];
    for (const page of pages) {
      expect(page).not.toMatch(/<script|<img|<svg|" onerror|' autofocus/);
      expect(page.match(/<title>/g)).toHaveLength(1);
      expect(page.match(/<style>/g)).toHaveLength(1);
      expect(page.match(/<h1>/g)).toHaveLength(1);
    }
  });

  it.each(everyPage)('is a whole document that loads and runs nothing (%#)', (page) => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/);
    expect(page).toContain('width=device-width');
    expect(page).not.toMatch(/<script|<img|<iframe|<link|@import|url\(|\son\w+=|\sstyle=/);
    expect(page).not.toContain('undefined');
    expect(page).not.toContain('[object');
    for (const [, id] of page.matchAll(/(?:for|aria-describedby)="(\w+)"/g)) {
      expect(page).toContain(`id="${id}"`);
    }
  });

  it('says one and the same for every token that is not ours', () => {
    expect(invalidPage('de')).toBe(invalidPage('en'));
    expect(expiredPage('en')).not.toBe(invalidPage('en'));
  });
});

describe('its headers', () => {
  const policy = claimPageHeaders['content-security-policy'] ?? '';

  it('allow the one style sheet of the page by its hash, and no other source', () => {
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(confirmPage(view)) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; ` +
        "form-action 'self'; frame-ancestors 'none'",
    );
  });

  it('keep the page out of caches, indexes and referrers', () => {
    expect(claimPageHeaders).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
    });
  });
});

describe('its colours', () => {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (dark: string, light: string) =>
    (luminance(light) + 0.05) / (luminance(dark) + 0.05);

  it.each([
    [accentColour, '#ffffff'],
    ['#4b5563', '#ffffff'],
    ['#1f2937', '#f3f4f6'],
    ['#111827', '#ffffff'],
  ])('%s on %s can be read', (dark, light) => {
    expect(contrast(dark, light)).toBeGreaterThan(4.5);
  });
});
