import { ProviderUnavailableError } from '../../ports/provider-unavailable.ts';

type Reply<Body> =
  | { readonly kind: 'answer'; readonly body: Body }
  | { readonly kind: 'error' | 'unreadable' | 'notSent' | 'lost' | 'noToken' };

/** What a reading call gave. Throws `ProviderUnavailableError` where it gave nothing readable. */
export function answerOf<Body>(provider: string, reply: Reply<Body>): Body {
  if (reply.kind !== 'answer') throw new ProviderUnavailableError(provider);
  return reply.body;
}
