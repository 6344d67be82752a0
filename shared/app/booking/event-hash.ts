import type { EventReference } from '../../domain/earning/event.ts';
import type { Digest } from '../../ports/runtime.ts';

/**
 * The entry's key: neither date nor member is in it, so that a changed event is a conflict at once.
 */
export function eventHash(digest: Digest, { source, id }: EventReference): string {
  return digest.sha256Short(JSON.stringify([source, id]));
}
