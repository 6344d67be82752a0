import { type BankStatement, statementKey } from '../../domain/payout/bank-statement.ts';
import { success } from '../../domain/result.ts';
import {
  type BankFileReading,
  type BankXml,
  largestBankFile,
  readBankXml,
  type XmlPath,
} from './bank-xml.ts';
import { entryOf, isBooked, signed } from './camt053-entry.ts';
import {
  camt053Namespace,
  camt053Shape,
  type RawBalance,
  type RawMessage,
  type RawStatement,
} from './camt053-shape.ts';

type FaultAt = BankXml<unknown>['faultAt'];

/**
 * The statements of a file, each of which adds up: opening balance and booked entries make the
 * closing balance, all in the account's currency. One that does not refuses the whole file.
 */
export function readCamt053(
  text: string,
  largest = largestBankFile,
): BankFileReading<readonly BankStatement[]> {
  const kind = { namespace: camt053Namespace, shape: camt053Shape };
  const read = readBankXml(text, kind, largest);
  if (!read.ok) return read;
  const { value, faultAt } = read.value;
  const message = value.Document.BkToCstmrStmt;
  const statements = new Map<string, BankStatement>();
  for (const [at, raw] of message.Stmt.entries()) {
    const path = ['Document', 0, 'BkToCstmrStmt', 0, 'Stmt', at];
    const statement = statementOf(message, raw, path, faultAt);
    if (!statement.ok) return statement;
    const key = statementKey(statement.value);
    if (statements.has(key)) return faultAt('DUPLICATE', [...path, 'Id']);
    statements.set(key, statement.value);
  }
  return success([...statements.values()]);
}

function statementOf(
  message: RawMessage,
  raw: RawStatement,
  path: XmlPath,
  faultAt: FaultAt,
): BankFileReading<BankStatement> {
  const account = raw.Acct.Id.IBAN ?? raw.Acct.Id.Othr?.Id;
  if (account === undefined) return faultAt('STRUCTURE', [...path, 'Acct', 0, 'Id']);
  const [opening, closing] = balancesOf(raw.Bal);
  if (opening === undefined || closing === undefined) {
    return faultAt('BALANCE_MISSING', [...path, 'Bal']);
  }
  const currency = raw.Acct.Ccy ?? opening.Amt.currency;
  if (opening.Amt.currency !== currency || closing.Amt.currency !== currency) {
    return faultAt('CURRENCY', [...path, 'Bal']);
  }
  const stray = raw.Ntry.findIndex((it) => isBooked(it) && it.Amt.currency !== currency);
  if (stray >= 0) return faultAt('CURRENCY', [...path, 'Ntry', stray, 'Amt']);
  const entries = raw.Ntry.filter(isBooked).map(entryOf);
  const openingMinor = signed(opening.Amt, opening.CdtDbtInd).amountMinor;
  const closingMinor = signed(closing.Amt, closing.CdtDbtInd).amountMinor;
  const reached = entries.reduce((sum, { amountMinor }) => sum + amountMinor, openingMinor);
  if (reached !== closingMinor) return faultAt('BALANCE', [...path, 'Bal']);
  const page = raw.StmtPgntn?.PgNb ?? message.GrpHdr.MsgPgntn?.PgNb;
  return success({
    messageId: message.GrpHdr.MsgId,
    id: raw.Id,
    ...(raw.ElctrncSeqNb && { sequenceNumber: raw.ElctrncSeqNb }),
    ...(page && { page }),
    ...{ account, currency, openingMinor, closingMinor, entries },
    unbooked: raw.Ntry.length - entries.length,
  });
}

/**
 * Booked at opening and closing; a statement of many pages has interim balances between them, the
 * first of a page where it begins and the last where it ends.
 */
function balancesOf(balances: readonly RawBalance[]): [RawBalance?, RawBalance?] {
  const ofCode = (code: string) => balances.filter(({ Tp }) => Tp.CdOrPrtry.Cd === code);
  const interim = ofCode('ITBD');
  const opening = ofCode('OPBD')[0] ?? ofCode('PRCD')[0] ?? interim[0];
  return [opening, ofCode('CLBD')[0] ?? interim.at(-1)] as [RawBalance?, RawBalance?];
}
