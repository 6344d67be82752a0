import { type CallFaults, type FaultRates, usualFaults } from '../common/faults.ts';

/** What can go wrong on demand. */
const faultSentences = {
  ...usualFaults,
  lostAnswer: 'the order is taken, then the connection breaks',
  serverError: 'the order is taken, 500 comes back',
  duplicate: 'the order is sent twice, so that the answer is that to a repeat; webhooks come twice',
  contradiction: 'the answer speaks of another amount, currency, reference or item',
  outOfFunds: '402.001, nothing happens',
  outOfStock: '503.002, nothing happens',
  fraudVelocity: '403.016, nothing happens',
  inProgress: '409.002: the order is taken all the same',
  rateLimit: '429, nothing happens',
  pending: 'PENDING: the order is decided later',
} as const;

export type FaultName = keyof typeof faultSentences;
export type TangoFaults = CallFaults<FaultName>;
export type TangoRates = FaultRates<FaultName>;

export const faultNames = Object.keys(faultSentences) as readonly FaultName[];
