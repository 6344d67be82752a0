import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { invariant } from '../../../domain/result.ts';
import type { Fetch } from '../http.ts';

const shortestModulus = 2_048;

/** Throws `InvariantError`, which quotes nothing, for what is no private RSA key in PEM. */
export function signingKeyOf(pem: string): KeyObject {
  const key = parsedKey(pem);
  const isRsa = key?.asymmetricKeyType === 'rsa';
  invariant(isRsa, 'The Wise signing key is not a private RSA key in PEM.');
  const modulusLength = key.asymmetricKeyDetails?.modulusLength ?? 0;
  invariant(modulusLength >= shortestModulus, 'The Wise signing key is shorter than 2048 bits.');
  return key;
}

function parsedKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

/** What stands for an answer that asks for an approval that we cannot give: see `unapproved`. */
export const approvalWanted = 'approval_wanted';

/**
 * Calls as `fetch` does. Where Wise wants strong authentication (docs.wise.com, "One time token"),
 * it does nothing and answers 403 with a token: that is signed, and the call made once more. Both
 * share the time-out of one call. Without a key, or where Wise wants another, it is a no.
 */
export function approvingFetch(fetch: Fetch | undefined, key: KeyObject | undefined): Fetch {
  return async (input, init) => {
    const send = fetch ?? globalThis.fetch;
    const first = await send(input, init);
    const token = tokenIn(first);
    if (token === undefined) return first;
    await first.body?.cancel();
    if (key === undefined) return unapproved();
    const headers = new Headers(init?.headers);
    headers.set('x-2fa-approval', token);
    headers.set('x-signature', sign('RSA-SHA256', Buffer.from(token), key).toString('base64'));
    const second = await send(input, { ...init, headers });
    if (tokenIn(second) === undefined) return second;
    await second.body?.cancel();
    return unapproved();
  };
}

const tokenPattern = /^[\x21-\x7e]{1,200}$/;

/** To be signed; `undefined` where no approval is asked for. */
function tokenIn({ status, headers }: Response): string | undefined {
  if (status !== 403 || headers.get('x-2fa-approval-result') === 'APPROVED') return undefined;
  const token = headers.get('x-2fa-approval') ?? '';
  return tokenPattern.test(token) ? token : undefined;
}

/** In the form of Wise's errors, so that it is told from a token that may do too little. */
function unapproved(): Response {
  return new Response(JSON.stringify({ error: approvalWanted }), { status: 403 });
}
