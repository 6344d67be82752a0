import * as z from 'zod/mini';

/**
 * Names of errors that say that this key, these rights, or this table are not the right ones: time
 * does not help. What DynamoDB and KMS (API reference, Decrypt) throw, and the sealer's own.
 */
const refusals = new Set([
  'AccessDeniedException',
  'DisabledException',
  'IncorrectKeyException',
  'InvalidCiphertextException',
  'InvalidKeyUsageException',
  'KMSInvalidStateException',
  'NotFoundException',
  'ResourceNotFoundException',
  'SealBrokenError',
]);

const named = z.object({ name: z.string() });

export function isRefusedAccess(error: unknown): boolean {
  return refusals.has(z.safeParse(named, error).data?.name ?? '');
}
