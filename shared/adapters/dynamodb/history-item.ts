import * as z from 'zod/mini';
import type { EntryKey } from '../../domain/ledger/entry.ts';
import { InvariantError, invariant } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { HistoryRow } from '../../ports/stores.ts';
import { type Fields, type Image, parseImage, toImage } from './attributes.ts';
import { absentOrBefore, type Condition, itemAbsent } from './condition.ts';
import { decodeBody, encodeBody, entryBodyShape, entryKindSchema } from './entry-body.ts';
import { historyKey, openRedemptionKey, readMemberPartition } from './schema.ts';

/*
 * Attributes of a history row: those of the entry's body that a reader may ask for, its kind as
 * `ek` (readers of the stream pass items with `k`), ke the entry's key, ri redemption and rs its
 * state. A row of an open redemption has its turn as rt; a closed one keeps only rt, z and ttl, so
 * that a late replay cannot open it again.
 */

const rowSchema = z.object({
  ...entryBodyShape,
  pk: z.string(),
  ek: entryKindSchema,
  ke: z.string(),
  ri: z.optional(z.string()),
  rs: z.optional(z.enum(['open', 'captured', 'released', 'reopened'])),
});

/** Stream records are kept for 24 hours and retried no longer (aws-facts 1.20). */
const tombstoneLifeSeconds = 7 * 86_400;

function keyText(key: EntryKey): string {
  if (key.at === 'event') return `E#${key.hash}#${key.part}`;
  return `R#${key.redemption}#${key.part}`;
}

function readKeyText(text: string, program: string): EntryKey {
  const [at, id = '', ...rest] = text.split('#');
  const part = rest.join('#');
  if (at === 'R') return { at: 'redemption', redemption: id, part };
  const isEvent = at === 'E' && (part === '0' || part === 'A');
  if (!isEvent) throw new InvariantError('A history row names no entry.');
  return { at: 'event', program, hash: id, part };
}

function fieldsOf({ entry, redemption }: HistoryRow): Fields {
  const { metrics: _, newMembers: __, delivery: ___, ...shown } = entry;
  return {
    ...encodeBody(shown),
    ek: entry.kind,
    ke: keyText(entry.key),
    ri: redemption?.id,
    rs: redemption?.state,
  };
}

export function encodeHistoryRow(row: HistoryRow): Image {
  const key = historyKey(row, row.entry.occurredAt, keyText(row.entry.key));
  return toImage({ ...key, ...fieldsOf(row) });
}

function redemptionOf({ redemption }: HistoryRow): string {
  invariant(redemption !== undefined, 'The row of a redemption names it.');
  return redemption.id;
}

export function encodeOpenRow(row: HistoryRow, turn: number): Image {
  return toImage({ ...openRedemptionKey(row, redemptionOf(row)), ...fieldsOf(row), rt: turn });
}

export function encodeClosedRow(
  row: HistoryRow,
  { turn, at }: { readonly turn: number; readonly at: Instant },
): Image {
  const ttlEpochSeconds = Math.floor(at / 1000) + tombstoneLifeSeconds;
  const key = openRedemptionKey(row, redemptionOf(row));
  return toImage({ ...key, rt: turn, z: 1, ttl: ttlEpochSeconds });
}

/** The first turn begins a row; of later ones, the last stands. */
export function isNextTurn(turn: number): Condition {
  return turn === 0 ? itemAbsent : absentOrBefore('rt', turn);
}

export function isClosedRow(image: Image): boolean {
  return image.z !== undefined;
}

export function parseHistoryRow(image: Image): HistoryRow {
  const row = parseImage(rowSchema, image, 'history row');
  const owner = readMemberPartition(row.pk);
  if (owner === undefined) throw new InvariantError('A history row has a key of another kind.');
  const { program, member } = owner;
  const key = readKeyText(row.ke, program);
  const entry = decodeBody(row, { key, kind: row.ek, program });
  const { ri, rs } = row;
  const redemption =
    ri === undefined || rs === undefined ? {} : { redemption: { id: ri, state: rs } };
  return { program, member, entry, ...redemption };
}
