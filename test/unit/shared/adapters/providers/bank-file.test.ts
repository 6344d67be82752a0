import { describe, expect, it } from 'vitest';
import {
  BankFileRows,
  createMemoryBankFileStore,
} from '../../../../../shared/adapters/memory/bank-file-store.ts';
import { createBankFile } from '../../../../../shared/adapters/providers/bank-file.ts';
import { type BankAccount, toSealable } from '../../../../../shared/domain/payout/payee.ts';
import type { TransferFacts } from '../../../../../shared/domain/payout/transfer-facts.ts';
import { verdictOf } from '../../../../../shared/domain/redemption/outcome.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import type { PlaceOrder } from '../../../../../shared/ports/provider.ts';
import { debtorIn } from '../../../../support/bank-days.ts';
import { bindingSealer } from '../../../../support/world.ts';
import { orderRow } from '../../domain/redemption/order-row.ts';

const reference = '91111111-2222-8333-8444-555555555501';
const providerOrder = '91111111222283338444555555555501';
const value = { amountMinor: 1_250n, currency: 'EUR' };
const payee: BankAccount = {
  ...{ rail: 'bankAccount', holderName: 'Ann Example', country: 'DE' },
  account: { kind: 'iban', iban: 'DE02120300000000202051' },
};
const asked = { value, products: [], since: instantOf(0) };

function orderTo(change: object = {}, order: Partial<PlaceOrder> = {}): PlaceOrder {
  return {
    ...{ reference, value, products: [], kind: 'payout', country: 'DE', language: 'en' },
    ...{ recipientEmail: 'ann@example.com', payee: toSealable({ ...payee, ...change }) },
    ...order,
  };
}

function desk() {
  const rows = new BankFileRows();
  const bankFiles = createMemoryBankFileStore(rows);
  const clock = { now: () => instantOf(1_000) };
  const debtors = [debtorIn('EUR', { scheme: { kind: 'sepa' } }), debtorIn('GBP')];
  const provider = createBankFile({ bankFiles, clock, debtors, sealer: bindingSealer });
  return {
    ...{ rows, bankFiles, provider },
    async know(facts: TransferFacts): Promise<void> {
      const read = await bankFiles.transfer(reference);
      if (read === undefined) throw new Error('Nothing was placed.');
      await bankFiles.putFacts(read, { file: 'main-eur-1', ...facts });
    },
  };
}

