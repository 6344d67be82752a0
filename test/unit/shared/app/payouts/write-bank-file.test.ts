import { describe, expect, it } from 'vitest';
import { systemDigest } from '../../../../../shared/adapters/crypto.ts';
import {
  BankFileRows,
  createMemoryBankFileStore,
} from '../../../../../shared/adapters/memory/bank-file-store.ts';
import { createBankFile } from '../../../../../shared/adapters/providers/bank-file.ts';
import {
  type WriteBankFileDependencies,
  writeBankFile,
} from '../../../../../shared/app/payouts/write-bank-file.ts';
import { endToEndId } from '../../../../../shared/domain/payout/credit-transfer.ts';
import type { DebtorAccount } from '../../../../../shared/domain/payout/debtor-account.ts';
import { toSealable } from '../../../../../shared/domain/payout/payee.ts';
import type { LocalDate } from '../../../../../shared/domain/time.ts';
import type { RewardProvider } from '../../../../../shared/ports/provider.ts';
import { takenIn } from '../../../../providers/fake/bank-simulator.ts';
import { debtorIn } from '../../../../support/bank-days.ts';
import { Crash } from '../../../../support/fulfilment.ts';
import { account } from '../../../../support/paying.ts';
import { wrapped } from '../../../../support/scheduling.ts';
import { bindingSealer, TestClock } from '../../../../support/world.ts';

const day = (text: string) => text as LocalDate;
const referenceOf = (number: number) =>
  `a1111111-2222-8333-8444-5555555${String(number).padStart(3, '0')}01`;

interface Desk {
  readonly dependencies: WriteBankFileDependencies;
  readonly files: { readonly name: string; readonly text: string }[];
  readonly clock: TestClock;
  readonly provider: RewardProvider;
  place(...numbers: readonly number[]): Promise<void>;
}

function desk(debtor: DebtorAccount): Desk {
  const bankFiles = createMemoryBankFileStore(new BankFileRows());
  const clock = new TestClock('2026-06-15T12:00:00Z');
  const files: Desk['files'] = [];
  const sealer = bindingSealer;
  const provider = createBankFile({ bankFiles, sealer, clock, debtors: [debtor] });
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const outlet = {
    put: async (file: Desk['files'][number]) => {
      files.push(file);
    },
  };
  return {
    dependencies: { bankFiles, outlet, sealer, clock, digest: systemDigest, logger },
    ...{ files, clock, provider },
    async place(...numbers) {
      for (const number of numbers) {
        const value = { amountMinor: BigInt(1_000 + number), currency: 'EUR' };
        const order = { reference: referenceOf(number), value, products: [], country: 'DE' };
        const to = { recipientEmail: 'ann@example.com', payee: toSealable(account) };
        await provider.placeOrder({ ...order, ...to, kind: 'payout', language: 'en' });
      }
    },
  };
}

const euro = debtorIn('EUR', { scheme: { kind: 'sepa' } });

function write({ dependencies }: Desk, debtor = euro, date = '2026-06-16') {
  return writeBankFile(dependencies, { debtor, executionDate: day(date) });
}

const idsIn = (text: string) => takenIn(text).payments.map((payment) => payment.endToEndId);
const idsOf = (...numbers: readonly number[]) => {
  return numbers.map((number) => endToEndId(referenceOf(number)));
};

