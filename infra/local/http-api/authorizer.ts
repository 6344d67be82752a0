import type { KeyObject } from 'node:crypto';
import { type JWTPayload, jwtVerify } from 'jose';
import type { RoutePlan } from '../template/entrance.ts';

export interface Authorized {
  /** As functions see them: every value as text. */
  readonly claims: Readonly<Record<string, string>>;
  /** Scopes that the route asks for and the token has; null where the route asks for none. */
  readonly scopes: readonly string[] | null;
}

export type Authorization =
  | { readonly kind: 'open' }
  | { readonly kind: 'authorized'; readonly authorized: Authorized }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'forbidden' };

/**
 * Decides as API Gateway's JWT authorizer does: signature, issuer, audience, times, then scopes:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 * The key is the local one whatever the issuer: nobody is asked for its keys here.
 */
export async function authorize(
  { jwt, scopes }: RoutePlan,
  header: string | undefined,
  publicKey: KeyObject,
): Promise<Authorization> {
  if (jwt === undefined) return { kind: 'open' };
  const payload = await verified(tokenOf(header), publicKey, jwt.issuer);
  const audiences = [payload?.aud ?? payload?.client_id].flat();
  if (payload === undefined || !audiences.some((it) => jwt.audience.includes(String(it)))) {
    return { kind: 'unauthorized' };
  }
  const granted = scopesOf(payload).filter((scope) => scopes.includes(scope));
  if (scopes.length > 0 && granted.length === 0) return { kind: 'forbidden' };
  const claims = Object.entries(payload).map(([name, value]) => [name, claimText(value)]);
  return {
    kind: 'authorized',
    authorized: {
      claims: Object.fromEntries(claims),
      scopes: scopes.length > 0 ? granted : null,
    },
  };
}

async function verified(
  token: string,
  publicKey: KeyObject,
  issuer: string,
): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, publicKey, {
      issuer,
      algorithms: ['RS256'],
      requiredClaims: ['exp'],
    });
    return payload;
  } catch {
    return undefined;
  }
}

function tokenOf(header: string | undefined): string {
  return (header ?? '').replace(/^Bearer\s+/i, '');
}

function scopesOf({ scope, scp }: JWTPayload): string[] {
  const value = scope ?? scp;
  return Array.isArray(value) ? value.map(String) : String(value ?? '').split(' ');
}

/** Lists look like `[a b]` to a function. */
function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
