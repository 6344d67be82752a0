import * as z from 'zod/mini';
import { type LocalDate, parseLocalDate } from '../../domain/time.ts';
import type { BankFile, BankTransfer } from '../../ports/bank-file.ts';
import { type Image, instantField, parseImage, toImage, wholeNumber } from './attributes.ts';
import { fileKey, transferKey } from './bank-file-keys.ts';

/*
 * Attributes of a transfer: i reference, d debtor, a amount, c currency, s sealed, o asked at, v
 * version; f file, x cancelled at, ok accepted, rb and rr who rejected it and why, b booked by, tb
 * and tr who returned it and why. Of a file: i message id, d debtor, c currency, st state, n
 * transfers, a their sum; o created at, e execution date, h digest, s sealed account.
 */

const optionalText = z.optional(z.string());

const transferSchema = z.object({
  ...{ i: z.string(), d: z.string(), a: z.bigint(), c: z.string(), s: z.string() },
  ...{ o: instantField, v: wholeNumber, f: optionalText, x: z.optional(instantField) },
  ...{ ok: z.optional(wholeNumber), rb: optionalText, rr: optionalText, b: optionalText },
  ...{ tb: optionalText, tr: optionalText },
});

export function encodeTransfer(transfer: BankTransfer): Image {
  const { amount, askedAt, debtor, facts, reference, sealed, version } = transfer;
  const { bookedBy, cancelledAt, file, isAccepted, rejected, returned } = facts;
  return toImage({
    ...transferKey(reference),
    ...{ i: reference, d: debtor, a: amount.amountMinor, c: amount.currency, s: sealed },
    ...{ o: askedAt, v: version, f: file, x: cancelledAt, ok: isAccepted && 1 },
    ...{ rb: rejected?.by, rr: rejected?.reason, b: bookedBy },
    ...{ tb: returned?.by, tr: returned?.reason },
  });
}

export function parseTransfer(image: Image): BankTransfer {
  const it = parseImage(transferSchema, image, 'bank transfer');
  const rejected = toldFact(it.rb, it.rr);
  const returned = toldFact(it.tb, it.tr);
  return {
    ...{ reference: it.i, debtor: it.d, amount: { amountMinor: it.a, currency: it.c } },
    ...{ sealed: it.s, askedAt: it.o, version: it.v },
    facts: {
      ...(it.f !== undefined && { file: it.f }),
      ...(it.x !== undefined && { cancelledAt: it.x }),
      ...(it.ok !== undefined && { isAccepted: true }),
      ...(rejected && { rejected }),
      ...(it.b !== undefined && { bookedBy: it.b }),
      ...(returned && { returned }),
    },
  };
}

function toldFact(by: string | undefined, reason: string | undefined) {
  return by === undefined || reason === undefined ? undefined : { by, reason };
}

const localDate = z.string().check(z.refine((text) => parseLocalDate(text) !== undefined));

const fileSchema = z.object({
  ...{ i: z.string(), d: z.string(), c: z.string(), n: wholeNumber, a: z.bigint() },
  st: z.enum(['filling', 'written', 'handedOut']),
  ...{ o: z.optional(instantField), e: z.optional(localDate), h: optionalText, s: optionalText },
});

export function encodeFile(file: BankFile): Image {
  const { debtor, messageId, state, total, transfers, written } = file;
  return toImage({
    ...fileKey(messageId),
    ...{ i: messageId, d: debtor, c: total.currency, st: state },
    ...{ n: transfers, a: total.amountMinor },
    ...{ o: written?.createdAt, e: written?.executionDate, h: written?.digest },
    s: written?.sealedAccount,
  });
}

export function parseFile(image: Image): BankFile {
  const { i, d, c, n, a, st, o, e, h, s } = parseImage(fileSchema, image, 'bank file');
  const file = { messageId: i, debtor: d, state: st, transfers: n };
  const total = { amountMinor: a, currency: c };
  if (o === undefined || e === undefined || h === undefined || s === undefined) {
    return { ...file, total };
  }
  const head = { createdAt: o, executionDate: e as LocalDate };
  return { ...file, total, written: { ...head, digest: h, sealedAccount: s } };
}
