import type { RefusalCode } from '../../../shared/domain/refusal.ts';

/** An example that is asked otherwise, and what comes of it. */
export interface Refused {
  readonly of: string;
  readonly code: RefusalCode;
  readonly field?: string;
  /** In place of fields of the example's body; `undefined` takes one away. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly path?: Readonly<Record<string, string>>;
  /** The key that the example was sent under; without it, one that was never used. */
  readonly sameKey?: true;
}

/** Rows for an example of which one field is each of these. */
export function each(
  of: string,
  code: RefusalCode,
  field: string,
  values: readonly unknown[],
): Refused[] {
  return values.map((value) => ({ of, code, field, body: { [field]: value } }));
}

/** What is no amount, whoever wrote it. */
export const noAmounts = [
  ...[-1, 0, 1.5, 2 ** 53, 1e300, true, ['5'], { value: 5 }],
  ...['', '01', '-5', '1.0', '1e3', 'ten', ' 5', '0', '1'.repeat(19)],
];

export const noEmails = [
  ...['ann', 'ann@', '@example.com', 'a b@example.com', 'ann@example', 'ann@exam_ple.com'],
  ...['ann@example.com\r\nBcc: x@example.com', `${'a'.repeat(250)}@b.com`, 'ánn@example.com', 5],
];
export const noCountries = ['gb', 'GBR', 'G', 'XX', 'ZZ', 5];
export const noCurrencies = ['XXX', 'gbp', 'GBPP', 5];
export const noLanguages = ['english', 'EN', 'xx', 5];
