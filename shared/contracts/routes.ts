/** Who a token speaks for: a member, an integrator of the program, or the program's own people. */
export type Scope = 'member' | 'integrator' | 'staff';

export type RouteFunction =
  | 'member-api'
  | 'redeem-api'
  | 'redemption-api'
  | 'enrol-api'
  | 'intake-api'
  | 'open-api'
  | 'receive-webhook'
  | 'claim-page'
  | 'choose-page'
  | 'statement-page';

/** One route of the HTTP API: the stack, the handlers and the OpenAPI file all read it here. */
export interface ApiRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** The Lambda function behind it. */
  readonly function: RouteFunction;
  /** Scopes that may call it; a route without asks for no token: see `publicReasons`. */
  readonly scopes?: readonly Scope[];
}

const program = '/v1/programs/{program}';
const members = `${program}/members`;
const member = `${members}/{member}`;
const redemption = `${member}/redemptions/{redemption}`;
const payoutChoice = `${member}/payout-choice`;

const everybody = ['member', 'integrator', 'staff'] as const;
const forProgram = ['integrator', 'staff'] as const;

type Told = Pick<ApiRoute, 'method' | 'path' | 'scopes'>;

function routesOf(name: RouteFunction, routes: readonly Told[]): ApiRoute[] {
  return routes.map((route) => ({ ...route, function: name }));
}

export const apiRoutes: readonly ApiRoute[] = [
  ...routesOf('member-api', [
    { method: 'GET', path: member, scopes: everybody },
    { method: 'GET', path: `${member}/balance`, scopes: everybody },
    { method: 'GET', path: `${member}/statement`, scopes: everybody },
    { method: 'GET', path: `${member}/history`, scopes: everybody },
    { method: 'GET', path: `${member}/tier`, scopes: everybody },
    { method: 'GET', path: `${member}/preferences`, scopes: everybody },
  ]),
  ...routesOf('redeem-api', [
    { method: 'GET', path: `${member}/catalogue`, scopes: everybody },
    { method: 'POST', path: `${member}/quotes`, scopes: everybody },
    { method: 'GET', path: `${member}/quotes/{quote}`, scopes: everybody },
    { method: 'POST', path: `${member}/redemptions`, scopes: everybody },
  ]),
  ...routesOf('redemption-api', [
    { method: 'GET', path: redemption, scopes: everybody },
    { method: 'POST', path: `${redemption}/cancel`, scopes: everybody },
    { method: 'POST', path: `${redemption}/resend`, scopes: everybody },
    { method: 'POST', path: `${redemption}/payment`, scopes: ['integrator'] },
    { method: 'POST', path: `${redemption}/review`, scopes: ['staff'] },
    { method: 'POST', path: `${member}/choices`, scopes: forProgram },
    { method: 'POST', path: `${member}/statement-links`, scopes: everybody },
    { method: 'GET', path: payoutChoice, scopes: everybody },
    { method: 'PUT', path: payoutChoice, scopes: everybody },
    { method: 'DELETE', path: payoutChoice, scopes: everybody },
  ]),
  ...routesOf('enrol-api', [
    { method: 'POST', path: members, scopes: forProgram },
    { method: 'PUT', path: `${member}/preferences`, scopes: everybody },
  ]),
  ...routesOf('intake-api', [
    { method: 'POST', path: `${program}/events`, scopes: forProgram },
    { method: 'GET', path: `${program}/webhooks`, scopes: forProgram },
    { method: 'POST', path: `${program}/webhooks`, scopes: forProgram },
    { method: 'DELETE', path: `${program}/webhooks/{webhook}`, scopes: forProgram },
    { method: 'POST', path: `${program}/webhooks/{webhook}/replay`, scopes: forProgram },
  ]),
  { method: 'GET', path: '/openapi.json', function: 'open-api' },
  { method: 'POST', path: '/webhooks/{provider}', function: 'receive-webhook' },
  ...routesOf('claim-page', [
    { method: 'GET', path: '/claim/{token}' },
    { method: 'POST', path: '/claim/{token}' },
  ]),
  ...routesOf('choose-page', [
    { method: 'GET', path: '/choose/{token}' },
    { method: 'POST', path: '/choose/{token}' },
  ]),
  ...routesOf('statement-page', [
    { method: 'GET', path: '/statement/{token}' },
    { method: 'GET', path: '/unsubscribe/{token}' },
    { method: 'POST', path: '/unsubscribe/{token}' },
  ]),
];

/** Why a path asks for no token; the stack opens no other. */
export const publicReasons: Readonly<Record<string, string>> = {
  '/openapi.json': 'It describes the API and holds nothing of anybody.',
  '/webhooks/{provider}': 'Providers hold no member token; the function checks their signature.',
  '/claim/{token}': 'The signed, expiring token in the path of the mailed link is the proof.',
  '/choose/{token}':
    'The signed, expiring token in the path of the link that was sent is the proof.',
  '/statement/{token}': 'The signed token in the path is the proof; it lives for some minutes.',
  '/unsubscribe/{token}': 'The signed token in the path of the mailed link is the proof.',
};
