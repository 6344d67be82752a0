import { payPalPayoutsAdapter } from '../../shared/adapters/providers/paypal-payouts.ts';
import { tremendousCapabilities } from '../../shared/adapters/providers/tremendous.ts';
import { wiseAdapter } from '../../shared/adapters/providers/wise.ts';
import type { Money } from '../../shared/domain/money/money.ts';
import type { ProviderCapabilities, WebhookReading } from '../../shared/ports/provider.ts';
import type { Clock } from '../../shared/ports/runtime.ts';
import type { Faults } from './payout-faults.ts';

/** How one of the accounts behaves where they differ. */
export interface RailHabits {
  readonly name: string;
  readonly capabilities: ProviderCapabilities;
  /** It is paid when it is taken, and a link is handed out. */
  readonly isAtOnce: boolean;
  /** Made first and paid then, which may be REJECTED in a good answer. */
  readonly hasDrafts: boolean;
  /** Money that nobody claims comes back after a month. */
  readonly waitsForClaims: boolean;
  /** No webhook tells that what was paid has come back: that stands in its books alone. */
  readonly isSilent: boolean;
  /** Lists are so far behind. */
  readonly lagMs: number;
  /** From taken to paid, at most. */
  readonly payWithinMs: number;
  /** What it says that a payment costs; else that is its value. */
  readonly chargeOf?: (value: Money) => Money;
}

export interface Surroundings {
  readonly clock: Clock;
  readonly faults: Faults;
  later(delayMs: number, happens: () => void): void;
  /** Sends a webhook until it is answered. */
  tell(provider: string, reading: WebhookReading): void;
}

const minuteMs = 60_000;

/** With the habits of the real ones: each is asked, looked up and believed in another way. */
export const accountHabits: readonly RailHabits[] = [
  {
    ...{ name: 'paypal-payouts', capabilities: payPalPayoutsAdapter.capabilities },
    ...{ isAtOnce: false, hasDrafts: false, waitsForClaims: true, isSilent: true },
    ...{ lagMs: 0, payWithinMs: 10 * minuteMs },
  },
  {
    ...{ name: 'wise', capabilities: wiseAdapter.capabilities },
    ...{ isAtOnce: false, hasDrafts: true, waitsForClaims: false, isSilent: false },
    ...{ lagMs: 10 * minuteMs, payWithinMs: 36 * 60 * minuteMs },
    chargeOf: ({ amountMinor }) => ({
      amountMinor: amountMinor + amountMinor / 200n + 35n,
      currency: 'USD',
    }),
  },
  {
    ...{ name: 'tremendous', capabilities: tremendousCapabilities },
    ...{ isAtOnce: true, hasDrafts: false, waitsForClaims: false, isSilent: false },
    ...{ lagMs: 0, payWithinMs: 60 * minuteMs },
  },
];

const names = { en: 'A rail' };
const minimumMinor = { EUR: 1000, GBP: 900, USD: 1100 };

/** Four rails; the bank account has two sources. */
export const stormPolicy = {
  rails: [
    {
      ...{ id: 'paypal', kind: 'payPal', names, minimumMinor },
      sources: [{ provider: 'paypal-payouts' }],
      fee: { bearer: 'member', basisPoints: 200, maximumMinor: { EUR: 300 } },
    },
    {
      ...{ id: 'bank', kind: 'bankAccount', names, minimumMinor },
      sources: [{ provider: 'wise' }, { provider: 'bank-file' }],
      fee: { bearer: 'member', fixedMinor: { EUR: 30, USD: 45 } },
      maximumMinor: { EUR: 90_000 },
    },
    {
      ...{ id: 'card', kind: 'prepaidCard', names, minimumMinor },
      sources: [{ provider: 'tremendous', products: ['PREPAID'] }],
      fee: { bearer: 'program', fixedMinor: { EUR: 25 } },
    },
    { ...{ id: 'give', kind: 'donation', names, minimumMinor } },
  ],
  blockedCountries: ['KP'],
  sanctionsList: 'eu',
  secondPersonFrom: { EUR: 95_000, GBP: 95_000, USD: 95_000 },
};
