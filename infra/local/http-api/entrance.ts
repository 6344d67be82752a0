import type { KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FunctionPool } from '../functions/function-pool.ts';
import type { WireHandler, WireRequest, WireResponse } from '../stand-ins/wire.ts';
import type { EntrancePlan } from '../template/entrance.ts';
import { authorize } from './authorizer.ts';
import { eventOf, messageResponse, responseOf } from './payload.ts';
import { type MatchedRoute, RouteTable } from './routes.ts';

export interface EntranceSettings {
  readonly plan: EntrancePlan;
  readonly publicKey: KeyObject;
  readonly functionOf: (functionId: string) => FunctionPool;
  readonly log: (line: string) => void;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const maximumRequestBytes = 10 * 1024 * 1024;
const integrationTimeoutMs = 30_000;

const unauthorized = messageResponse(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });

/** The HTTP API: routes, tokens, payloads. */
export function entrance(settings: EntranceSettings): WireHandler {
  const routes = new RouteTable(settings.plan.routes);
  const { stageName } = settings.plan;
  const basePath = stageName === '$default' ? '' : `/${stageName}`;
  return async (request) => {
    const path = request.path.split('?')[0] ?? '/';
    const matched = path.startsWith(`${basePath}/`)
      ? routes.find(request.method, path.slice(basePath.length))
      : undefined;
    if (matched === undefined) return messageResponse(404, 'Not Found');
    return answer(settings, request, matched);
  };
}

async function answer(
  { plan, publicKey, functionOf, log }: EntranceSettings,
  request: WireRequest,
  matched: MatchedRoute,
): Promise<WireResponse> {
  const decision = await authorize(matched.route, request.headers.authorization, publicKey);
  if (decision.kind === 'unauthorized') return unauthorized;
  if (decision.kind === 'forbidden') return messageResponse(403, 'Forbidden');
  const authorized = decision.kind === 'authorized' ? decision.authorized : undefined;
  const event = eventOf({ request, matched, authorized, ...plan });
  const pool = functionOf(matched.route.functionId);
  const late = new AbortController();
  try {
    return await Promise.race([
      pool.invoke(JSON.stringify(event)).then(responseOf),
      sleep(integrationTimeoutMs, messageResponse(503, 'Service Unavailable'), {
        signal: late.signal,
      }),
    ]);
  } catch (error) {
    log(`${pool.name} failed on ${matched.route.routeKey}: ${String(error)}`);
    return messageResponse(500, 'Internal Server Error');
  } finally {
    late.abort();
  }
}
