import type { Secret } from '../domain/secret.ts';

/** What a link is for; a token of one purpose is no token of another. */
export type PagePurpose = 'choose' | 'statement' | 'unsubscribe';

/** Tokens in links to pages: signed, with an expiry inside, and nothing stored. */
export interface PageTokens {
  /** `subject` names what the link is about; whoever holds the token can read it. */
  issue(link: {
    readonly purpose: PagePurpose;
    readonly subject: readonly string[];
    readonly expiresAtEpochSeconds: number;
  }): Promise<Secret>;
  /** `undefined` for any token that is not ours; the caller judges the expiry. */
  read(
    purpose: PagePurpose,
    token: string,
  ): Promise<
    { readonly subject: readonly string[]; readonly expiresAtEpochSeconds: number } | undefined
  >;
}
