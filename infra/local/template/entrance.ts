import * as z from 'zod';
import { unsupported } from '../failure.ts';
import { readProperties } from './properties.ts';
import type { ResolvedTemplate } from './scope.ts';

export interface JwtPlan {
  readonly issuer: string;
  readonly audience: readonly string[];
}

export interface RoutePlan {
  /** `GET /path/{name}`, `ANY /path`, or `$default`. */
  readonly routeKey: string;
  readonly functionId: string;
  readonly jwt: JwtPlan | undefined;
  /** A token needs one of them; none: any valid token. */
  readonly scopes: readonly string[];
}

export interface EntrancePlan {
  readonly apiId: string;
  readonly stageName: string;
  readonly routes: readonly RoutePlan[];
}

const apiProperties = z.looseObject({ ProtocolType: z.literal('HTTP') });
const stageProperties = z.looseObject({ StageName: z.string() });
const integrationProperties = z.looseObject({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  RequestParameters: z.undefined('mapped parameters are not served here.').optional(),
});
const authorizerProperties = z.looseObject({
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
  JwtConfiguration: z.strictObject({ Audience: z.array(z.string()), Issuer: z.string() }),
});
const routeProperties = z.looseObject({
  AuthorizationScopes: z.array(z.string()).default([]),
  AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
  AuthorizerId: z.string().optional(),
  RouteKey: z.string(),
  Target: z.string(),
});

/** The HTTP API, if the template has one. */
export function entranceOf(template: ResolvedTemplate): EntrancePlan | undefined {
  const [api, ...others] = template.ofType('AWS::ApiGatewayV2::Api');
  if (api === undefined) return undefined;
  if (others.length > 0) throw unsupported(api.logicalId, 'only one HTTP API is served here.');
  readProperties(api, apiProperties);
  const [stage] = template.ofType('AWS::ApiGatewayV2::Stage');
  if (stage === undefined) throw unsupported(api.logicalId, 'the API has no stage.');
  return {
    apiId: api.identity.ref,
    stageName: readProperties(stage, stageProperties).StageName,
    routes: routesOf(template),
  };
}

function routesOf(template: ResolvedTemplate): RoutePlan[] {
  const functions = new Map(
    template.ofType('AWS::ApiGatewayV2::Integration').map((integration) => {
      const { IntegrationUri } = readProperties(integration, integrationProperties);
      return [`integrations/${integration.identity.ref}`, IntegrationUri] as [string, string];
    }),
  );
  const authorizers = new Map(
    template.ofType('AWS::ApiGatewayV2::Authorizer').map((authorizer) => {
      const { JwtConfiguration } = readProperties(authorizer, authorizerProperties);
      const { Issuer: issuer, Audience: audience } = JwtConfiguration;
      return [authorizer.identity.ref, { issuer, audience }] as const;
    }),
  );
  return template.ofType('AWS::ApiGatewayV2::Route').map((route) => {
    const read = readProperties(route, routeProperties);
    const functionId = functions.get(read.Target);
    const jwt = authorizers.get(read.AuthorizerId ?? '');
    const isOpen = read.AuthorizationType === 'NONE';
    if (functionId === undefined || (jwt === undefined && !isOpen)) {
      throw unsupported(route.logicalId, 'its integration or its authorizer is not there.');
    }
    return {
      routeKey: read.RouteKey,
      functionId,
      jwt: isOpen ? undefined : jwt,
      scopes: read.AuthorizationScopes,
    };
  });
}
