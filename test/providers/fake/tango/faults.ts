import { createHash } from 'node:crypto';

/** What can go wrong on demand; each name has a rate from 0 to 1. */
export const tangoFaultSentences = {
  lostAnswer: 'the order is taken, then the connection breaks',
  serverError: 'the order is taken, 500 comes back',
  lostRequest: 'the connection breaks before anything happens',
  slow: 'the order is taken, the answer comes after everybody has stopped waiting',
  duplicate: 'the order is sent twice, so that the answer is that to a repeat; webhooks come twice',
  lateWebhook: 'webhooks come late, and so out of order',
  contradiction: 'the answer speaks of another amount, currency, reference or item',
  outOfFunds: '402.001, nothing happens',
  outOfStock: '503.002, nothing happens',
  fraudVelocity: '403.016, nothing happens',
  inProgress: '409.002: the order is taken all the same',
  rateLimit: '429, nothing happens',
  badSignature: 'before each webhook comes one that somebody else signed',
  unknownEvent: 'before each webhook comes one of a kind that nobody has heard of',
  notJson: 'the order is taken, the answer is a page, garbage or half of itself',
  pending: 'PENDING: the order is decided later',
} as const;

export type TangoFaultName = keyof typeof tangoFaultSentences;
export type TangoFaultRates = Readonly<Partial<Record<TangoFaultName, number>>>;

const names = Object.keys(tangoFaultSentences) as readonly TangoFaultName[];

/** The faults of one call. Asking for one counts it (once), so ask only when it will happen. */
export interface TangoCallFaults {
  strikes(name: TangoFaultName): boolean;
  /** A number from 0 to `sides - 1` that depends on the seed and the call only. */
  roll(sides: number): number;
}

export interface TangoFaultDice {
  setRates(rates: TangoFaultRates): void;
  /** `subject` is a reference: its calls are numbered, so that a run can be repeated. */
  forCall(subject: string, operation: string): TangoCallFaults;
  counters(): Readonly<Record<TangoFaultName, number>>;
}

export const noFaults: TangoCallFaults = { strikes: () => false, roll: () => 0 };

export function tangoDice(seed: string, initialRates: TangoFaultRates): TangoFaultDice {
  let rates = initialRates;
  const counted = new Map<TangoFaultName, number>(names.map((name) => [name, 0]));
  const callNumbers = new Map<string, number>();
  return {
    setRates: (newRates) => {
      rates = newRates;
    },
    counters: () => Object.fromEntries(counted) as Record<TangoFaultName, number>,
    forCall: (subject, operation) => {
      const key = JSON.stringify([seed, subject, operation]);
      const call = (callNumbers.get(key) ?? 0) + 1;
      callNumbers.set(key, call);
      const struck = new Set<TangoFaultName>();
      return {
        strikes: (name) => {
          if (fraction(`${key}${call}${name}`) >= (rates[name] ?? 0)) return false;
          if (!struck.has(name)) counted.set(name, (counted.get(name) ?? 0) + 1);
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
