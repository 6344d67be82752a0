import { type CallFaults, type FaultRates, usualFaults } from '../common/faults.ts';

/** What can go wrong on demand. */
const faultSentences = {
  ...usualFaults,
  lostAnswer: 'the order is taken, then the connection breaks',
  serverError: 'the order is taken, the answer is 500',
  contradiction: 'the answer speaks of another price, currency or reference',
  outOfFunds: '400, nothing happens',
  rateLimit: '429, nothing happens',
  pending: 'the order is decided later, a webhook tells',
  duplicate: 'webhooks come twice',
} as const;

export type FaultName = keyof typeof faultSentences;
export type ReloadlyFaults = CallFaults<FaultName>;
export type ReloadlyRates = FaultRates<FaultName>;

export const faultNames = Object.keys(faultSentences) as readonly FaultName[];
