import { createHash } from 'node:crypto';

/** What can go wrong on demand; each name has a rate from 0 to 1. */
export const faultSentences = {
  lostRequest: 'the connection breaks before anything happens',
  lostAnswer: 'the order is taken, then the connection breaks',
  serverError: '500, kept with the key: for an order that was taken, or that never will be',
  slow: 'the order is taken, the answer comes after everybody has stopped waiting',
  pending: '504, kept with the key; the order is completed later, a webhook tells',
  inProgress: 'the order is taken, and said to be under way: by 102, or by 400',
  outOfFunds: '400, kept with the key: nothing happens, now nor later',
  rateLimit: '429, nothing happens and nothing is kept',
  contradiction: 'the answer speaks of another amount, currency or reference',
  notJson: 'the order is taken, the answer is a page, garbage or half of itself',
  duplicate: 'webhooks come twice',
  lateWebhook: 'webhooks come late, and so out of order',
  badSignature: 'before each webhook comes one that somebody else signed',
  unknownEvent: 'before each webhook comes one of a kind that nobody has heard of',
} as const;

export type FaultName = keyof typeof faultSentences;
export type FaultRates = Readonly<Partial<Record<FaultName, number>>>;

/** The faults of one call. Asking for one counts it (once), so ask only when it will happen. */
export interface CallFaults {
  strikes(name: FaultName): boolean;
  /** A number from 0 to `sides - 1` that depends on the seed and the call only. */
  roll(sides: number): number;
}

export interface FaultDice {
  setRates(rates: FaultRates): void;
  /** Calls of one subject and operation are numbered, so that a run can be repeated. */
  forCall(subject: string, operation: string): CallFaults;
  counters(): Readonly<Record<FaultName, number>>;
}

export function createFaultDice(seed: string, initialRates: FaultRates): FaultDice {
  let rates = initialRates;
  const names = Object.keys(faultSentences) as readonly FaultName[];
  const counters = Object.fromEntries(names.map((name) => [name, 0])) as Record<FaultName, number>;
  const callNumbers = new Map<string, number>();
  return {
    setRates: (newRates) => {
      rates = newRates;
    },
    counters: () => ({ ...counters }),
    forCall: (subject, operation) => {
      const key = JSON.stringify([seed, subject, operation]);
      const call = (callNumbers.get(key) ?? 0) + 1;
      callNumbers.set(key, call);
      const struck = new Set<FaultName>();
      return {
        strikes: (name) => {
          if (fraction(`${key}${call}${name}`) >= (rates[name] ?? 0)) return false;
          if (!struck.has(name)) counters[name] += 1;
          struck.add(name);
          return true;
        },
        roll: (sides) => Math.floor(fraction(`${key}${call}roll`) * sides),
      };
    },
  };
}

function fraction(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6) / 2 ** 48;
}
