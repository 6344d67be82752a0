/** Why a line of the file, or every line of an order, makes no event. The codes are stable. */
export const rejectionSentences = {
  MALFORMED_CSV: 'A quote is not closed, or text follows a closing quote.',
  RECORD_TOO_LONG: 'The record is longer than 262,144 characters.',
  FIELD_COUNT: 'The record has more or fewer fields than the header.',
  INVALID_ENCODING: 'The text is not in the encoding that the mapping names.',
  VALUE_TOO_LONG: 'The value is longer than 128 characters.',
  ORDER_MISSING: 'The line names no order.',
  MEMBER_MISSING: 'The line names no member.',
  INVALID_DATE: 'The date does not exist, or is not in the format of the mapping.',
  INVALID_NUMBER: 'The value is not a decimal number.',
  EXCESS_PRECISION: 'The amount has more decimal places than its currency.',
  UNKNOWN_CURRENCY: 'The currency is not an ISO 4217 code that Guerdon supports.',
  SEVERAL_MEMBERS: 'The lines of the order name several members.',
  SEVERAL_CURRENCIES: 'The lines of the order are in several currencies.',
  SEVERAL_KINDS: 'Only some lines of the order are a cancellation.',
  SEVERAL_ORIGINALS: 'The lines of the cancellation name several originals.',
  ORDER_INCOMPLETE: 'Another line of the order could not be read, so its total is not known.',
  ORDER_TOO_LARGE: 'The order has more than 100,000 lines.',
  TOTAL_NOT_POSITIVE: "The order's total is not positive.",
  TOTAL_NOT_NEGATIVE: "The cancellation's total is not negative.",
  AMOUNT_UNSAFE: 'The total has more than 18 digits in minor units.',
} as const;

export type RejectionCode = keyof typeof rejectionSentences;

/**
 * `field` names a column of the file, or several with a space between; empty for a whole record.
 */
export interface Rejection {
  readonly code: RejectionCode;
  readonly field: string;
}

export function rejection(code: RejectionCode, field = ''): Rejection {
  return { code, field };
}
