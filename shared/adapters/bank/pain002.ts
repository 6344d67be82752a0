import type * as z from 'zod/mini';
import {
  type StatusReport,
  standingOf,
  type ToldStatus,
  type TransactionReport,
} from '../../domain/payout/status-report.ts';
import { success } from '../../domain/result.ts';
import { type BankFileReading, largestBankFile, readBankXml } from './bank-xml.ts';
import { count, decimal, element, many, maybe, once, text } from './xml-shapes.ts';

/** Version 3 and later; version 2 had other names for all of it. */
const namespace = /pain\.002\.001\.(0[3-9]|[1-9]\d)$/;

const reason = element({
  Rsn: maybe(element({ Cd: maybe(text), Prtry: maybe(text) })),
  AddtlInf: many(text),
});

const transaction = element({
  OrgnlInstrId: maybe(text),
  OrgnlEndToEndId: maybe(text),
  TxSts: maybe(text),
  StsRsnInf: many(reason),
});

const payment = element({
  OrgnlPmtInfId: once(text),
  PmtInfSts: maybe(text),
  StsRsnInf: many(reason),
  TxInfAndSts: many(transaction),
});

const group = element({
  OrgnlMsgId: once(text),
  OrgnlMsgNmId: once(text),
  OrgnlNbOfTxs: maybe(count),
  OrgnlCtrlSum: maybe(decimal),
  GrpSts: maybe(text),
  StsRsnInf: many(reason),
});

const report = element({
  GrpHdr: once(element({ MsgId: once(text) })),
  OrgnlGrpInfAndSts: once(group),
  OrgnlPmtInfAndSts: many(payment),
});

const shape = element({ Document: once(element({ CstmrPmtStsRpt: once(report) })) });

/** Whether it answers a file that was sent is for the caller: see `checkReport`. */
export function readPain002(
  text: string,
  largest = largestBankFile,
): BankFileReading<StatusReport> {
  const read = readBankXml(text, { namespace, shape }, largest);
  if (!read.ok) return read;
  const {
    GrpHdr,
    OrgnlGrpInfAndSts: about,
    OrgnlPmtInfAndSts,
  } = read.value.value.Document.CstmrPmtStsRpt;
  return success({
    messageId: GrpHdr.MsgId,
    originalMessageId: about.OrgnlMsgId,
    originalMessageName: about.OrgnlMsgNmId,
    ...(about.OrgnlNbOfTxs !== undefined && { originalCount: about.OrgnlNbOfTxs }),
    ...(about.OrgnlCtrlSum && { originalSum: about.OrgnlCtrlSum }),
    ...statusOf(about.GrpSts, about.StsRsnInf),
    payments: OrgnlPmtInfAndSts.map((it) => ({
      paymentInformationId: it.OrgnlPmtInfId,
      ...statusOf(it.PmtInfSts, it.StsRsnInf),
      transactions: it.TxInfAndSts.map(transactionOf),
    })),
  });
}

function transactionOf(it: z.output<typeof transaction>): TransactionReport {
  return {
    ...(it.OrgnlEndToEndId && { endToEndId: it.OrgnlEndToEndId }),
    ...(it.OrgnlInstrId && { instructionId: it.OrgnlInstrId }),
    ...statusOf(it.TxSts, it.StsRsnInf),
  };
}

function statusOf(
  code: string | undefined,
  told: readonly z.output<typeof reason>[],
): { readonly status?: ToldStatus } {
  if (code === undefined) return {};
  const reasons = told.map(({ Rsn, AddtlInf }) => {
    const named = Rsn?.Cd ?? Rsn?.Prtry;
    return { ...(named && { code: named }), information: AddtlInf };
  });
  return { status: { code, standing: standingOf(code), reasons } };
}
