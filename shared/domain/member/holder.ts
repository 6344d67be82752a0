import type { CustomerEvent, EventSubject } from '../earning/event.ts';
import type { Program } from '../program/schema.ts';
import type { Refusal } from '../refusal.ts';
import type { Result } from '../result.ts';
import type { MemberSnapshot } from './snapshot.ts';
import { missingField, ownerOf } from './wallet.ts';

interface HeldEvent {
  readonly program: Program;
  readonly event: CustomerEvent;
  readonly subject: EventSubject;
  /** The event's own member. */
  readonly person: MemberSnapshot;
}

/** Whether a program's events may earn for somebody else than their member. */
export function hasCompanyWallet({ members }: Program): boolean {
  return Object.values(members.wallets ?? {}).some(({ owner }) => owner === 'company');
}

/**
 * Whose points and figures an event is about: the company, where the event brings all that a
 * company's wallet asks for; else its member. Refusals as of `ownerOf`.
 */
export function holderOf({ program, event, subject, person }: HeldEvent): Result<string, Refusal> {
  const wallet = Object.values(program.members.wallets ?? {}).find(
    (one) => one.owner === 'company' && missingField(one, subject) === undefined,
  );
  const unit = wallet?.units[0] ?? '';
  return ownerOf({ program, unit, event, person });
}
