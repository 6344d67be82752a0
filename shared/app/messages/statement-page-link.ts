import type { Secret } from '../../domain/secret.ts';
import { addMs, type Instant } from '../../domain/time.ts';
import type { PageTokens } from '../../ports/page-tokens.ts';
import type { Clock } from '../../ports/runtime.ts';

const lifeMs = 15 * 60_000;

/**
 * A link to a member's statement page, for a quarter of an hour. Whoever asks has shown already
 * that they may see it.
 */
export async function issueStatementLink(
  settings: { readonly clock: Clock; readonly pageTokens: PageTokens; readonly pagesUrl: string },
  { program, member }: { readonly program: string; readonly member: string },
): Promise<{ readonly link: Secret; readonly expiresAt: Instant }> {
  const { clock, pageTokens, pagesUrl } = settings;
  const expiresAt = addMs(clock.now(), lifeMs);
  const token = await pageTokens.issue({
    purpose: 'statement',
    subject: [program, member],
    expiresAtEpochSeconds: Math.floor(expiresAt / 1000),
  });
  return { link: token.within(`${pagesUrl}/statement/`), expiresAt };
}
