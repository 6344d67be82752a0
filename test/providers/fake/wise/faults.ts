import { type CallFaults, type FaultRates, usualFaults } from '../common/faults.ts';

/** What can go wrong on demand. */
const faultSentences = {
  ...usualFaults,
  lostAnswer: 'the call has its effect, then the connection breaks',
  serverError: 'the call has its effect, the answer is 500',
  contradiction: 'the answer speaks of another amount, currency or reference',
  outOfFunds: 'the payment is REJECTED in a good answer, nothing happens',
  rateLimit: '429, nothing happens',
  pending: 'what is paid stays in processing and is decided later, a webhook tells',
  bounces: 'what was sent comes back days later, and is refunded days after that',
  duplicate: 'webhooks come twice, with one delivery id',
  swapped: 'of the events about one payment the last comes first',
} as const;

export type FaultName = keyof typeof faultSentences;
export type WiseFaults = CallFaults<FaultName>;
export type WiseRates = FaultRates<FaultName>;

export const faultNames = Object.keys(faultSentences) as readonly FaultName[];
