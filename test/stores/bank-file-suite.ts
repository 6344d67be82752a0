import { beforeEach, expect, it } from 'vitest';
import { instantOf, type LocalDate } from '../../shared/domain/time.ts';
import type { BankFile, BankFileStore, BankTransfer } from '../../shared/ports/bank-file.ts';

const account = { debtor: 'main-eur', currency: 'EUR' };
const written = {
  ...{ createdAt: instantOf(5_000), executionDate: '2026-11-24' as LocalDate, digest: 'd1' },
  sealedAccount: 'sealed account',
};

const referenceOf = (number: number) =>
  `11111111-2222-8333-8444-5555555${String(number).padStart(3, '0')}01`;

const transferOf = (number: number, change: Partial<BankTransfer> = {}): BankTransfer => ({
  ...{ reference: referenceOf(number), debtor: 'main-eur', sealed: `sealed ${number}` },
  amount: { amountMinor: BigInt(1_000 + number), currency: 'EUR' },
  ...{ askedAt: instantOf(1_000 + number), facts: {}, version: 1 },
  ...change,
});

interface Desk {
  readonly store: BankFileStore;
  waiting(): Promise<readonly BankTransfer[]>;
  /** A file of everything that waits. */
  filled(): Promise<BankFile>;
  inFile(messageId: string): Promise<readonly string[]>;
}

function deskOf(store: BankFileStore): Desk {
  const waiting = () => store.waiting('main-eur', 1_000);
  return {
    ...{ store, waiting },
    async filled() {
      const begun = await store.beginFile(account, (sequence) => `main-eur-${sequence}`);
      const filled = await store.fill(begun, await waiting());
      if (filled === 'lost') throw new Error('Somebody else fills the file.');
      return filled;
    },
    async inFile(messageId) {
      const references: string[] = [];
      for await (const { reference } of store.inFile(messageId)) references.push(reference);
      return references;
    },
  };
}

/** What every store of bank files has to keep to. */
export function bankFileSuite(open: () => Promise<BankFileStore>): void {
  let desk: Desk;
  beforeEach(async () => {
    desk = deskOf(await open());
  });
  for (const cases of [outboxCases, fillCases, fileCases, factCases]) cases(() => desk);
}

function outboxCases(desk: () => Desk): void {
  it('puts a reference once for ever, whatever comes under it later', async () => {
    const { store, waiting } = desk();
    const first = transferOf(1);
    expect(await store.put(first)).toEqual(first);
    const other = transferOf(1, { sealed: 'other', amount: { amountMinor: 9n, currency: 'GBP' } });
    expect(await store.put(other)).toEqual(first);
    expect(await store.transfer(first.reference)).toEqual(first);
    expect(await waiting()).toEqual([first]);
    expect(await store.transfer(referenceOf(2))).toBeUndefined();
  });

  it('has the oldest first, of one account, and no more than are asked for', async () => {
    const { store, waiting } = desk();
    for (const number of [3, 1, 2]) await store.put(transferOf(number));
    await store.put(transferOf(4, { debtor: 'main-gbp' }));
    expect((await waiting()).map(({ reference }) => reference)).toEqual([1, 2, 3].map(referenceOf));
    expect(await store.waiting('main-eur', 2)).toHaveLength(2);
  });

  it('cancels what waits, and nothing that has been changed since', async () => {
    const { store, waiting, filled } = desk();
    const [one, two] = [await store.put(transferOf(1)), await store.put(transferOf(2))];
    expect(await store.cancel(one, instantOf(7))).toBe('done');
    expect(await store.cancel(one, instantOf(8))).toBe('lost');
    expect(await store.transfer(one.reference)).toMatchObject({ facts: { cancelledAt: 7 } });
    expect(await waiting()).toEqual([two]);
    await filled();
    expect(await store.cancel(two, instantOf(9))).toBe('lost');
    expect(await store.put(transferOf(1))).toMatchObject({ facts: { cancelledAt: 7 } });
    expect(await waiting()).toEqual([]);
  });
}

