import { type CallFaults, type FaultRates, usualFaults } from '../common/faults.ts';

/** What can go wrong on demand. */
const faultSentences = {
  ...usualFaults,
  lostAnswer: 'the order is taken, then the connection breaks',
  serverError: '500, kept with the key: for an order that was taken, or that never will be',
  pending: '504, kept with the key; the order is completed later, a webhook tells',
  inProgress: 'the order is taken, and said to be under way: by 102, or by 400',
  outOfFunds: '400, kept with the key: nothing happens, now nor later',
  rateLimit: '429, nothing happens and nothing is kept',
  contradiction: 'the answer speaks of another amount, currency or reference',
  duplicate: 'webhooks come twice',
} as const;

export type FaultName = keyof typeof faultSentences;
export type RunaFaults = CallFaults<FaultName>;
export type RunaRates = FaultRates<FaultName>;

export const faultNames = Object.keys(faultSentences) as readonly FaultName[];
