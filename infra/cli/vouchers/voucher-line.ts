import type { BoughtVoucher, LoadedVoucher } from '../../../shared/app/catalogue/load-vouchers.ts';
import { failure, type Result, success } from '../../../shared/domain/result.ts';
import { Secret } from '../../../shared/domain/secret.ts';
import { type LocalDate, parseLocalDate } from '../../../shared/domain/time.ts';

/** Why a line adds no code. */
export const rejectionSentences = {
  MALFORMED_CSV: 'A quote stands where none can, or is never closed.',
  RECORD_TOO_LONG: 'A line this long is no line of codes.',
  FIELD_COUNT: 'The line has more or fewer fields than the header.',
  CODE_MISSING: 'Every line has a code.',
  VALUE_TOO_LONG: 'The field is longer than any code, PIN or address.',
  INVALID_ENCODING: 'The field is not UTF-8.',
  INVALID_TEXT: 'The field holds a control character.',
  INVALID_DATE: 'The last day is a date such as 2027-12-31.',
  INVALID_WEBSITE: 'The website is an https address without a name or password in it.',
  CODE_EXPIRED: 'The code can be used until today at most: it is not loaded.',
  CODE_CONFLICT:
    'The code was loaded before with another PIN, website or last day, and stays as it was.',
} as const;
export type VoucherRejectionCode = keyof typeof rejectionSentences;

/** Of what became of a code, what its line is rejected for. */
export const rejectionOf: Readonly<Partial<Record<LoadedVoucher, VoucherRejection>>> = {
  expired: { code: 'CODE_EXPIRED', field: 'expiresOn' },
  conflict: { code: 'CODE_CONFLICT', field: 'code' },
};

/** Names a line's column, never what stands in it. */
export interface VoucherRejection {
  readonly code: VoucherRejectionCode;
  /** A column; empty for a whole record. */
  readonly field: string;
}

export const voucherColumns = ['code', 'pin', 'expiresOn', 'website'] as const;
type Column = (typeof voucherColumns)[number];

const longest: Readonly<Record<Column, number>> = {
  ...{ code: 256, pin: 64, expiresOn: 10, website: 512 },
};

/** Reads records of a file with this header; `expires` is the last day of those without one. */
export function voucherLineReader(settings: {
  readonly header: readonly string[];
  readonly expires?: LocalDate | undefined;
}): (fields: readonly string[]) => Result<BoughtVoucher, VoucherRejection> {
  const { header, expires } = settings;
  return (fields) => {
    if (fields.length !== header.length) return failure({ code: 'FIELD_COUNT', field: '' });
    const cell = (column: Column) => (fields[header.indexOf(column)] ?? '').trim();
    for (const field of voucherColumns) {
      const code = faultOf(field, cell(field));
      if (code !== undefined) return failure({ code, field });
    }
    const [pin, website] = [cell('pin'), cell('website')];
    const expiresOn = parseLocalDate(cell('expiresOn')) ?? expires;
    return success({
      code: new Secret(cell('code')),
      ...(pin !== '' && { pin: new Secret(pin) }),
      ...(website !== '' && { website: new Secret(website) }),
      ...(expiresOn !== undefined && { expiresOn }),
    });
  };
}

function faultOf(column: Column, text: string): VoucherRejectionCode | undefined {
  if (text === '') return column === 'code' ? 'CODE_MISSING' : undefined;
  if (text.includes('\uFFFD')) return 'INVALID_ENCODING';
  if (/\p{Cc}/u.test(text)) return 'INVALID_TEXT';
  if (column === 'expiresOn') {
    return parseLocalDate(text) === undefined ? 'INVALID_DATE' : undefined;
  }
  if (text.length > longest[column]) return 'VALUE_TOO_LONG';
  return column === 'website' && !isWebsite(text) ? 'INVALID_WEBSITE' : undefined;
}

function isWebsite(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'https:' && url.username === '' && url.password === '';
}
