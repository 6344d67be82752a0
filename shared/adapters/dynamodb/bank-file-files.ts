import * as z from 'zod/mini';
import { invariant } from '../../domain/result.ts';
import { type LocalDate, parseLocalDate } from '../../domain/time.ts';
import type { BankFile, BankFileStore, BankTransfer, WrittenFile } from '../../ports/bank-file.ts';
import { parseImage, toImage, wholeNumber } from './attributes.ts';
import { encodeFile, encodeTransfer, parseFile } from './bank-file-item.ts';
import { debtorKey, fileKey, fileMemberKey, outboxKey } from './bank-file-keys.ts';
import {
  absentOrBefore,
  allOf,
  amountIs,
  attributeAbsent,
  isExactly,
  itemAbsent,
  itemPresent,
} from './condition.ts';
import { getItem } from './item-read.ts';
import { metered, type Table } from './table.ts';
import { maximumActions, Transaction } from './transact.ts';

/** Three actions for each transfer, and one for its file. */
const transfersAtOnce = Math.floor((maximumActions - 1) / 3);

const nothing = { add: new Map(), set: new Map(), remove: [] };
const localDate = z.string().check(z.refine((text) => parseLocalDate(text) !== undefined));
const debtorSchema = z.object({
  ...{ n: z.optional(wholeNumber), f: z.optional(z.string()), w: z.optional(localDate) },
});

/** Of an account: `n` files so far, `f` the one that is not handed out, `w` served on. */
async function readDebtor(table: Table, debtor: string) {
  const image = await getItem(table, debtorKey(debtor));
  const { f, n, w } = parseImage(debtorSchema, image ?? {}, 'account of bank files');
  return { sequence: n ?? 0, open: f, servedOn: w as LocalDate | undefined };
}

export async function servedOn(table: Table, debtor: string): Promise<LocalDate | undefined> {
  return (await readDebtor(table, debtor)).servedOn;
}

export async function markServed(table: Table, debtor: string, day: LocalDate): Promise<void> {
  const transaction = new Transaction(table).update('account', debtorKey(debtor), {
    changes: { ...nothing, set: new Map([['w', day]]) },
    condition: absentOrBefore('w', day),
  });
  await committed(table, transaction);
}

export async function readFile(table: Table, messageId: string): Promise<BankFile | undefined> {
  const image = await getItem(table, fileKey(messageId));
  return image && parseFile(image);
}

export async function openFile(table: Table, debtor: string): Promise<BankFile | undefined> {
  const { open } = await readDebtor(table, debtor);
  return open === undefined ? undefined : readFile(table, open);
}

/** One transaction counts the account's files on and puts the new one: no two have one number. */
export async function beginFile(
  table: Table,
  { currency, debtor }: Parameters<BankFileStore['beginFile']>[0],
  messageIdOf: (sequence: number) => string,
): Promise<BankFile> {
  for (;;) {
    const { open, sequence } = await readDebtor(table, debtor);
    const standing = open === undefined ? undefined : await readFile(table, open);
    if (standing !== undefined) return standing;
    const messageId = messageIdOf(sequence + 1);
    const total = { amountMinor: 0n, currency };
    const file: BankFile = { messageId, debtor, state: 'filling', transfers: 0, total };
    const transaction = new Transaction(table)
      .update('account', debtorKey(debtor), {
        changes: { ...nothing, add: new Map([['n', 1n]]), set: new Map([['f', messageId]]) },
        condition: allOf([amountIs('n', BigInt(sequence)), attributeAbsent('f')]),
      })
      .put('file', encodeFile(file), itemAbsent);
    const outcome = await committed(table, transaction);
    if (outcome.kind === 'committed') return file;
    invariant(outcome.refused.has('account'), 'The id of a new file was used before.');
  }
}

/** Batch by batch, each whole: what is counted in the file is what lies in it. */
export async function fillFile(
  table: Table,
  read: BankFile,
  transfers: readonly BankTransfer[],
): Promise<BankFile | 'lost'> {
  let file: BankFile | 'lost' = read;
  for (let from = 0; from < transfers.length && file !== 'lost'; from += transfersAtOnce) {
    file = await fillBatch(table, file, transfers.slice(from, from + transfersAtOnce));
  }
  return file;
}

async function fillBatch(
  table: Table,
  file: BankFile,
  transfers: readonly BankTransfer[],
): Promise<BankFile | 'lost'> {
  const { messageId, total } = file;
  for (let left = transfers; left.length > 0; ) {
    const sum = left.reduce((amount, it) => amount + it.amount.amountMinor, 0n);
    const transaction = new Transaction(table).update('file', fileKey(messageId), {
      changes: {
        ...nothing,
        add: new Map([
          ['n', BigInt(left.length)],
          ['a', sum],
        ]),
      },
      condition: isStillFilling(file),
    });
    for (const transfer of left) takeInto(transaction, messageId, transfer);
    const outcome = await committed(table, transaction, left.length);
    if (outcome.kind === 'committed') {
      const amountMinor = total.amountMinor + sum;
      const filled = file.transfers + left.length;
      return { ...file, transfers: filled, total: { ...total, amountMinor } };
    }
    if (outcome.refused.has('file')) return 'lost';
    const before = left.length;
    left = left.filter(({ reference }) => !outcome.refused.has(reference));
    invariant(left.length < before, 'A transfer that waits lies in the outbox.');
  }
  return file;
}

function takeInto(transaction: Transaction, messageId: string, transfer: BankTransfer): void {
  const { facts, reference, version } = transfer;
  const next = { ...transfer, facts: { ...facts, file: messageId }, version: version + 1 };
  transaction.put(reference, encodeTransfer(next), isExactly('v', BigInt(version)));
  transaction.delete(`waiting ${reference}`, outboxKey(transfer), itemPresent);
  const member = toImage({ ...fileMemberKey(messageId, reference), i: reference });
  transaction.putAlways(`in file ${reference}`, member);
}

function isStillFilling({ transfers }: BankFile) {
  return allOf([isExactly('st', 'filling'), isExactly('n', BigInt(transfers))]);
}

export async function closeFile(
  table: Table,
  read: BankFile,
  written: WrittenFile,
): Promise<'done' | 'lost'> {
  const item = encodeFile({ ...read, state: 'written', written });
  const transaction = new Transaction(table).put('file', item, isStillFilling(read));
  return (await committed(table, transaction)).kind === 'committed' ? 'done' : 'lost';
}

/** Nothing is refused that was done before. */
export async function handedOut(table: Table, { debtor, messageId }: BankFile): Promise<void> {
  const transaction = new Transaction(table)
    .update('file', fileKey(messageId), {
      changes: { ...nothing, set: new Map([['st', 'handedOut']]) },
      condition: isExactly('st', 'written'),
    })
    .update('account', debtorKey(debtor), {
      changes: { ...nothing, remove: ['f'] },
      condition: isExactly('f', messageId),
    });
  if ((await committed(table, transaction)).kind === 'committed') return;
  const file = await readFile(table, messageId);
  invariant(file?.state === 'handedOut', 'A file is written first.');
}

function committed(table: Table, transaction: Transaction, count = 0) {
  return metered(table, { operation: 'audit', count }, (bill) => transaction.commit(bill));
}
