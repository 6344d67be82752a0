import { createHash } from 'node:crypto';

/** What can go wrong on demand; each name has a rate from 0 to 1. */
export const faultSentences = {
  lostAnswer: 'the order is taken, then the connection breaks or 500 comes back',
  lostRequest: 'the connection breaks before anything happens',
  serverError: 'the order is taken, and 500 comes back',
  slow: 'the order is taken, the answer comes after everybody has stopped waiting',
  duplicate: 'the order is sent twice, so that the answer is that to a repeat; webhooks come twice',
  lateWebhook: 'webhooks come late, and so out of order',
  contradiction: 'the answer speaks of another amount, currency or reference',
  outOfFunds: '402, nothing happens',
  rateLimit: '429, nothing happens',
  badSignature: 'before each webhook comes one that somebody else signed',
  unknownEvent: 'before each webhook comes one of a kind that nobody has heard of',
  notJson: 'the order is taken, the answer is a page, garbage or half of itself',
  pending: '202: the order is decided later, a webhook tells',
} as const;

export type FaultName = keyof typeof faultSentences;
export type FaultRates = Readonly<Partial<Record<FaultName, number>>>;

export const faultNames = Object.keys(faultSentences) as readonly FaultName[];

export class FaultTextError extends Error {
  override readonly name = 'FaultTextError';
}

/** Reads `lostAnswer=0.2,slow=0.1`; an empty text is no faults. Throws `FaultTextError`. */
export function parseFaults(text: string): FaultRates {
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

/** The faults of one call. Asking for one counts it (once), so ask only when it will happen. */
export interface CallFaults {
  strikes(name: FaultName): boolean;
  /** A number from 0 to `sides - 1` that depends on the seed and the call only. */
  roll(sides: number): number;
}

export interface FaultDice {
  setRates(rates: FaultRates): void;
  /** `subject` is an external id: its calls are numbered, so that a run can be repeated. */
  forCall(subject: string, operation: string): CallFaults;
  counters(): Readonly<Record<FaultName, number>>;
}

export function createFaultDice(seed: string, initialRates: FaultRates): FaultDice {
  let rates = initialRates;
  const counters = Object.fromEntries(faultNames.map((name) => [name, 0])) as Record<
    FaultName,
    number
  >;
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
