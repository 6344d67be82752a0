import { type CallFaults, type FaultRates, usualFaults } from '../common/faults.ts';

/** What can go wrong on demand. */
const faultSentences = {
  ...usualFaults,
  lostAnswer: 'the batch is taken, then the connection breaks',
  serverError: 'the batch is taken, the answer is 500',
  contradiction: 'the answer speaks of another amount, currency or id',
  outOfFunds: '422, nothing happens',
  rateLimit: '429, nothing happens',
  pending: 'the batch waits until a test decides it',
  duplicate: 'webhooks come twice',
} as const;

export type FaultName = keyof typeof faultSentences;
export type PayPalFaults = CallFaults<FaultName>;
export type PayPalRates = FaultRates<FaultName>;

export const faultNames = Object.keys(faultSentences) as readonly FaultName[];
