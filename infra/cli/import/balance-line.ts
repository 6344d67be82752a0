import { parseLocalDate } from '../../../shared/domain/time.ts';

/** Why a line of opening balances, or every line of a member, makes no command. */
export type BalanceRejectionCode =
  | 'MALFORMED_CSV'
  | 'RECORD_TOO_LONG'
  | 'FIELD_COUNT'
  | 'MEMBER_MISSING'
  | 'VALUE_TOO_LONG'
  | 'INVALID_ENCODING'
  | 'INVALID_MEMBER'
  | 'UNKNOWN_UNIT'
  | 'INVALID_POINTS'
  | 'INVALID_DATE'
  | 'LOT_EXPIRED'
  /** Another line of the member is rejected, so that the balance is not known whole. */
  | 'BALANCE_INCOMPLETE'
  /** A line that names no member could be anybody's: no balance is known whole. */
  | 'FILE_INCOMPLETE';

export interface BalanceRejection {
  readonly code: BalanceRejectionCode;
  /** A column; empty for a whole record. */
  readonly field: string;
}

export interface BalanceLine {
  readonly unit: string;
  /** Zero makes no lot. */
  readonly points: number;
  /** `YYYY-MM-DD`; without it the program's own expiry decides. */
  readonly expiresOn?: string;
}

export type ReadBalanceLine =
  | { readonly member: string; readonly line: BalanceLine }
  /** Without a member, the line could be anybody's. */
  | { readonly member?: string; readonly rejection: BalanceRejection };

export const requiredColumns = ['member', 'unit', 'points'] as const;
export const expiryColumn = 'expiresOn';

const maxValueLength = 128;
/** Above it a lot is refused. */
const maxPoints = 1_000_000_000;

interface LineRules {
  readonly header: readonly string[];
  readonly units: readonly string[];
  /** `YYYY-MM-DD`: what expires on this day, or before, is not worth bringing. */
  readonly openedOn: string;
}

/** Reads records of a file whose header is known. */
export function balanceLineReader(
  rules: LineRules,
): (fields: readonly string[]) => ReadBalanceLine {
  const { header } = rules;
  return (fields) => {
    if (fields.length !== header.length) return { rejection: rejected('FIELD_COUNT') };
    const cell = (column: string) => (fields[header.indexOf(column)] ?? '').trim();
    const member = cell('member');
    if (member === '') return { rejection: rejected('MEMBER_MISSING', 'member') };
    const rejection = textFault(cell) ?? valueFault(cell, rules);
    if (rejection !== undefined) return { member, rejection };
    const expiresOn = cell(expiryColumn);
    const dated = expiresOn === '' ? {} : { expiresOn };
    return { member, line: { unit: cell('unit'), points: Number(cell('points')), ...dated } };
  };
}

type Cell = (column: string) => string;

function textFault(cell: Cell): BalanceRejection | undefined {
  for (const column of [...requiredColumns, expiryColumn]) {
    const text = cell(column);
    if (text.length > maxValueLength) return rejected('VALUE_TOO_LONG', column);
    if (text.includes('\uFFFD')) return rejected('INVALID_ENCODING', column);
  }
  return undefined;
}

function valueFault(cell: Cell, { units, openedOn }: LineRules): BalanceRejection | undefined {
  // References that begin with @ are Guerdon's own.
  if (cell('member').startsWith('@')) return rejected('INVALID_MEMBER', 'member');
  if (!units.includes(cell('unit'))) return rejected('UNKNOWN_UNIT', 'unit');
  const points = cell('points');
  if (!/^\d{1,10}$/.test(points) || Number(points) > maxPoints) {
    return rejected('INVALID_POINTS', 'points');
  }
  const expiresOn = cell(expiryColumn);
  if (expiresOn === '') return undefined;
  if (parseLocalDate(expiresOn) === undefined || expiresOn >= '2100') {
    return rejected('INVALID_DATE', expiryColumn);
  }
  return expiresOn > openedOn ? undefined : rejected('LOT_EXPIRED', expiryColumn);
}

export function rejected(code: BalanceRejectionCode, field = ''): BalanceRejection {
  return { code, field };
}
