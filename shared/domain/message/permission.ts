import { type MessageKind, owedMessages, uncappedMessages } from '../program/schema/messages.ts';
import type { Program } from '../program/schema.ts';
import type { Instant } from '../time.ts';
import { type QuietHours, quietUntil } from './quiet-hours.ts';

/** What of a contact decides whether something is sent. */
export interface Preferences {
  readonly off: readonly MessageKind[];
  readonly quietHours?: QuietHours;
}

export type Permission =
  | { readonly kind: 'send'; readonly maximumPerDay?: number }
  | { readonly kind: 'wait'; readonly until: Instant }
  | { readonly kind: 'withhold'; readonly reason: 'program' | 'member' };

/**
 * Whether a message may be sent now. The program's word counts for all of them; what is owed to the
 * member is held back by nothing else.
 */
export function permissionFor(asked: {
  readonly kind: MessageKind;
  readonly program: Program;
  readonly preferences: Preferences | undefined;
  readonly now: Instant;
}): Permission {
  const { kind, now, preferences, program } = asked;
  const { off, quietHours, maximumPerDay } = program.notifications;
  if (off.includes(kind)) return { kind: 'withhold', reason: 'program' };
  if (owedMessages.has(kind)) return { kind: 'send' };
  if (preferences?.off.includes(kind)) return { kind: 'withhold', reason: 'member' };
  const quiet = preferences?.quietHours ?? quietHours;
  const until = quiet && quietUntil(now, program.timeZone, quiet);
  if (until !== undefined) return { kind: 'wait', until };
  return uncappedMessages.has(kind) ? { kind: 'send' } : { kind: 'send', maximumPerDay };
}
