import type { SurveyAnswer, SurveyReference, SurveyStore } from '../../ports/surveys.ts';
import { keyOf, type MemoryTable } from './memory-table.ts';

export type SurveyItem =
  | { readonly kind: 'participation' | 'ticket' }
  | { readonly kind: 'receipt'; readonly claimHash?: string }
  | ({ readonly kind: 'answer' } & SurveyAnswer);

function participationKey({ program, survey }: SurveyReference, member: string): string {
  return keyOf(program, 'M', member, survey);
}

function surveyKey({ program, survey }: SurveyReference, ...rest: readonly string[]): string {
  return keyOf(program, 'Q', survey, ...rest);
}

export function createMemorySurveyStore({ surveys }: Pick<MemoryTable, 'surveys'>): SurveyStore {
  return {
    async issue({ member, ticketHash, ...survey }) {
      const participation = participationKey(survey, member);
      const ticket = surveyKey(survey, 'T', ticketHash);
      const [hasHad, stands] = [surveys.has(participation), surveys.has(ticket)];
      if (hasHad) return stands ? 'issued' : 'exists';
      if (stands) return 'taken';
      surveys.set(participation, { kind: 'participation' });
      surveys.set(ticket, { kind: 'ticket' });
      return 'issued';
    },

    async handIn({ ticketHash, receiptHash, answer, ...survey }) {
      const receipt = surveyKey(survey, 'R', receiptHash);
      const ticket = surveyKey(survey, 'T', ticketHash);
      if (!surveys.has(ticket)) return surveys.has(receipt) ? 'handedIn' : 'invalid';
      if (surveys.has(receipt)) return 'invalid';
      surveys.delete(ticket);
      surveys.set(receipt, { kind: 'receipt' });
      surveys.set(surveyKey(survey, 'A', answer.id), { kind: 'answer', ...answer });
      return 'handedIn';
    },

    async claim({ member, receiptHash, claimHash, ...survey }) {
      const key = surveyKey(survey, 'R', receiptHash);
      const receipt = surveys.get(key);
      if (receipt?.kind !== 'receipt') return 'invalid';
      if (receipt.claimHash !== undefined && receipt.claimHash !== claimHash) return 'invalid';
      if (!surveys.has(participationKey(survey, member))) return 'invalid';
      surveys.set(key, { kind: 'receipt', claimHash });
      return 'claimed';
    },

    async *answers(survey) {
      const prefix = surveyKey(survey, 'A', '').slice(0, -'""]'.length);
      const found = [...surveys].filter(([key]) => key.startsWith(prefix));
      for (const [, item] of found.sort(([left], [right]) => (left < right ? -1 : 1))) {
        if (item.kind === 'answer') yield { id: item.id, day: item.day, answers: item.answers };
      }
    },
  };
}
