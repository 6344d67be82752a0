import { describe, expect, it } from 'vitest';
import { regions } from '../../infra/regions.ts';
import { apiRoutes, publicReasons } from '../../shared/contracts/routes.ts';
import { RowTemplate, referencesIn } from './synthesized.ts';

const [production] = regions;
if (!production) throw new Error('rows are missing');
const template = new RowTemplate(production);

const routes = [...template.all('AWS::ApiGatewayV2::Route').values()].map(({ Properties }) => {
  const [integration] = referencesIn(Properties.Target);
  const uri = template.resource(integration ?? '').Properties.IntegrationUri;
  const [id] = referencesIn(uri);
  const target = [...template.functionIds()].find(([, functionId]) => functionId === id);
  return { key: String(Properties.RouteKey), Properties, target: target?.[0] };
});

describe('the HTTP API', () => {
  it('has the routes of the table, each with the function that it names', () => {
    const told = apiRoutes.map((route) => [`${route.method} ${route.path}`, route.function]);
    expect(Object.fromEntries(routes.map(({ key, target }) => [key, target]))).toEqual(
      Object.fromEntries(told),
    );
    expect(told).toHaveLength(routes.length);
  });

  it('leaves only these open to everybody', () => {
    const open = apiRoutes.filter(({ scopes }) => scopes === undefined);
    const paths = [...new Set(open.map(({ path }) => path))];
    expect(paths).toEqual(Object.keys(publicReasons));
    expect(paths).toEqual([
      ...['/openapi.json', '/webhooks/{provider}'],
      ...['/claim/{token}', '/choose/{token}', '/statement/{token}', '/unsubscribe/{token}'],
    ]);
  });

  it('asks for a token on every route of members, and on no public one', () => {
    const [authorizer] = [...template.all('AWS::ApiGatewayV2::Authorizer').keys()];
    for (const { key, Properties } of routes) {
      const guarded = key.includes(' /v1/');
      expect(Properties.AuthorizationType, key).toBe(guarded ? 'JWT' : 'NONE');
      const used = referencesIn(Properties.AuthorizerId);
      expect(used, key).toEqual(guarded ? [authorizer] : []);
    }
  });

  it('trusts the issuer and audience of the region', () => {
    const [authorizer] = [...template.all('AWS::ApiGatewayV2::Authorizer').values()];
    expect(authorizer?.Properties).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: production.jwt.audience, Issuer: production.jwt.issuer },
    });
  });

  it('throttles', () => {
    const [stage] = [...template.all('AWS::ApiGatewayV2::Stage').values()];
    expect(stage?.Properties.DefaultRouteSettings).toEqual({
      ThrottlingRateLimit: production.limits.apiRequestsPerSecond,
      ThrottlingBurstLimit: production.limits.apiBurstRequests,
    });
  });

  it('logs neither path nor address, for a claim path holds the token', () => {
    const [stage] = [...template.all('AWS::ApiGatewayV2::Stage').values()];
    const format = JSON.stringify(stage?.Properties.AccessLogSettings);
    const variables = format.match(/\$context\.[\w.]+/g)?.toSorted();
    expect(variables).toEqual([
      '$context.requestId',
      '$context.responseLatency',
      '$context.routeKey',
      '$context.status',
    ]);
  });

  it('keeps every log for as long as the table says', () => {
    for (const { Properties } of template.all('AWS::Logs::LogGroup').values()) {
      expect(Properties.RetentionInDays).toBe(production.limits.logRetentionDays);
    }
  });

  it('may call its functions, and no other API may', () => {
    const [api] = [...template.all('AWS::ApiGatewayV2::Api').keys()];
    const permissions = [...template.all('AWS::Lambda::Permission').values()];
    expect(permissions).toHaveLength(new Set(routes.map(({ target }) => target)).size);
    for (const { Properties } of permissions) {
      expect(Properties.Principal).toBe('apigateway.amazonaws.com');
      expect(referencesIn(Properties.SourceArn)).toContain(api);
    }
  });
});
