import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PayoutTerms } from '../../shared/domain/payout/terms.ts';
import type { LocalDate } from '../../shared/domain/time.ts';
import { lot } from '../support/points.ts';
import { audit } from './auditor.ts';
import type { Backend, Stores } from './backends.ts';
import { deliver, owner } from './ledger-actor.ts';
import { planHold, redemption } from './redemption-actor.ts';

const [first, second] = [redemption(1), redemption(2)];

const payout: PayoutTerms = {
  ...{ run: 'run-1', railKind: 'bankAccount', bearer: 'member', charity: 'food-bank' },
  ...{ donatedMinor: 2n, feeMinor: 1n },
  exchange: {
    ...{ from: 'USD', fromMinor: 10n, to: 'EUR', toMinor: 8n, wholeMinor: 8n },
    rate: { numerator: 4n, denominator: 5n },
    ...{ asOf: '2026-03-13' as LocalDate, source: 'ecb', rounding: 'down' },
  },
};

async function payOut({ ledger, redemptions }: Stores, id: string, lastPayout?: string) {
  const plan = planHold(await ledger.readBalance(owner), id, 10n);
  if (plan === undefined) throw new Error('The money reaches.');
  const terms = { ...plan.hold.terms, kind: 'payout', payout } as const;
  const hold = { ...plan.hold, terms, sealedPayee: 'sealed' };
  const beside = { ...(lastPayout !== undefined && { lastPayout }) };
  return { hold, outcome: await redemptions.hold(hold, plan.change, beside) };
}

export function payoutSuite(backend: Backend): void {
  let stores: Stores;
  beforeEach(async () => {
    stores = await backend.open();
    const event = { hash: 'e1', points: 100n, lot: lot('2027-01-31'), kind: 'accrual' } as const;
    await deliver(stores.ledger, event, 'd1');
  });
  afterEach(async () => {
    await audit(stores.scan);
  });

  describe('the hold of a payout', () => {
    it('keeps what was fixed with it', async () => {
      const { hold, outcome } = await payOut(stores, first);
      expect(outcome).toEqual({ kind: 'held' });
      expect((await stores.redemptions.read(first))?.hold).toEqual(hold);
    });

    it('comes after the one that was the newest of its wallet', async () => {
      const newest = () => stores.redemptions.lastPayout(owner);
      expect(await newest()).toBeUndefined();
      await payOut(stores, first);
      expect(await newest()).toBe(first);
      expect((await payOut(stores, second)).outcome).toEqual({ kind: 'walletBusy' });
      expect((await payOut(stores, first)).outcome).toMatchObject({ kind: 'exists' });
      expect((await payOut(stores, second, first)).outcome).toEqual({ kind: 'held' });
      expect(await newest()).toBe(second);
      expect((await payOut(stores, first)).outcome).toMatchObject({ kind: 'exists' });
    });
  });
}
