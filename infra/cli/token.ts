import { signLocalToken } from '../local/signing-key.ts';
import { selectRegions } from '../regions.ts';

const hourSeconds = 3600;

/**
 * What the HTTP API reads from a token: `member` acts for itself, `integrator` and `staff` for
 * every member.
 */
export type TokenScope = 'member' | 'integrator' | 'staff';

interface TokenRequest {
  readonly program: string;
  readonly subject: string;
  readonly scope: TokenScope;
  readonly lifetimeHours?: number;
}

/** A JWT that the local HTTP API accepts, and no other stage. */
export function localToken({
  program,
  subject,
  scope,
  lifetimeHours = 8,
}: TokenRequest): Promise<string> {
  const [row] = selectRegions('local');
  const audience = row?.jwt.audience[0];
  if (row === undefined || audience === undefined)
    throw new Error('The local row has no audience.');
  const { issuer } = row.jwt;
  const lifetimeSeconds = Math.round(lifetimeHours * hourSeconds);
  return signLocalToken({ issuer, audience, subject, scope, claims: { program }, lifetimeSeconds });
}

/** The token with which a redeem file is fed: it may redeem for every member of the program. */
export function integratorToken(program: string): Promise<string> {
  return localToken({ program, subject: 'redeem-file', scope: 'integrator' });
}
