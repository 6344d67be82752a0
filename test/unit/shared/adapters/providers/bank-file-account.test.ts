import { describe, expect, it } from 'vitest';
import {
  BankFileRows,
  createMemoryBankFileStore,
} from '../../../../../shared/adapters/memory/bank-file-store.ts';
import {
  bankFileAdapter,
  noSealer,
} from '../../../../../shared/adapters/providers/bank-file/account.ts';
import { providerCapabilities } from '../../../../../shared/adapters/providers/registry.ts';
import { toSealable } from '../../../../../shared/domain/payout/payee.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import type { PlaceOrder } from '../../../../../shared/ports/provider.ts';
import { debtors } from '../../../../support/bank-paying.ts';
import { account } from '../../../../support/paying.ts';
import { bindingSealer, TestClock } from '../../../../support/world.ts';

const clock = new TestClock('2026-06-15T12:00:00Z');
const context = { clock, timeoutMs: 1_000 };
const secret: unknown = JSON.parse(JSON.stringify({ accounts: debtors }));
const reference = 'a1111111-2222-8333-8444-555555500101';
const value = { amountMinor: 1_500n, currency: 'EUR' };
const order: PlaceOrder = {
  ...{ reference, value, products: [], kind: 'payout', country: 'DE', language: 'en' },
  ...{ recipientEmail: 'ann@example.com', payee: toSealable(account) },
};

describe('the account of the bank’s files', () => {
  it('takes orders for the accounts of its secret, and finds them without a sealer', async () => {
    const bankFiles = createMemoryBankFileStore(new BankFileRows());
    const paying = bankFileAdapter({ bankFiles, sealer: bindingSealer }).open(secret, context);
    const accepted = { kind: 'accepted', final: false };
    expect(await paying.placeOrder(order)).toMatchObject(accepted);
    const [waiting] = await bankFiles.waiting('main-eur', 10);
    expect(waiting).toMatchObject({ reference, amount: value });
    const looking = bankFileAdapter({ bankFiles, sealer: noSealer }).open(secret, context);
    const asked = { value, products: [], since: instantOf(0) };
    expect(await looking.findOrder(reference, asked)).toMatchObject(accepted);
  });

  it('is not opened by a secret as it is made', () => {
    const adapter = bankFileAdapter({
      bankFiles: createMemoryBankFileStore(new BankFileRows()),
      sealer: noSealer,
    });
    expect(() => adapter.open({ unset: 'x' }, context)).toThrow('not of the right form');
    expect(providerCapabilities.get(adapter.name)).toBe(adapter.capabilities);
  });
});
