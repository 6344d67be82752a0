import type { WireHandler, WireRequest, WireResponse } from '../../local/stand-ins/wire.ts';
import { ShopDesk, type ShopSettings, type Visit } from './shop-desk.ts';
import { placeIn } from './shop-forms.ts';
import { plain } from './shop-layout.ts';

const loopbackHost = /^(127\.0\.0\.1|localhost)(:\d+)?$/;
/** More than any form here holds. */
const maximumFormBytes = 16 * 1024;

type Answering = (desk: ShopDesk, visit: Visit) => Promise<WireResponse>;

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly answer: Answering;
}

const inMember = (rest: string) => new RegExp(`^/members/(?<member>[^/]+)${rest}$`);

const routes: readonly Route[] = [
  { method: 'GET', path: /^\/$/, answer: (desk) => desk.members() },
  { method: 'GET', path: inMember(''), answer: (desk, visit) => desk.catalogue(visit) },
  { method: 'POST', path: inMember('/quotes'), answer: (desk, visit) => desk.quote(visit) },
  {
    ...{ method: 'GET', path: inMember('/quotes/(?<id>[^/]+)') },
    answer: (desk, visit) => desk.showQuote(visit),
  },
  {
    ...{ method: 'GET', path: inMember('/redemptions') },
    answer: (desk, visit) => desk.redemptions(visit),
  },
  { method: 'POST', path: inMember('/redemptions'), answer: (desk, visit) => desk.redeem(visit) },
  {
    ...{ method: 'GET', path: inMember('/redemptions/(?<id>[^/]+)') },
    answer: (desk, visit) => desk.showRedemption(visit),
  },
  ...(['cancel', 'resend', 'payment'] as const).map(
    (act): Route => ({
      ...{ method: 'POST', path: inMember(`/redemptions/(?<id>[^/]+)/${act}`) },
      answer: (desk, visit) => desk.act(visit, act),
    }),
  ),
  {
    ...{ method: 'POST', path: inMember('/statement-links') },
    answer: (desk, visit) => desk.statementLink(visit),
  },
  { method: 'POST', path: inMember('/choices'), answer: (desk, visit) => desk.offerChoice(visit) },
];

/**
 * The shop front: what a merchant would build on the HTTP API, as plain pages. It acts as an
 * integrator, and its token never leaves this process. Other hosts' names are refused, and forms
 * of other pages, so that nothing else in the browser redeems here.
 */
export function shopFront(settings: ShopSettings): WireHandler {
  const desk = new ShopDesk(settings);
  return (request) => gate(request) ?? answer(desk, request, settings.languages[0] ?? 'en');
}

function gate({ method, headers, body }: WireRequest): WireResponse | undefined {
  const host = headers.host ?? '';
  if (!loopbackHost.test(host)) return plain(403, 'Forbidden');
  if (method === 'GET') return undefined;
  if (method !== 'POST') return plain(405, 'Method Not Allowed');
  if (headers.origin !== `http://${host}`) return plain(403, 'Forbidden');
  return body.length > maximumFormBytes ? plain(413, 'Content Too Large') : undefined;
}

async function answer(
  desk: ShopDesk,
  { method, path, body }: WireRequest,
  language: string,
): Promise<WireResponse> {
  const [pathname = '/', query = ''] = path.split('?');
  const fields = new URLSearchParams(method === 'POST' ? body.toString('utf8') : query);
  for (const route of routes) {
    const found = route.method === method ? route.path.exec(pathname) : null;
    if (found === null) continue;
    const { member = '', id = '' } = found.groups ?? {};
    const place = placeIn(fields, language);
    const visit = { member: decoded(member), id: decoded(id), place, fields };
    return route.answer(desk, visit);
  }
  return plain(404, 'Not Found');
}

/** A part that is no escaped text names nothing that there is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '-';
  }
}
