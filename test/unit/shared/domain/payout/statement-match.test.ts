import { describe, expect, it } from 'vitest';
import type {
  BankEntry,
  EntryTransaction,
} from '../../../../../shared/domain/payout/bank-statement.ts';
import {
  linesOf,
  type SentTransfer,
  SentTransfers,
  type StatementLine,
} from '../../../../../shared/domain/payout/statement-match.ts';
import type { LocalDate } from '../../../../../shared/domain/time.ts';

function sent(number: number, amountMinor: bigint, more: Partial<SentTransfer> = {}): SentTransfer {
  return {
    payoutId: `p-${number}`,
    endToEndId: `e${number}`,
    fileId: 'RUN-7',
    amount: { amountMinor, currency: 'EUR' },
    executionDate: '2026-04-14' as LocalDate,
    ...more,
  };
}

function transactionOf(more: Partial<EntryTransaction>): EntryTransaction {
  return { debtor: {}, creditor: {}, remittance: [], ...more };
}

function entryOf(amountMinor: bigint, more: Partial<BankEntry> = {}): BankEntry {
  const bookedOn = '2026-04-15' as LocalDate;
  return { amountMinor, isReversal: false, bookedOn, transactions: [], ...more };
}

function lineOf(entry: BankEntry): StatementLine {
  const [line] = linesOf(entry, 'EUR');
  if (line === undefined) throw new Error('An entry has a line.');
  return line;
}

const three = [sent(1, 1000n), sent(2, 2000n), sent(3, 2000n)];
const all = new SentTransfers(three);

describe('what a line of a statement is about', () => {
  it('is the transfer of its end-to-end id, in any case of letters', () => {
    const transactions = [transactionOf({ endToEndId: ' E1 ', instructionId: 'e2' })];
    expect(all.match(lineOf(entryOf(-1000n, { transactions })))).toEqual({
      ...{ kind: 'transfer', by: 'END_TO_END_ID', differenceMinor: 0n },
      sent: three[0],
    });
  });

  it('is the transfer of its instruction, if there is no end-to-end id or one of others', () => {
    for (const endToEndId of [undefined, 'theirs']) {
      const ids = endToEndId === undefined ? {} : { endToEndId };
      const transactions = [transactionOf({ ...ids, instructionId: 'e2' })];
      expect(all.match(lineOf(entryOf(-2000n, { transactions })))).toMatchObject({
        ...{ by: 'INSTRUCTION_ID', sent: { payoutId: 'p-2' } },
      });
    }
  });

  it('is the only transfer of its amount in its file', () => {
    const transactions = [transactionOf({ paymentInformationId: 'RUN-7' })];
    const only = all.match(lineOf(entryOf(-1000n, { transactions })));
    expect(only).toMatchObject({ by: 'FILE', sent: { payoutId: 'p-1' }, differenceMinor: 0n });
    const unclear = all.match(lineOf(entryOf(-2000n, { transactions })));
    expect(unclear).toMatchObject({ kind: 'candidates' });
  });

  it('is a whole file, with what its sum lacks', () => {
    const batch = { paymentInformationId: 'RUN-7', transactions: 3 };
    const whole = all.match(lineOf(entryOf(-5000n, { batch })));
    expect(whole).toEqual({ kind: 'file', sent: three, differenceMinor: 0n });
    const part = all.match(lineOf(entryOf(-4000n, { batch })));
    expect(part).toMatchObject({ kind: 'file', differenceMinor: -1000n });
    const byMessage = all.match(lineOf(entryOf(-5000n, { batch: { messageId: 'RUN-7' } })));
    expect(byMessage).toMatchObject({ kind: 'file' });
    const other = entryOf(-5000n, { batch: { paymentInformationId: 'RUN-8' } });
    expect(all.match(lineOf(other))).toEqual({ kind: 'none' });
  });

  it("is the transfer of the bank's own reference", () => {
    const known = new SentTransfers([sent(1, 1000n, { servicerReference: 'B1' }), sent(2, 1n)]);
    const line = lineOf(entryOf(-1000n, { servicerReference: 'B1' }));
    expect(known.match(line)).toMatchObject({ by: 'SERVICER_REFERENCE' });
    const unknown = lineOf(entryOf(-7n, { servicerReference: 'B2' }));
    expect(known.match(unknown)).toEqual({ kind: 'none' });
  });

  it('is for a person to say if only the amount fits, sent by that day, newest first', () => {
    const days = ['2026-04-13', '2026-04-15', '2026-04-16'].map((day, at) => {
      return sent(at, 1000n, { executionDate: day as LocalDate });
    });
    const match = new SentTransfers(days).match(lineOf(entryOf(-1000n)));
    expect(match).toEqual({ kind: 'candidates', sent: [days[1], days[0]] });
  });

  it('differs by what another bank kept, and says nothing of other currencies', () => {
    const kept = [transactionOf({ endToEndId: 'e1' })];
    const back = lineOf(entryOf(900n, { transactions: kept }));
    expect(back.direction).toBe('in');
    expect(all.match(back)).toMatchObject({ differenceMinor: -100n });
    const amount = { amountMinor: 1000n, currency: 'USD' };
    const foreign = [transactionOf({ endToEndId: 'e1', amount })];
    const match = all.match(lineOf(entryOf(900n, { transactions: foreign })));
    expect(match).not.toHaveProperty('differenceMinor');
  });
});

describe('the lines of an entry', () => {
  it('are its transactions, each with its own amount', () => {
    const amount = { amountMinor: -400n, currency: 'EUR' };
    const transactions = [transactionOf({ amount }), transactionOf({})];
    const lines = linesOf(entryOf(-1000n, { transactions }), 'EUR');
    expect(lines.map((line) => line.amount?.amountMinor)).toEqual([400n, undefined]);
    expect(lines.map((line) => line.direction)).toEqual(['out', 'out']);
  });
});
