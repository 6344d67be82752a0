import type { Instant } from '../time.ts';

/** What is known of a transfer: each fact once, by the line of the answer that told it. */
export interface TransferFacts {
  /** The file that it left in: the only one, for ever. */
  readonly file?: string;
  readonly cancelledAt?: Instant;
  /** The bank has checked it, and means to pay. */
  readonly isAccepted?: true;
  readonly rejected?: ToldFact;
  /** Money has left our account. */
  readonly bookedBy?: string;
  /** Money has come back. */
  readonly returned?: ToldFact;
}

export interface ToldFact {
  readonly by: string;
  /** One of `reasonOf`. */
  readonly reason: string;
}

export type TransferStanding =
  | ('waiting' | 'cancelled' | 'sent' | 'accepted')
  | ('rejected' | 'booked' | 'returned');

/** Money that has moved says more than what a bank has announced. */
export function standingOfTransfer(facts: TransferFacts): TransferStanding {
  const { bookedBy, cancelledAt, file, isAccepted, rejected, returned } = facts;
  if (returned !== undefined) return 'returned';
  if (bookedBy !== undefined) return 'booked';
  if (rejected !== undefined) return 'rejected';
  if (isAccepted) return 'accepted';
  if (file !== undefined) return 'sent';
  return cancelledAt === undefined ? 'waiting' : 'cancelled';
}

/** What a bank says of a transfer; `by` names the line, so that the same one again is no news. */
export type BankWord =
  | { readonly kind: 'accepted'; readonly by: string }
  | ({ readonly kind: 'rejected' } & ToldFact)
  | { readonly kind: 'booked'; readonly by: string }
  | ({ readonly kind: 'returned' } & ToldFact);

/** What does not go together with what was known before: a matter for a person. */
export type WordConflict =
  | 'BANK_NEVER_SENT'
  | 'BANK_REJECTED_AFTER_BOOKING'
  | 'BANK_BOOKED_TWICE'
  | 'BANK_RETURNED_TWICE';

export interface HeardWord {
  /** The same object where nothing is new. */
  readonly facts: TransferFacts;
  readonly conflict?: WordConflict;
}

/**
 * What is known once the bank has said this too. Answers may come in any order and more than once:
 * a word that was heard before changes nothing, and none takes back what money has done.
 */
export function hear(facts: TransferFacts, word: BankWord): HeardWord {
  if (facts.file === undefined) return { facts, conflict: 'BANK_NEVER_SENT' };
  const { by } = word;
  switch (word.kind) {
    case 'accepted':
      return { facts: facts.isAccepted ? facts : { ...facts, isAccepted: true } };
    case 'rejected': {
      if (facts.rejected !== undefined) return { facts };
      const next = { ...facts, rejected: { by, reason: word.reason } };
      const isLate = facts.bookedBy !== undefined && facts.returned === undefined;
      return { facts: next, ...(isLate && { conflict: 'BANK_REJECTED_AFTER_BOOKING' }) };
    }
    case 'booked':
      if (facts.bookedBy === undefined) return { facts: { ...facts, bookedBy: by } };
      return { facts, ...(facts.bookedBy !== by && { conflict: 'BANK_BOOKED_TWICE' }) };
    case 'returned': {
      const { returned } = facts;
      if (returned === undefined) {
        return { facts: { ...facts, returned: { by, reason: word.reason } } };
      }
      return { facts, ...(returned.by !== by && { conflict: 'BANK_RETURNED_TWICE' }) };
    }
  }
}
