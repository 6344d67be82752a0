import { Html, html } from '../../../shared/adapters/pages/html.ts';
import type { WireResponse } from '../../local/stand-ins/wire.ts';
import type { Place } from './shop-api.ts';

/** The pages run nothing and load nothing; their forms go to themselves. */
const policy = [
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
  "base-uri 'none'; frame-ancestors 'none'",
].join('; ');

const style = `:root{color-scheme:light}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1b1f24;background:#f5f6f4}
header{background:#14532d;color:#fff;padding:.75rem 1rem}
header a{color:#fff;font-weight:600;text-decoration:none;margin-inline-end:1rem}
header a:hover{text-decoration:underline}
main{max-width:60rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;margin:.5rem 0 1rem}h2{font-size:1.15rem;margin:1.75rem 0 .5rem}
h3{font-size:1rem;margin:0}
a{color:#14532d}p{margin:.5rem 0}
.quiet{color:#4a535c}.small{font-size:.875rem}
.cards{list-style:none;margin:0;padding:0;display:grid;gap:1rem;
grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr))}
.card{background:#fff;border:1px solid #d5dad3;border-radius:.5rem;padding:1rem;
display:flex;flex-direction:column;gap:.35rem}
.card form{margin-top:auto}
form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end}
label{display:block;font-size:.875rem;color:#39414a}
input,select,button{font:inherit;min-height:2.5rem;border-radius:.375rem}
input,select{display:block;border:1px solid #77818b;padding:.25rem .5rem;background:#fff;
max-width:100%}
input[name=amount],input[name=points]{width:8rem}input[type=email]{width:20rem}
button{border:1px solid #14532d;background:#14532d;color:#fff;padding:.25rem 1rem;cursor:pointer}
button.plain{background:#fff;color:#14532d}
a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible{
outline:3px solid #b45309;outline-offset:2px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0}
dt{color:#4a535c}dd{margin:0;overflow-wrap:anywhere}
.box{background:#fff;border:1px solid #d5dad3;border-radius:.5rem;padding:1rem;margin:1rem 0}
.refused{border-inline-start:.4rem solid #b45309}
ol.steps{margin:.5rem 0;padding-inline-start:1.25rem}
ul.asked{padding-inline-start:1.25rem}ul.asked li{margin:.35rem 0}
table{border-collapse:collapse;width:100%}
th,td{text-align:start;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #d5dad3}
@media (max-width:30rem){dl{grid-template-columns:1fr}dt{margin-top:.35rem}}`;

export interface PageSettings {
  readonly status?: number;
  readonly mailUrl: string;
  /** Where something is still going on: the page is asked for again by itself. */
  readonly refreshes?: boolean;
}

const refreshSeconds = 3;

export function page(title: string, body: Html, settings: PageSettings): WireResponse {
  const { status = 200, mailUrl, refreshes = false } = settings;
  const again = html`<meta http-equiv="refresh" content="${String(refreshSeconds)}">`;
  const { markup } = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title} – Shop front</title>
<meta name="viewport" content="width=device-width,initial-scale=1">${refreshes ? again : html``}
<style>${new Html(style)}</style></head><body>
<header><nav aria-label="Shop front"><a href="/">Members</a>
<a href="${mailUrl}">Mail</a></nav></header>
<main><h1>${title}</h1>
${body}</main></body></html>`;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'cache-control': 'no-store',
    // A form of another site tells where it is from; with `no-referrer` our own would not.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
  return { status, headers, body: markup };
}

export function plain(status: number, body: string): WireResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

/** So that reloading the next page sends nothing again. */
export function seeOther(location: string): WireResponse {
  return { status: 303, headers: { location, 'cache-control': 'no-store' } };
}

export function joined(parts: readonly Html[]): Html {
  return parts.reduce((before, part) => html`${before}${part}`, html``);
}

/** What a form sends beside what somebody types. */
export function hidden(fields: Readonly<Record<string, string>>): Html {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return joined(inputs);
}

export function memberPath(member: string, rest = ''): string {
  return `/members/${encodeURIComponent(member)}${rest}`;
}

export function cataloguePath(member: string, place: Place): string {
  return memberPath(member, `?${new URLSearchParams({ ...place })}`);
}

export function redemptionsPath(member: string, place: Place): string {
  return memberPath(member, `/redemptions?${new URLSearchParams({ ...place })}`);
}

export function redemptionPath(member: string, redemption: string, place: Place): string {
  const query = new URLSearchParams({ ...place });
  return memberPath(member, `/redemptions/${encodeURIComponent(redemption)}?${query}`);
}
