import { createHash } from 'node:crypto';
import type { Face } from '../../domain/message/face.ts';
import type { Language } from '../../domain/message/language.ts';
import { directionOf } from '../texts/direction.ts';
import { pageTexts } from '../texts/page-texts.ts';
import { Html, html } from './html.ts';
import { localeOf } from './language.ts';
import { styleOf } from './style.ts';

export interface Page {
  readonly language: Language;
  /** Without it the page belongs to nobody: whoever has no valid link learns of no program. */
  readonly face?: Pick<Face, 'programName' | 'brand'>;
  readonly title: string;
  readonly body: Html;
  /** Runs where scripts do; the page is whole without it. */
  readonly script?: string;
  readonly isWide?: boolean;
}

export interface RenderedPage {
  readonly body: string;
  /** With its content type and policy. */
  readonly headers: Readonly<Record<string, string>>;
}

/** One whole document. Nothing comes from elsewhere but the logo of the brand. */
export function renderPage(page: Page): RenderedPage {
  const { language, title, body, script, isWide = false } = page;
  const { programName = '', brand } = page.face ?? {};
  const style = styleOf(brand?.colour);
  const { support } = brand ?? {};
  const document = html`<!doctype html>
<html lang="${localeOf(language)}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<title>${title}${programName === '' ? '' : ` · ${programName}`}</title>
${new Html(`<style>${style}</style>`)}
</head>
<body>
<main${new Html(isWide ? ' class="wide"' : '')}>
${programName === '' ? '' : brandLine(programName, brand?.logo)}<article>
<h1>${title}</h1>
${body}
</article>
${support === undefined ? '' : footer(pageTexts[language].support, support)}</main>
${script === undefined ? '' : new Html(`<script>${script}</script>`)}</body>
</html>
`;
  return { body: document.markup, headers: headersFor({ style, script, logo: brand?.logo }) };
}

function brandLine(programName: string, logo: string | undefined): Html {
  if (logo === undefined) return html`<p class="brand"><bdi>${programName}</bdi></p>\n`;
  return html`<p class="brand"><img src="${logo}" alt="${programName}"></p>\n`;
}

function footer(words: string, support: string): Html {
  return html`<footer><a href="${support}" rel="noopener noreferrer">${words}</a></footer>\n`;
}

/** The link to a page is a token, so it must not leak as a referrer, nor stay in a cache. */
function headersFor(allowed: {
  readonly style: string;
  readonly script: string | undefined;
  readonly logo: string | undefined;
}): RenderedPage['headers'] {
  const { style, script, logo } = allowed;
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    ...(logo === undefined ? [] : [`img-src ${sourceOf(logo)}`]),
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return {
    'cache-control': 'no-store',
    'content-security-policy': policy.join('; '),
    'content-type': 'text/html; charset=utf-8',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-robots-tag': 'noindex, nofollow',
  };
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/** An address as a source of a policy, whose own separators it may hold (CSP 3, 2.3.1). */
function sourceOf(address: string): string {
  const { origin, pathname } = new URL(address);
  return origin + pathname.replaceAll(';', '%3B').replaceAll(',', '%2C');
}
