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
  /** Scopes that may call it; a route without asks for no token. */
  readonly scopes?: readonly Scope[];
  /** Why it asks for no token. */
  readonly publicBecause?: string;
}

const program = '/v1/programs/{program}';
const members = `${program}/members`;
const member = `${members}/{member}`;
const redemption = `${member}/redemptions/{redemption}`;

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
    { method: 'GET', path: redemption, scopes: everybody },
  ]),
  ...routesOf('redemption-api', [
    { method: 'POST', path: `${redemption}/cancel`, scopes: everybody },
    { method: 'POST', path: `${redemption}/resend`, scopes: everybody },
    { method: 'POST', path: `${redemption}/payment`, scopes: ['integrator'] },
    { method: 'POST', path: `${redemption}/review`, scopes: ['staff'] },
    { method: 'POST', path: `${member}/choices`, scopes: forProgram },
    { method: 'POST', path: `${member}/statement-links`, scopes: everybody },
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
  {
    ...{ method: 'GET', path: '/openapi.json', function: 'open-api' },
    publicBecause: 'It describes the API and holds nothing of anybody.',
  },
  {
    ...{ method: 'POST', path: '/webhooks/{provider}', function: 'receive-webhook' },
    publicBecause: 'Providers hold no member token; the function checks their signature.',
  },
  ...(['GET', 'POST'] as const).flatMap((method): ApiRoute[] => [
    {
      ...{ method, path: '/claim/{token}', function: 'claim-page' },
      publicBecause: 'The signed, expiring token in the path of the mailed link is the proof.',
    },
    {
      ...{ method, path: '/choose/{token}', function: 'choose-page' },
      publicBecause:
        'The signed, expiring token in the path of the link that was sent is the proof.',
    },
  ]),
  {
    ...{ method: 'GET', path: '/statement/{token}', function: 'statement-page' },
    publicBecause: 'The signed token in the path is the proof; it lives for some minutes.',
  },
  ...(['GET', 'POST'] as const).map(
    (method): ApiRoute => ({
      ...{ method, path: '/unsubscribe/{token}', function: 'statement-page' },
      publicBecause: 'The signed token in the path of the mailed link is the proof.',
    }),
  ),
];
