import { createHash } from 'node:crypto';

/** What goes wrong with every stand-in in the same way. */
export const usualFaults = {
  lostRequest: 'the connection breaks before anything happens',
  slow: 'the order is taken, the answer comes after everybody has stopped waiting',
  lateWebhook: 'webhooks come late, and so out of order',
  badSignature: 'before each webhook comes one that somebody else signed',
  unknownEvent: 'before each webhook comes one of a kind that nobody has heard of',
  notJson: 'the order is taken, the answer is a page, garbage or half of itself',
} as const;

/** Each name has a rate from 0 to 1. */
export type FaultRates<Name extends string> = Readonly<Partial<Record<Name, number>>>;

/** The faults of one call. Asking for one counts it (once), so ask only when it will happen. */
export interface CallFaults<Name extends string> {
  strikes(name: Name): boolean;
  /** A number from 0 to `sides - 1` that depends on the seed and the call only. */
  roll(sides: number): number;
}

/** Of calls that are about no order. */
export const noFaults = { strikes: () => false, roll: () => 0 };

export interface FaultDice<Name extends string> {
  setRates(rates: FaultRates<Name>): void;
  /** `subject` is mostly a reference: its calls are numbered, so that a run can be repeated. */
  forCall(subject: string, operation: string): CallFaults<Name>;
  /** How often each fault has struck. */
  counters(): Readonly<Record<Name, number>>;
}

export interface DiceSettings<Name extends string> {
  readonly names: readonly Name[];
  readonly seed: string | number;
  readonly rates: FaultRates<Name> | undefined;
}

export function createFaultDice<Name extends string>(
  settings: DiceSettings<Name>,
): FaultDice<Name> {
  const { names, seed } = settings;
  let rates = settings.rates;
  const counters = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  const callNumbers = new Map<string, number>();
  return {
    setRates: (newRates) => {
      rates = newRates;
    },
    counters: () => ({ ...counters }),
    forCall: (subject, operation) => {
      const key = JSON.stringify([String(seed), subject, operation]);
      const call = (callNumbers.get(key) ?? 0) + 1;
      callNumbers.set(key, call);
      const struck = new Set<Name>();
      return {
        strikes: (name) => {
          if (fraction(`${key}${call}${name}`) >= (rates?.[name] ?? 0)) return false;
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
