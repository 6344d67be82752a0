import { createHash } from 'node:crypto';

/** What can go wrong on demand; each name has a rate from 0 to 1. */
const faultSentences = {
  lostRequest: 'the connection breaks before anything happens',
  lostAnswer: 'the order is taken, then the connection breaks',
  serverError: 'the order is taken, the answer is 500',
  slow: 'the order is taken, the answer comes after everybody has stopped waiting',
  contradiction: 'the answer speaks of another price, currency or reference',
  outOfFunds: '400, nothing happens',
  rateLimit: '429, nothing happens',
  pending: 'the order is decided later, a webhook tells',
  duplicate: 'webhooks come twice',
  lateWebhook: 'webhooks come late, and so out of order',
  badSignature: 'before each webhook comes one that somebody else signed',
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
  /** `subject` is our identifier: its calls are numbered, so that a run can be repeated. */
  forCall(subject: string, operation: string): CallFaults;
  counters(): Readonly<Record<FaultName, number>>;
}

export function createFaultDice(seed: string, initialRates: FaultRates): FaultDice {
  let rates = initialRates;
  const names = Object.keys(faultSentences) as readonly FaultName[];
  const counts = new Map(names.map((name) => [name, 0]));
  const callNumbers = new Map<string, number>();
  const callOf = (key: string): CallFaults => {
    const call = (callNumbers.get(key) ?? 0) + 1;
    callNumbers.set(key, call);
    const struck = new Set<FaultName>();
    return {
      strikes: (name) => {
        if (fraction(`${key}${call}${name}`) >= (rates[name] ?? 0)) return false;
        if (!struck.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
        struck.add(name);
        return true;
      },
      roll: (sides) => Math.floor(fraction(`${key}${call}roll`) * sides),
    };
  };
  return {
    setRates: (newRates) => {
      rates = newRates;
    },
    forCall: (subject, operation) => callOf(JSON.stringify([seed, subject, operation])),
    counters: () => Object.fromEntries(counts) as Record<FaultName, number>,
  };
}

function fraction(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6) / 2 ** 48;
}
