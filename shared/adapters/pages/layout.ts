import { createHash } from 'node:crypto';
import { Html, html } from './html.ts';

/** 7.3 to 1 on white: above the 4.5 that WCAG 2.2 asks of text. */
export const accentColour = '#1a4fba';

const style = `
*{box-sizing:border-box}
html{color-scheme:light}
body{margin:0;background:#f3f4f6;color:#1f2937;font:1.0625rem/1.5 system-ui,sans-serif}
main{max-width:30rem;margin:0 auto;padding:1.5rem 1rem 3rem}
article{background:#fff;border-top:.375rem solid ${accentColour};border-radius:.5rem;padding:1.5rem}
.brand{margin:0 0 1rem;font-weight:600;overflow-wrap:anywhere}
h1{margin:0 0 .75rem;font-size:1.5rem;line-height:1.25}
p{margin:0 0 1rem}
label{display:block;font-weight:600;margin-bottom:.25rem}
input{width:100%;padding:.75rem;border:1px solid #4b5563;border-radius:.375rem;background:#fff;
color:#111827;font:1.125rem/1.4 ui-monospace,monospace}
.hint{color:#4b5563;font-size:.9375rem}
.action{display:block;width:100%;min-height:3rem;margin:0 0 1rem;padding:.75rem 1rem;border:0;
border-radius:.375rem;background:${accentColour};color:#fff;
font:600 1.0625rem/1.4 system-ui,sans-serif;text-align:center;text-decoration:none;cursor:pointer}
:focus-visible{outline:.1875rem solid #111827;outline-offset:.1875rem}
`;

const styleElement = new Html(`<style>${style}</style>`);
const styleHash = createHash('sha256').update(style, 'utf8').digest('base64');

/** The page may run nothing, load nothing, stand in no frame and send its form to itself only. */
const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Go out with every claim page. The link is a token, so it must not leak as a referrer. */
export const claimPageHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': contentSecurityPolicy,
  'content-type': 'text/html; charset=utf-8',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
};

export interface Page {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly brand: string;
  readonly title: string;
  readonly body: Html;
}

/** One whole document without script and without anything from elsewhere. */
export function renderPage({ language, direction, brand, title, body }: Page): string {
  const page = html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<title>${title}${brand === '' ? '' : ` · ${brand}`}</title>
${styleElement}
</head>
<body>
<main>
${brand === '' ? '' : html`<p class="brand">${brand}</p>\n`}<article>
<h1>${title}</h1>
${body}
</article>
</main>
</body>
</html>
`;
  return page.markup;
}