describe('a bank file', () => {
  it('has everything that waits, and is followed by one of what came since', async () => {
    const at = desk(euro);
    expect(await write(at)).toEqual({ ok: false, failure: { code: 'NOTHING_WAITS' } });
    await at.place(1, 2, 3);
    const total = { amountMinor: 3_006n, currency: 'EUR' };
    const first = { messageId: 'main-eur-20260615-000001', transfers: 3, total };
    expect(await write(at)).toEqual({
      ok: true,
      value: { ...first, executionDate: '2026-06-16' },
    });
    await at.place(1, 2, 3, 4);
    expect(await write(at)).toMatchObject({ value: { transfers: 1 } });
    expect(await write(at)).toMatchObject({ ok: false });
    expect(at.files.map(({ name }) => name)).toEqual([
      ...['main-eur-20260615-000001.xml', 'main-eur-20260615-000002.xml'],
    ]);
    expect(at.files.map(({ text }) => idsIn(text))).toEqual([idsOf(1, 2, 3), idsOf(4)]);
  });

  it('leaves out what was cancelled, and what the bank takes no more of', async () => {
    const few = { ...euro, maximumTransfers: 2 };
    const at = desk(few);
    await at.place(1, 2, 3, 4);
    const [providerOrder = ''] = idsOf(2);
    await at.provider.cancel({ reference: referenceOf(2), providerOrder });
    await write(at, few);
    await write(at, few);
    expect(at.files.map(({ text }) => idsIn(text))).toEqual([idsOf(1, 3), idsOf(4)]);
  });

  it('is the same, byte for byte, as long as nobody knows that it was handed out', async () => {
    const at = desk(euro);
    await at.place(1, 2);
    const broken = {
      put: async (file: Desk['files'][number]) => {
        at.files.push(file);
        throw new Crash();
      },
    };
    const dependencies = { ...at.dependencies, outlet: broken };
    const command = { debtor: euro, executionDate: day('2026-06-16') };
    await expect(writeBankFile(dependencies, command)).rejects.toThrow(Crash);
    await at.place(3);
    at.clock.advance(86_400_000);
    const again = await write(at, euro, '2026-06-20');
    expect(again).toMatchObject({ value: { transfers: 2, executionDate: '2026-06-16' } });
    expect(at.files).toHaveLength(2);
    expect(at.files[1]).toEqual(at.files[0]);
    await write(at);
    expect(at.files.map(({ text }) => idsIn(text)).at(-1)).toEqual(idsOf(3));
  });

  /** Closed, and handed out to nobody; what would have gone out. */
  async function closed(at: Desk): Promise<string> {
    let text = '';
    const put = (file: { readonly text: string }) => {
      text = file.text;
      return Promise.reject(new Crash());
    };
    const command = { debtor: euro, executionDate: day('2026-06-16') };
    const dies = { ...at.dependencies, outlet: { put } };
    await expect(writeBankFile(dies, command)).rejects.toThrow(Crash);
    return text;
  }

  it('goes out as it was, whatever has become of its account since', async () => {
    const at = desk(euro);
    await at.place(1);
    const text = await closed(at);
    const renamed = { ...euro, party: { ...euro.party, name: 'Another name' } };
    expect(await write(at, renamed)).toMatchObject({ ok: true });
    expect(at.files.map((file) => file.text)).toEqual([text]);
    await at.place(2);
    expect(await write(at, renamed)).toMatchObject({ ok: true });
    expect(at.files.at(-1)?.text).toContain('Another name');
  });

  it('does not go out again as another one', async () => {
    const at = desk(euro);
    await at.place(1);
    await closed(at);
    const digest = { ...systemDigest, sha256Hex: () => 'of another writer' };
    const other = { ...at, dependencies: { ...at.dependencies, digest } };
    expect(await write(other)).toEqual({
      ...{ ok: false, failure: { code: 'FILE_CHANGED', messageId: 'main-eur-20260615-000001' } },
    });
    expect(at.files).toEqual([]);
    expect(await write(at)).toMatchObject({ ok: true });
  });

  it('holds each transfer once, wherever the writer dies', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let nth = 1; ; nth += 1) {
        const at = desk(euro);
        await at.place(1, 2, 3);
        let calls = 0;
        const store = wrapped(at.dependencies.bankFiles, async (call) => {
          calls += 1;
          if (calls === nth && when === 'before') throw new Crash();
          const result = await call();
          if (calls === nth) throw new Crash();
          return result;
        });
        const inFile = at.dependencies.bankFiles.inFile;
        const dependencies = { ...at.dependencies, bankFiles: { ...store, inFile } };
        const command = { debtor: euro, executionDate: day('2026-06-16') };
        const died = await writeBankFile(dependencies, command).catch((error) => error);
        if (!(died instanceof Crash)) {
          expect(nth).toBeGreaterThan(5);
          break;
        }
        await at.place(4);
        await write(at);
        await write(at);
        const byName = new Map(at.files.map(({ name, text }) => [name, text]));
        for (const { name, text } of at.files) expect(text).toBe(byName.get(name));
        expect([...byName.values()].flatMap(idsIn).sort()).toEqual(idsOf(1, 2, 3, 4));
      }
    }
  });

  it('is one, however many write it at a time', async () => {
    const at = desk(euro);
    await at.place(1, 2, 3);
    await Promise.all([write(at), write(at), write(at)]);
    expect(new Set(at.files.map(({ name }) => name)).size).toBe(1);
    expect(new Set(at.files.map(({ text }) => text)).size).toBe(1);
    expect(idsIn(at.files[0]?.text ?? '')).toEqual(idsOf(1, 2, 3));
  });
});
