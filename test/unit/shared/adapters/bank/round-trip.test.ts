import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCamt053 } from '../../../../../shared/adapters/bank/camt053.ts';
import { readPain002 } from '../../../../../shared/adapters/bank/pain002.ts';
import {
  payoutIdOf,
  type TransferFile,
} from '../../../../../shared/domain/payout/credit-transfer.ts';
import { writePain001 } from '../../../../../shared/domain/payout/pain001.ts';
import { linesOf, SentTransfers } from '../../../../../shared/domain/payout/statement-match.ts';
import { checkReport, statusLookup } from '../../../../../shared/domain/payout/status-report.ts';
import {
  type BankAct,
  camt053Of,
  pain002Of,
  type StatementStyle,
  takenIn,
} from '../../../../providers/fake/bank-simulator.ts';
import { euroFile, transferOf } from '../../../../support/bank-files.ts';

const seed = 53_002;

const anyAct: fc.Arbitrary<BankAct> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'paid' as const }) },
  fc.record({ kind: fc.constant('rejected' as const), reason: fc.constantFrom('AC01', 'RC01') }),
  fc.record(
    {
      kind: fc.constant('returned' as const),
      reason: fc.constantFrom('AC04', 'AM05', 'MS03'),
      keptMinor: fc.bigInt({ min: 0n, max: 5n }),
    },
    { requiredKeys: ['kind', 'reason'] },
  ),
);
const anyPayment = fc.record({ amountMinor: fc.bigInt({ min: 10n, max: 900_000n }), act: anyAct });
const anyStyle: fc.Arbitrary<StatementStyle> = fc.record(
  { version: fc.constantFrom('02' as const, '08' as const), batch: fc.constant('told' as const) },
  { requiredKeys: ['version'] },
);

interface Exchanged {
  readonly file: TransferFile;
  readonly acts: ReadonlyMap<string, BankAct>;
  readonly report: string;
  readonly statement: string;
}

/** Sends a file to the bank of the tests, which does with each payment as it is told. */
function exchanged(
  payments: readonly { readonly amountMinor: bigint; readonly act: BankAct }[],
  style: StatementStyle,
): Exchanged {
  const transfers = payments.map(({ amountMinor }, at) => transferOf(at + 1, amountMinor));
  const file = euroFile(transfers);
  const xml = writePain001(file);
  if (!xml.ok) throw new Error(JSON.stringify(xml.failure));
  const taken = takenIn(xml.value);
  const acts = new Map(taken.payments.map((it, at) => [it.endToEndId, payments[at]?.act ?? paid]));
  const [report, statement] = [pain002Of(taken, acts), camt053Of(taken, acts, style)];
  return { file, acts, report, statement };
}

const paid: BankAct = { kind: 'paid' };

function sentOf({ transfers, messageId, executionDate }: TransferFile): SentTransfers {
  return new SentTransfers(
    transfers.map(({ payoutId, amount }) => ({
      ...{ payoutId, amount, executionDate, fileId: messageId },
      endToEndId: payoutId.replaceAll('-', ''),
    })),
  );
}

/** What a statement says of each payout: how often paid, how often back, and how much less. */
function bookedBy(statement: string, file: TransferFile) {
  const read = readCamt053(statement);
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  const sent = sentOf(file);
  const lines = read.value.flatMap(({ entries, currency }) => {
    return entries.flatMap((entry) => linesOf(entry, currency));
  });
  return lines.map((line) => ({ line, match: sent.match(line) }));
}

describe('a file that goes to a bank and comes back', () => {
  it(`books each payout as the bank has done with it (seed ${seed})`, () => {
    const anyPayments = fc.array(anyPayment, { minLength: 1, maxLength: 25 });
    const property = fc.property(anyPayments, anyStyle, (payments, style) => {
      const { file, acts, report, statement } = exchanged(payments, style);
      const told = readPain002(report);
      if (!told.ok) throw new Error(JSON.stringify(told.failure));
      const amountMinor = payments.reduce((sum, it) => sum + it.amountMinor, 0n);
      const total = { amountMinor, currency: 'EUR' };
      const about = { messageId: file.messageId, transfers: payments.length, total };
      expect(checkReport(told.value, about)).toBeUndefined();
      const heard = new Map(file.transfers.map(({ payoutId }) => [payoutId, [] as string[]]));
      for (const { line, match } of bookedBy(statement, file)) {
        if (match.kind !== 'transfer') throw new Error(`A line is ${match.kind}.`);
        const kept = -(match.differenceMinor ?? 0n);
        const reason = line.transaction?.returned?.reason ?? '';
        heard.get(match.sent.payoutId)?.push([line.direction, kept, reason].join(' '));
      }
      const statusOf = statusLookup(told.value);
      for (const [endToEndId, act] of acts) {
        const payoutId = payoutIdOf(endToEndId) ?? '';
        const standing = statusOf(endToEndId)?.standing;
        const isRejected = act.kind === 'rejected';
        expect(standing === 'rejected', endToEndId).toBe(isRejected);
        const out = isRejected ? [] : ['out 0 '];
        const back = act.kind === 'returned' ? [`in ${act.keptMinor ?? 0n} ${act.reason}`] : [];
        expect(heard.get(payoutId)).toEqual([...out, ...back]);
      }
    });
    fc.assert(property, { seed, numRuns: 120 });
  });

  it('books a batch that tells no more than its sum', () => {
    const payments = [1000n, 2000n, 3000n].map((amountMinor) => ({ amountMinor, act: paid }));
    const { file, statement } = exchanged(payments, { version: '08', batch: 'untold' });
    const [booked, ...more] = bookedBy(statement, file);
    expect(more).toEqual([]);
    expect(booked?.match).toMatchObject({ kind: 'file', differenceMinor: 0n });
    expect(booked?.match.kind === 'file' && booked.match.sent).toHaveLength(3);
  });

  it('is not booked from a statement of which a cent is missing', () => {
    const payments = [{ amountMinor: 1000n, act: paid }];
    const { statement } = exchanged(payments, { version: '08' });
    const changed = readCamt053(statement.replaceAll('>10.00<', '>9.99<'));
    expect(changed).toMatchObject({ ok: false, failure: { code: 'BALANCE' } });
  });

  it('is answered for another file', () => {
    const payments = [{ amountMinor: 1000n, act: paid }];
    const { report } = exchanged(payments, { version: '08' });
    const told = readPain002(report.replace('<OrgnlMsgId>RUN-7', '<OrgnlMsgId>RUN-8'));
    if (!told.ok) throw new Error(JSON.stringify(told.failure));
    const total = { amountMinor: 1000n, currency: 'EUR' };
    const sent = { messageId: 'RUN-7/EUR', transfers: 1, total };
    expect(checkReport(told.value, sent)).toBe('OTHER_FILE');
  });
});
