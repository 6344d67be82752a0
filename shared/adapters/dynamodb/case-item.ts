import * as z from 'zod/mini';
import type { CaseRow } from '../../ports/ledger.ts';
import { type Fields, type Image, instantField, parseImage, toImage } from './attributes.ts';
import { caseKey, readProgramOfCase } from './schema.ts';

/*
 * Attributes of a case: w what for, su its subject, o opened at (epoch ms). One of a follow-up
 * holds what waited too.
 */

const caseSchema = z.object({ pk: z.string(), w: z.string(), su: z.string(), o: instantField });

export function encodeCase(opened: CaseRow, more: Fields = {}): Image {
  const { subject, reason, openedAt } = opened;
  return toImage({ ...more, ...caseKey(opened), w: reason, su: subject, o: openedAt });
}

export function parseCase(image: Image): CaseRow {
  const { pk, w, su, o } = parseImage(caseSchema, image, 'case');
  return { program: readProgramOfCase(pk), subject: su, reason: w, openedAt: o };
}
