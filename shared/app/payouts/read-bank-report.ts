import { reasonOf } from '../../domain/payout/bank-reason.ts';
import { endToEndId } from '../../domain/payout/credit-transfer.ts';
import {
  checkReport,
  type StatusReport,
  statusLookup,
  type ToldStatus,
} from '../../domain/payout/status-report.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { BankAnswerDependencies, BankAnswerFault, BankAnswerReading } from './bank-answer.ts';
import { hearBank, type TransferWord } from './hear-bank.ts';
import { saidIn } from './said-in.ts';

const header = 'Document/CstmrPmtStsRpt/OrgnlGrpInfAndSts';
const places = {
  OTHER_FILE: `${header}/OrgnlMsgId`,
  COUNT: `${header}/OrgnlNbOfTxs`,
  CONTROL_SUM: `${header}/OrgnlCtrlSum`,
} as const;

/** What a bank says of a file that it was sent: pain.002. */
export async function readBankReport(
  dependencies: BankAnswerDependencies,
  report: StatusReport,
): Promise<Result<BankAnswerReading, BankAnswerFault>> {
  const { bankFiles, clock, digest } = dependencies;
  const file = await bankFiles.file(report.originalMessageId);
  if (file === undefined || file.state === 'filling') return refused('OTHER_FILE');
  const fault = checkReport(report, file);
  if (fault !== undefined) return refused(fault);
  const references: string[] = [];
  for await (const { reference } of bankFiles.inFile(file.messageId)) references.push(reference);
  const stray = strayIn(report, new Set(references.map(endToEndId)));
  if (stray !== undefined) return failure({ code: 'OTHER_FILE', path: stray });
  const by = digest.sha256Short(JSON.stringify(['pain.002', report.messageId, file.messageId]));
  const answer = { key: by, digest: digest.sha256Hex(saidIn(report)) };
  const known = await bankFiles.knowsAnswer(answer);
  if (known !== 'unread') {
    const code = known === 'read' ? 'ALREADY_READ' : 'ANSWER_CHANGED';
    return failure({ code, path: 'Document/CstmrPmtStsRpt/GrpHdr/MsgId' });
  }
  const heard = await hearBank(dependencies, wordsOf(report, references, by));
  await bankFiles.rememberAnswer(answer, clock.now());
  return success({ kind: 'report', ...heard, unmatched: 0, unbooked: 0 });
}

function refused(code: keyof typeof places) {
  return failure({ code, path: places[code] });
}

/** Where it speaks of payments that were not in the file. */
function strayIn(
  { originalMessageId, originalMessageName, payments }: StatusReport,
  inFile: ReadonlySet<string>,
): string | undefined {
  if (!originalMessageName.startsWith('pain.001')) return `${header}/OrgnlMsgNmId`;
  const payment = 'Document/CstmrPmtStsRpt/OrgnlPmtInfAndSts';
  for (const { paymentInformationId, transactions } of payments) {
    if (paymentInformationId !== originalMessageId) return `${payment}/OrgnlPmtInfId`;
    for (const { endToEndId: id, instructionId } of transactions) {
      const named = id ?? instructionId;
      if (named === undefined || !inFile.has(named.trim().toLowerCase())) {
        return `${payment}/TxInfAndSts/OrgnlEndToEndId`;
      }
    }
  }
  return undefined;
}

function* wordsOf(
  report: StatusReport,
  references: readonly string[],
  by: string,
): Generator<TransferWord> {
  const statusOf = statusLookup(report);
  for (const reference of references) {
    const status = statusOf(endToEndId(reference));
    if (status?.standing === 'rejected') {
      yield { reference, word: { kind: 'rejected', by, reason: reasonIn(status) } };
    } else if (status?.standing === 'accepted' || status?.standing === 'settled') {
      yield { reference, word: { kind: 'accepted', by } };
    }
  }
}

function reasonIn({ reasons }: ToldStatus): string {
  return reasonOf(reasons.find(({ code }) => code !== undefined)?.code);
}
