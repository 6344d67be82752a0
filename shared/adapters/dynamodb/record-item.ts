import * as z from 'zod/mini';
import type { RecordWrite } from '../../domain/member/decision.ts';
import { type RecordKind, recordKinds, type StoredRecord } from '../../domain/member/snapshot.ts';
import { invariant } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import { nextRecordVersion } from '../record-version.ts';
import { type Image, parseImage, toImage, wholeNumber } from './attributes.ts';
import { isExactly, itemAbsent } from './condition.ts';
import {
  type ItemKey,
  memberPartition,
  readRecordId,
  recordPrefix,
  recordSortKey,
} from './schema.ts';
import type { Transaction } from './transact.ts';

/*
 * Attributes of a member's record: n version, j its value as JSON. The sort key names kind and id.
 */

const recordSchema = z.object({
  sk: z.string().check(z.startsWith(recordPrefix)),
  n: wholeNumber,
  j: z.string(),
});
const kindSchema = z.enum(recordKinds);

export function parseRecord(image: Image): StoredRecord {
  const { sk, n, j } = parseImage(recordSchema, image, 'record');
  const kind = z.parse(kindSchema, sk.split('#')[1]);
  return { kind, id: readRecordId(sk), version: n, value: JSON.parse(j) };
}

function recordItemKey(
  program: string,
  { member, kind, id }: { readonly member: string; readonly kind: RecordKind; readonly id: string },
): ItemKey {
  return { pk: memberPartition({ program, member }), sk: recordSortKey(kind, id) };
}

/** Adds the write to a transaction, on condition of the version that was read. */
export function writeRecord(
  transaction: Transaction,
  { program, postedAt }: { readonly program: string; readonly postedAt: Instant },
  write: RecordWrite,
): void {
  const key = recordItemKey(program, write);
  const name = `record ${key.pk} ${key.sk}`;
  const { version, next } = write;
  const condition = version === undefined ? itemAbsent : isExactly('n', version);
  if (next === undefined) {
    invariant(version !== undefined, 'Only a record that was read can be removed.');
    transaction.delete(name, key, condition);
    return;
  }
  const n = nextRecordVersion(version, postedAt);
  transaction.put(name, toImage({ ...key, n, j: JSON.stringify(next) }), condition);
}
