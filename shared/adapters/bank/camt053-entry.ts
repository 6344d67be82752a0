import type { Money } from '../../domain/money/money.ts';
import type {
  BankEntry,
  EntryBatch,
  EntryParty,
  EntryTransaction,
} from '../../domain/payout/bank-statement.ts';
import { negative } from '../providers/wire-money.ts';
import type { RawEntry, RawTransaction } from './camt053-shape.ts';

type Direction = RawEntry['CdtDbtInd'];

/** What banks write when there is none. */
const notProvided = 'NOTPROVIDED';

export function isBooked({ Sts }: RawEntry): boolean {
  if (typeof Sts === 'string') return Sts === 'BOOK';
  return 'Cd' in Sts && Sts.Cd === 'BOOK';
}

/** Above zero what came in. A reversal is not turned round: `CdtDbtInd` has its own direction. */
export function signed(amount: Money, direction: Direction): Money {
  return direction === 'DBIT' ? negative(amount) : amount;
}

export function entryOf(raw: RawEntry): BankEntry {
  const batch = raw.NtryDtls.map(({ Btch }) => Btch).find((it) => it !== undefined);
  const transactions = raw.NtryDtls.flatMap(({ TxDtls }) => TxDtls);
  return {
    ...(raw.NtryRef && { reference: raw.NtryRef }),
    amountMinor: signed(raw.Amt, raw.CdtDbtInd).amountMinor,
    isReversal: raw.RvslInd ?? false,
    ...(raw.BookgDt && { bookedOn: raw.BookgDt }),
    ...(raw.ValDt && { valuedOn: raw.ValDt }),
    ...(raw.AcctSvcrRef && { servicerReference: raw.AcctSvcrRef }),
    ...(raw.AddtlNtryInf && { information: raw.AddtlNtryInf }),
    ...(batch && { batch: batchOf(batch) }),
    transactions: transactions.map((it) => transactionOf(it, raw.CdtDbtInd)),
  };
}

function batchOf(raw: {
  readonly MsgId?: string | undefined;
  readonly PmtInfId?: string | undefined;
  readonly NbOfTxs?: number | undefined;
}): EntryBatch {
  return {
    ...(raw.MsgId && { messageId: raw.MsgId }),
    ...(raw.PmtInfId && { paymentInformationId: raw.PmtInfId }),
    ...(raw.NbOfTxs !== undefined && { transactions: raw.NbOfTxs }),
  };
}

function transactionOf(raw: RawTransaction, ofEntry: Direction): EntryTransaction {
  const { Refs, RltdPties, RltdAgts, RtrInf } = raw;
  const amount = raw.Amt ?? raw.AmtDtls?.TxAmt?.Amt ?? raw.AmtDtls?.InstdAmt?.Amt;
  const [paymentInformationId, instructionId] = [given(Refs?.PmtInfId), given(Refs?.InstrId)];
  const [endToEndId, servicerReference] = [given(Refs?.EndToEndId), given(Refs?.AcctSvcrRef)];
  return {
    ...(paymentInformationId && { paymentInformationId }),
    ...(instructionId && { instructionId }),
    ...(endToEndId && { endToEndId }),
    ...(servicerReference && { servicerReference }),
    ...(amount && { amount: signed(amount, raw.CdtDbtInd ?? ofEntry) }),
    debtor: partyOf(RltdPties?.Dbtr, RltdPties?.DbtrAcct, RltdAgts?.DbtrAgt),
    creditor: partyOf(RltdPties?.Cdtr, RltdPties?.CdtrAcct, RltdAgts?.CdtrAgt),
    remittance: raw.RmtInf?.Ustrd ?? [],
    ...(RtrInf && { returned: returnOf(RtrInf) }),
  };
}

function returnOf({ Rsn, AddtlInf }: NonNullable<RawTransaction['RtrInf']>) {
  const reason = Rsn?.Cd ?? Rsn?.Prtry;
  return { ...(reason && { reason }), information: AddtlInf };
}

function partyOf(name?: string, iban?: string, bic?: string): EntryParty {
  return { ...(name && { name }), ...(iban && { iban }), ...(bic && { bic }) };
}

function given(id: string | undefined): string | undefined {
  return id === notProvided || id === '' ? undefined : id;
}
