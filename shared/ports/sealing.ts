import type { Secret } from '../domain/secret.ts';

/**
 * Where a sealed text belongs; it opens nowhere else (additional data program|redemption|field).
 */
export interface SealContext {
  readonly program: string;
  /**
   * The redemption; of a contact and a payee their member, a voucher its pool, a webhook its
   * subscription, a bank transfer its reference.
   */
  readonly redemption: string;
  readonly field:
    | ('email' | 'reward' | 'address' | 'contact' | 'payee')
    | ('webhook' | 'voucher' | 'voucherKey' | 'transfer');
}

/** Envelope encryption: AES-256-GCM under a KMS data key that is cached per program. */
export interface Sealer {
  seal(context: SealContext, value: Secret): Promise<string>;
  /** Throws when the text was tampered with or moved to another row. */
  open(context: SealContext, sealed: string): Promise<Secret>;
}

/** Claim tokens: signed, with an expiry inside, and nothing stored. */
export interface ClaimTokens {
  issue(claim: {
    readonly redemption: string;
    readonly expiresAtEpochSeconds: number;
  }): Promise<Secret>;
  /** `undefined` for any token that is not ours; the caller judges the expiry. */
  read(
    token: string,
  ): Promise<{ readonly redemption: string; readonly expiresAtEpochSeconds: number } | undefined>;
}