describe('an order by bank file', () => {
  it('is left to the delayed check once it is taken: its end takes days, and is told', () => {
    const { capabilities: habits } = desk().provider;
    const row = orderRow({ call: 1 });
    const turn = {
      before: row,
      claimed: row,
      now: asked.since,
      askedAt: asked.since,
      placed: true,
    };
    const heard = { kind: 'taken', providerOrder } as const;
    const next = { state: 'accepted', providerOrder };
    expect(verdictOf({ ...turn, habits }, heard)).toMatchObject({ kind: 'rest', next });
    const { decidesLater: _, ...hasty } = habits;
    expect(verdictOf({ ...turn, habits: hasty }, heard)).toMatchObject({ kind: 'lookUp', next });
  });

  it('waits in the outbox, with its account number sealed', async () => {
    const { provider, rows } = desk();
    const taken = { kind: 'accepted', providerOrder, final: false };
    expect(await provider.placeOrder(orderTo())).toEqual(taken);
    expect(await provider.findOrder(reference, asked)).toEqual(taken);
    const [transfer] = rows.transfers.values();
    expect(transfer).toMatchObject({ debtor: 'main-eur', amount: value, askedAt: 1_000 });
    const { sealed, ...open } = transfer ?? { sealed: '' };
    expect(JSON.stringify(Object.values(open).map(String))).not.toContain('DE02');
    const context = { program: 'bank-file', redemption: reference, field: 'transfer' } as const;
    expect((await bindingSealer.open(context, sealed)).reveal()).toContain(
      'DE02120300000000202051',
    );
  });

  it.each<[string, object, Partial<PlaceOrder>]>([
    ['IBAN_INVALID', { account: { kind: 'iban', iban: 'DE03120300000000202051' } }, {}],
    ['BIC_INVALID', { account: { ...payee.account, bic: 'NWBKGB2L' } }, {}],
    ['NAME_REFUSED', { holderName: '王小明' }, {}],
    ['NAME_REFUSED', { holderName: 'A'.repeat(71) }, {}],
    ['TOWN_REFUSED', { town: '北京' }, {}],
    [
      'ACCOUNT_KIND_REFUSED',
      { account: { kind: 'sortCode', sortCode: '089999', accountNumber: '66374958' } },
      {},
    ],
    ['AMOUNT_NOT_OFFERED', {}, { value: { ...value, amountMinor: 100_000_000_000n } }],
    ['CURRENCY_NOT_OFFERED', {}, { value: { ...value, currency: 'CHF' } }],
  ])('is refused for good where no file can have it: %s', async (detail, change, order) => {
    const { provider, rows } = desk();
    const outcome = await provider.placeOrder(orderTo(change, order));
    expect(outcome).toEqual({ kind: 'rejected', reason: 'permanent', detail });
    expect(rows.transfers.size).toBe(0);
  });

  it('is what it was under its reference, and never another one', async () => {
    const { provider, rows } = desk();
    await provider.placeOrder(orderTo());
    const conflict = { kind: 'unknown', detail: 'REFERENCE_CONFLICT' };
    const account = { kind: 'iban', iban: 'GR1601101250000000012300695' };
    for (const change of [{ account }, { holderName: 'Bob' }, { town: 'Köln' }]) {
      expect(await provider.placeOrder(orderTo(change))).toEqual(conflict);
    }
    const chf = { value: { ...value, currency: 'CHF' } };
    expect(await provider.placeOrder(orderTo({}, chf))).toEqual(conflict);
    expect(await provider.placeOrder(orderTo())).toMatchObject({ kind: 'accepted' });
    expect(rows.transfers.size).toBe(1);
  });

  it.each<[object, TransferFacts]>([
    [{ kind: 'accepted', providerOrder, final: false }, { isAccepted: true }],
    [{ kind: 'accepted', providerOrder, final: true, charge: value }, { bookedBy: 's/1' }],
    [
      { kind: 'rejected', reason: 'permanent', detail: 'ACCOUNT_CLOSED' },
      { rejected: { by: 'r', reason: 'ACCOUNT_CLOSED' } },
    ],
    [
      { kind: 'rejected', reason: 'permanent', detail: 'RETURNED_NOT_TOLD' },
      { bookedBy: 's/1', returned: { by: 's/2', reason: 'NOT_TOLD' } },
    ],
  ])('is found as what the bank has said of it: %#', async (outcome, facts) => {
    const { know, provider } = desk();
    await provider.placeOrder(orderTo());
    await know(facts);
    expect(await provider.findOrder(reference, asked)).toEqual(outcome);
    expect(await provider.placeOrder(orderTo())).toEqual(outcome);
  });

  it('is cancelled while it waits, and not once it has gone', async () => {
    const { bankFiles, provider } = desk();
    await provider.placeOrder(orderTo());
    expect(await provider.cancel({ reference, providerOrder: 'other' })).toMatchObject({
      detail: 'CONTRADICTION',
    });
    expect(await provider.cancel({ reference, providerOrder })).toEqual({ kind: 'done' });
    expect(await provider.cancel({ reference, providerOrder })).toEqual({ kind: 'done' });
    expect(await bankFiles.waiting('main-eur', 10)).toEqual([]);
    const gone = { kind: 'rejected', reason: 'permanent', detail: 'CANCELLED' };
    expect(await provider.findOrder(reference, asked)).toEqual(gone);
    expect(await provider.placeOrder(orderTo())).toEqual(gone);
    const other = desk();
    await other.provider.placeOrder(orderTo());
    await other.know({});
    expect(await other.provider.cancel({ reference, providerOrder })).toEqual({
      ...{ kind: 'refused', detail: 'ALREADY_SENT' },
    });
  });
});

describe('accounts to pay from', () => {
  it.each([
    [[], 'needs an account'],
    [[debtorIn('EUR', { id: 'Main' })], 'id of an account'],
    [[debtorIn('EUR'), debtorIn('GBP', { id: 'main-eur' })], 'have one id'],
    [[debtorIn('EUR'), debtorIn('EUR', { id: 'other' })], 'in one currency'],
    [[debtorIn('EUR', { maximumTransfers: 0 })], 'whole numbers'],
    [[debtorIn('GBP', { scheme: { kind: 'sepa' } })], 'cannot be written: CURRENCY'],
  ])('are refused where no file can be written from them: %#', (debtors, sentence) => {
    const parts = { bankFiles: createMemoryBankFileStore(), sealer: bindingSealer };
    const clock = { now: () => instantOf(0) };
    expect(() => createBankFile({ ...parts, clock, debtors })).toThrow(sentence);
  });
});