function fillCases(desk: () => Desk): void {
  it('takes into a file what waits, and leaves out what was cancelled meanwhile', async () => {
    const { store, waiting, inFile } = desk();
    for (let number = 1; number <= 70; number += 1) await store.put(transferOf(number));
    const seen = await waiting();
    const gone = seen[40];
    if (gone === undefined) throw new Error('There are 70.');
    await store.cancel(gone, instantOf(7));
    const file = await store.beginFile(account, (sequence) => `main-eur-${sequence}`);
    const filled = await store.fill(file, seen);
    const left = seen.filter((it) => it !== gone);
    const amountMinor = left.reduce((sum, { amount }) => sum + amount.amountMinor, 0n);
    const total = { amountMinor, currency: 'EUR' };
    expect(filled).toEqual({ ...file, transfers: 69, total });
    expect(await store.file('main-eur-1')).toEqual(filled);
    expect(await inFile('main-eur-1')).toEqual(left.map(({ reference }) => reference).sort());
    expect(await waiting()).toEqual([]);
    expect(await store.fill(file, left)).toBe('lost');
  });

  it('puts a transfer into one file, however many fill it at a time', async () => {
    const { store, waiting, inFile } = desk();
    for (let number = 1; number <= 12; number += 1) await store.put(transferOf(number));
    const seen = await waiting();
    const messageIdOf = (sequence: number) => `main-eur-${sequence}`;
    const begun = await Promise.all([1, 2, 3, 4].map(() => store.beginFile(account, messageIdOf)));
    expect(new Set(begun.map(({ messageId }) => messageId))).toEqual(new Set(['main-eur-1']));
    const outcomes = await Promise.all(begun.map((file) => store.fill(file, seen)));
    expect(outcomes.filter((it) => it !== 'lost')).toHaveLength(1);
    expect(await inFile('main-eur-1')).toHaveLength(12);
    expect((await store.file('main-eur-1'))?.transfers).toBe(12);
  });
}

function fileCases(desk: () => Desk): void {
  it('closes a file as it was counted, once, and takes nothing into it any more', async () => {
    const { store, filled, waiting } = desk();
    await store.put(transferOf(1));
    const file = await filled();
    expect(await store.closeFile({ ...file, transfers: 2 }, written)).toBe('lost');
    expect(await store.closeFile(file, written)).toBe('done');
    expect(await store.closeFile(file, { ...written, digest: 'd2' })).toBe('lost');
    expect(await store.openFile('main-eur')).toEqual({ ...file, state: 'written', written });
    await store.put(transferOf(2));
    expect(await store.fill(file, await waiting())).toBe('lost');
    expect(await waiting()).toHaveLength(1);
  });

  it('begins the next file of an account once the one before was handed out', async () => {
    const { store, filled } = desk();
    await store.put(transferOf(1));
    const file = await filled();
    await expect(store.handedOut(file)).rejects.toThrow('written first');
    await store.closeFile(file, written);
    const begin = () => store.beginFile(account, (sequence) => `main-eur-${sequence}`);
    expect((await begin()).messageId).toBe('main-eur-1');
    await store.handedOut(file);
    expect(await store.openFile('main-eur')).toBeUndefined();
    const next = await begin();
    expect(next).toMatchObject({ messageId: 'main-eur-2', state: 'filling', transfers: 0 });
    await store.handedOut(file);
    expect(await store.openFile('main-eur')).toEqual(next);
    expect((await store.file('main-eur-1'))?.state).toBe('handedOut');
    const other = { debtor: 'main-gbp', currency: 'GBP' };
    const ofOther = await store.beginFile(other, (sequence) => `main-gbp-${sequence}`);
    expect(ofOther.messageId).toBe('main-gbp-1');
    expect(await store.file('none')).toBeUndefined();
  });
}

function factCases(desk: () => Desk): void {
  it('keeps every fact, on condition of the version that was read', async () => {
    const { store, filled } = desk();
    await store.put(transferOf(1));
    await filled();
    const read = await store.transfer(referenceOf(1));
    if (read === undefined) throw new Error('It was put.');
    const facts = {
      ...{ ...read.facts, isAccepted: true as const, bookedBy: 'b/1' },
      rejected: { by: 'r', reason: 'ACCOUNT_CLOSED' },
      returned: { by: 't/2', reason: 'NOT_TOLD' },
    };
    expect(await store.putFacts(read, facts)).toBe('done');
    expect(await store.putFacts(read, {})).toBe('lost');
    const next = await store.transfer(referenceOf(1));
    expect(next).toEqual({ ...read, facts, version: read.version + 1 });
  });

  it('remembers answers', async () => {
    const { store } = desk();
    const answer = { key: 'a', digest: 'd1' };
    expect(await store.knowsAnswer(answer)).toBe('unread');
    await store.rememberAnswer(answer, instantOf(1));
    await store.rememberAnswer(answer, instantOf(2));
    expect(await store.knowsAnswer(answer)).toBe('read');
    expect(await store.knowsAnswer({ key: 'a', digest: 'd2' })).toBe('changed');
    expect(await store.knowsAnswer({ key: 'b', digest: 'd1' })).toBe('unread');
  });

  it('keeps the last day on which an account was served, beside its files', async () => {
    const { store, filled } = desk();
    const [first, last] = ['2026-11-23' as LocalDate, '2026-11-24' as LocalDate];
    expect(await store.servedOn('main-eur')).toBeUndefined();
    for (const day of [first, last, first, last]) await store.markServed('main-eur', day);
    expect(await store.servedOn('main-eur')).toBe(last);
    expect(await store.servedOn('main-gbp')).toBeUndefined();
    await store.put(transferOf(1));
    expect((await filled()).messageId).toBe('main-eur-1');
    expect(await store.servedOn('main-eur')).toBe(last);
    expect((await store.openFile('main-eur'))?.transfers).toBe(1);
  });
}
