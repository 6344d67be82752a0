import { type Html, html, safeLink } from '../../../shared/adapters/pages/html.ts';
import type { WireHandler, WireResponse } from '../stand-ins/wire.ts';
import type { Mail, Mailbox } from './mailbox.ts';

const newestMails = 200;
const loopbackHost = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;
padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .8rem .4rem 0;
border-bottom:1px solid #ccc}iframe{width:100%;height:30rem;border:1px solid #ccc}
pre{white-space:pre-wrap}pre,li,td,p{overflow-wrap:anywhere}
@media (max-width:40rem){body{margin:1rem auto}thead{display:none}
table,tbody,tr,td{display:block}tr{border-bottom:1px solid #ccc;padding:.6rem 0}
td{border:0;padding:.1rem 0}td:not(:last-child){font-size:.875rem;color:#4a535c}}`;

/** The pages themselves run nothing and load nothing but the framed mail. */
const pagePolicy = [
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'",
  "base-uri 'none'; form-action 'none'",
].join('; ');
/** A mail runs nothing and loads nothing from outside; its links open a window of their own. */
const mailPolicy = `sandbox allow-popups allow-popups-to-escape-sandbox; ${[
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'",
]}`;

/**
 * The local mail page: a list of what was sent, each mail with its links, and `/mails.json` for
 * scripts. Other hosts' names are refused, so that no web page reads it through a name of its own.
 */
export function mailPage(mailbox: Mailbox): WireHandler {
  return ({ method, path, headers }) => {
    if (!loopbackHost.test(headers.host ?? '')) return plain(403, 'Forbidden');
    if (method !== 'GET' && method !== 'HEAD') return plain(405, 'Method Not Allowed');
    const [first, id, part] = path.split('?')[0]?.split('/').slice(1) ?? [];
    if (first === '') return page('Mails', listOf(mailbox.list()));
    if (first === 'mails.json') return json(mailbox.list());
    const mail = first === 'mails' ? mailbox.get(id ?? '') : undefined;
    if (mail === undefined) return plain(404, 'Not Found');
    return part === 'html' ? framed(mail) : page(mail.subject, viewOf(mail));
  };
}

function listOf(mails: readonly Mail[]): Html {
  if (mails.length === 0) return html`<p>No mail has been sent yet.</p>`;
  const rows = mails.slice(0, newestMails).map(
    ({ id, sentAt, to, subject }) =>
      html`<tr><td>${sentAt}</td><td>${to.join(', ')}</td>
<td><a href="/mails/${id}">${subject}</a></td></tr>`,
  );
  return html`<p>${String(mails.length)} sent.</p>
<table><thead><tr><th scope="col">Sent</th><th scope="col">To</th><th scope="col">Subject</th></tr>
</thead><tbody>${joined(rows)}</tbody></table>`;
}

function viewOf(mail: Mail): Html {
  const links = linksIn(mail.text).map((link) => html`<li><a href="${link}">${link}</a></li>`);
  return html`<p><a href="/">All mails</a></p>
<p>From ${mail.from}<br>To ${mail.to.join(', ')}<br>Sent ${mail.sentAt}</p>
<h2>Links</h2><ul>${joined(links)}</ul>
<h2>As text</h2><pre>${mail.text}</pre>
<h2>As HTML</h2>
<iframe title="The mail" sandbox="allow-popups allow-popups-to-escape-sandbox"
src="/mails/${mail.id}/html"></iframe>`;
}

function linksIn(text: string): string[] {
  const found = [...text.matchAll(/https?:\/\/[^\s<>"]+/g)].map(([link]) => safeLink(link));
  return [...new Set(found.filter((link) => link !== undefined))];
}

function joined(parts: readonly Html[]): Html {
  return parts.reduce((before, part) => html`${before}${part}`, html``);
}

function page(title: string, body: Html): WireResponse {
  const { markup } = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<style>${style}</style></head><body><h1>${title}</h1>
${body}</body></html>`;
  return response(200, markup, { 'content-security-policy': pagePolicy });
}

function framed(mail: Mail): WireResponse {
  const markup = `<base target="_blank">${mail.html}`;
  return response(200, markup, { 'content-security-policy': mailPolicy });
}

function json(value: unknown): WireResponse {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return response(200, JSON.stringify(value), headers);
}

function plain(status: number, body: string): WireResponse {
  return response(status, body, { 'content-type': 'text/plain; charset=utf-8' });
}

function response(status: number, body: string, headers: Record<string, string>): WireResponse {
  return {
    status,
    body,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
  };
}
