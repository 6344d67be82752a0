import { formatInstant } from '../../domain/time.ts';
import type { BankTransfer } from '../../ports/bank-file.ts';
import { type ItemKey, part } from './schema.ts';

/*
 * | who asks    | what                            | operation     | pk           | sk       |
 * |-------------|---------------------------------|---------------|--------------|----------|
 * | dispatch    | a transfer, once for ever       | Get; Transact | BF#T#ref     | 0        |
 * | dispatch    | that it waits in the outbox     | Transact      | BF#O#debtor  | time#ref |
 * | write       | what waits, the oldest first    | Query         | BF#O#debtor  | all      |
 * | write       | files so far; under way; served | Get; Transact | BF#D#debtor  | 0        |
 * | write       | a file                          | Get; Transact | BF#F#message | 0        |
 * | write       | that a transfer is in it        | Transact      | BF#F#message | T#ref    |
 * | write, read | what is in it                   | Query         | BF#F#message | T#       |
 * | read        | facts of a transfer, by version | Transact      | BF#T#ref     | 0        |
 * | read        | an answer that was read         | Get; Put      | BF#A#answer  | 0        |
 *
 * No program is called BF. Account numbers lie sealed in the transfers, and nowhere else.
 */

const only = '0';

export function transferKey(reference: string): ItemKey {
  return { pk: `BF#T#${part(reference)}`, sk: only };
}

export function outboxPartition(debtor: string): string {
  return `BF#O#${part(debtor)}`;
}

export function outboxKey({ askedAt, debtor, reference }: BankTransfer): ItemKey {
  return { pk: outboxPartition(debtor), sk: `${formatInstant(askedAt)}#${part(reference)}` };
}

export function debtorKey(debtor: string): ItemKey {
  return { pk: `BF#D#${part(debtor)}`, sk: only };
}

export function filePartition(messageId: string): string {
  return `BF#F#${part(messageId)}`;
}

export function fileKey(messageId: string): ItemKey {
  return { pk: filePartition(messageId), sk: only };
}

export const memberPrefix = 'T#';

export function fileMemberKey(messageId: string, reference: string): ItemKey {
  return { pk: filePartition(messageId), sk: memberPrefix + part(reference) };
}

export function answerKey(answer: string): ItemKey {
  return { pk: `BF#A#${part(answer)}`, sk: only };
}
