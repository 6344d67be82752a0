import type { Instant } from '../domain/time.ts';

/**
 * The number of a record after a write: one more than what was read. The first is the instant of
 * posting, so that a record which comes again after its removal has no number of the one before.
 */
export function nextRecordVersion(read: number | undefined, postedAt: Instant): number {
  return read === undefined ? postedAt : read + 1;
}
