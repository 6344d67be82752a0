const hexPattern = /^[0-9a-f]{64}$/;
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export interface RedemptionIdentity {
  readonly program: string;
  /** Whose keys these are: a member, or an integrator that redeems for many. */
  readonly caller: string;
  readonly idempotencyKey: string;
}

/** The text whose SHA-256 names the redemption: JSON, so that no separator can be forged. */
export function redemptionSeed({ program, caller, idempotencyKey }: RedemptionIdentity): string {
  return JSON.stringify([program, caller, idempotencyKey]);
}

/** As `redemptionSeed`, for the id of a quote. */
export function quoteSeed({ program, caller, idempotencyKey }: RedemptionIdentity): string {
  return JSON.stringify(['quote', program, caller, idempotencyKey]);
}

/**
 * A version 8 UUID (RFC 9562, 5.8) from a SHA-256 in hex; its last byte is left zero for the
 * attempt.
 */
export function redemptionId(sha256Hex: string): string {
  if (!hexPattern.test(sha256Hex)) throw new TypeError('A redemption id is made from a SHA-256.');
  const hex = sha256Hex.slice(0, 30);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0b0011) | 0b1000).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    `${hex.slice(20, 30)}00`,
  ].join('-');
}

/** Our reference at the provider: the redemption with the attempt (1-255) as its last byte. */
export function attemptReference(redemption: string, attempt: number): string {
  if (attempt < 1 || attempt > 255) throw new RangeError('An attempt is numbered from 1 to 255.');
  return redemption.slice(0, -2) + attempt.toString(16).padStart(2, '0');
}

/** Finds redemption and attempt in a reference, or `undefined` when it is not one of ours. */
export function parseReference(
  reference: string,
): { readonly redemption: string; readonly attempt: number } | undefined {
  if (!uuidPattern.test(reference)) return undefined;
  const attempt = Number.parseInt(reference.slice(-2), 16);
  return attempt === 0 ? undefined : { redemption: `${reference.slice(0, -2)}00`, attempt };
}

export function isRedemptionId(text: string): boolean {
  return uuidPattern.test(text) && text.endsWith('00');
}
