import type { LocalDate } from '../domain/time.ts';

export interface SurveyReference {
  readonly program: string;
  readonly survey: string;
}

/** What was answered, under a name that says nothing, with the day and no time. */
export interface SurveyAnswer {
  readonly id: string;
  readonly day: LocalDate;
  /** JSON. */
  readonly answers: string;
}

/**
 * Who takes part, and what is answered: two places that share no key and no time. Tickets and
 * receipts stand as hashes, beside the answers and named by none of them. Each call may be repeated
 * after a lost answer and then says the same again.
 */
export interface SurveyStore {
  /** `exists`: the member has had another ticket. `taken`: somebody else has this one. */
  issue(
    issue: SurveyReference & { readonly member: string; readonly ticketHash: string },
  ): Promise<'issued' | 'exists' | 'taken'>;
  /** Spends the ticket: the answer stands, and a receipt for it. */
  handIn(
    handedIn: SurveyReference & {
      readonly ticketHash: string;
      readonly receiptHash: string;
      readonly answer: SurveyAnswer;
    },
  ): Promise<'handedIn' | 'invalid'>;
  /**
   * Spends the receipt for `claimHash`, which only the same member with the same receipt can make
   * again. `invalid`: there is none, it is spent, or the member has had no ticket.
   */
  claim(
    claim: SurveyReference & {
      readonly member: string;
      readonly receiptHash: string;
      readonly claimHash: string;
    },
  ): Promise<'claimed' | 'invalid'>;
  /** In the order of their random names. */
  answers(survey: SurveyReference): AsyncIterable<SurveyAnswer>;
}
