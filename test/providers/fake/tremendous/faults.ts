import { type CallFaults, type FaultRates, usualFaults } from '../common/faults.ts';

/** What can go wrong on demand. */
const faultSentences = {
  ...usualFaults,
  lostAnswer: 'the order is taken, then the connection breaks or 500 comes back',
  serverError: 'the order is taken, and 500 comes back',
  duplicate: 'the order is sent twice, so that the answer is that to a repeat; webhooks come twice',
  contradiction: 'the answer speaks of another amount, currency or reference',
  outOfFunds: '402, nothing happens',
  rateLimit: '429, nothing happens',
  pending: '202: the order is decided later, a webhook tells',
} as const;

export type FaultName = keyof typeof faultSentences;
export type TremendousFaults = CallFaults<FaultName>;
export type TremendousRates = FaultRates<FaultName>;

export const faultNames = Object.keys(faultSentences) as readonly FaultName[];

export class FaultTextError extends Error {
  override readonly name = 'FaultTextError';
}

/** Reads `lostAnswer=0.2,slow=0.1`; an empty text is no faults. Throws `FaultTextError`. */
export function parseFaults(text: string): TremendousRates {
  const rates: Partial<Record<FaultName, number>> = {};
  for (const part of text.split(',').filter((piece) => piece.trim() !== '')) {
    const [name = '', rate, ...more] = part.split('=').map((piece) => piece.trim());
    if (rate === undefined || more.length > 0) {
      throw new FaultTextError(`"${part.trim()}" is not written name=rate, as in lostAnswer=0.2.`);
    }
    if (!isFaultName(name)) {
      throw new FaultTextError(`No fault is named "${name}". There are ${faultNames.join(', ')}.`);
    }
    if (rates[name] !== undefined) throw new FaultTextError(`The fault ${name} stands twice.`);
    if (!/^(0|1|[01]?\.\d{1,9})$/.test(rate) || Number(rate) > 1) {
      throw new FaultTextError(`The rate of ${name} is "${rate}", not a number from 0 to 1.`);
    }
    rates[name] = Number(rate);
  }
  return rates;
}

function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faultSentences, name);
}
