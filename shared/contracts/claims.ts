import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1), z.maxLength(128));

/**
 * The claims of a JWT that the API relies on; the authorizer has checked signature, issuer and
 * life.
 */
export const callerClaimsSchema = z.object({
  sub: text,
  scope: z.enum(['member', 'integrator', 'staff']),
  program: text,
  /** Who speaks for the company that `sub` names; they may do what their role allows. */
  participant: z.optional(text),
});
