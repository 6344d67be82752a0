import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  type HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { RegionRow } from '../regions.ts';
import { addImpactAlarm } from './impact-alarm.ts';
import type { ServiceFunction } from './service-function.ts';

export interface Route {
  path: string;
  methods: HttpMethod[];
  target: ServiceFunction;
  /** Why no member token is asked for; a route without this asks for one. */
  publicBecause?: string;
}

/** Neither path nor address: a claim path holds the token, and an address is personal. */
const accessLogLine = JSON.stringify({
  requestId: '$context.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
});

/** The HTTP API. Its address exists before its routes do, so that functions may be told of it. */
export class HttpEntrance extends Construct {
  readonly api: HttpApi;
  private readonly authorizer: HttpJwtAuthorizer;

  constructor(scope: Construct, id: string, row: RegionRow, alarmTarget: IAlarmAction) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      description: `guerdon ${row.name}`,
      createDefaultStage: false,
    });
    this.authorizer = new HttpJwtAuthorizer('members', row.jwt.issuer, {
      jwtAudience: row.jwt.audience,
    });
    const logGroup = new LogGroup(this, 'AccessLog', {
      retention: row.limits.logRetentionDays,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: {
        rateLimit: row.limits.apiRequestsPerSecond,
        burstLimit: row.limits.apiBurstRequests,
      },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(accessLogLine),
      },
    });
    addImpactAlarm(this, 'ServerErrors', {
      metric: this.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 5,
      impact: 'members see an error instead of their balance, redemption or reward.',
      action: 'read the access log for the route that answers 5xx, then the log of its function.',
      target: alarmTarget,
    });
  }

  /** Adds the routes; all but the public ones ask for a member's token. */
  serve(routes: Route[]): void {
    const integrations = new Map<ServiceFunction, HttpLambdaIntegration>();
    for (const { path, methods, target, publicBecause } of routes) {
      // One for each function, and one permission with it: a stack holds 500 resources.
      const integration =
        integrations.get(target) ??
        new HttpLambdaIntegration(target.node.id, target.lambda, { scopePermissionToRoute: false });
      integrations.set(target, integration);
      const added = this.api.addRoutes({
        ...{ path, methods, integration },
        ...(publicBecause ? {} : { authorizer: this.authorizer }),
      });
      if (!publicBecause) continue;
      for (const route of added) {
        Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: publicBecause });
      }
    }
  }
}
