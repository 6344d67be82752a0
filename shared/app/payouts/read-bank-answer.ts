import { failure, type Result, success } from '../../domain/result.ts';
import type { BankAnswerDependencies, BankAnswerFault, BankAnswerReading } from './bank-answer.ts';
import { readBankReport } from './read-bank-report.ts';
import { readBankStatements } from './read-bank-statements.ts';

/**
 * Reads a bank's answer to a file, or its statements. It is refused as a whole where it is not one,
 * not about a file or an account of ours, or does not agree with what was sent; and once it was
 * read to its end. Where it breaks off, it is read again from its beginning.
 */
export async function readBankAnswer(
  dependencies: BankAnswerDependencies,
  text: string,
): Promise<Result<BankAnswerReading, BankAnswerFault>> {
  const { answers, logger } = dependencies;
  const read = answers.read(text);
  if (!read.ok) return failure(read.failure);
  const { value } = read;
  const result =
    value.kind === 'report'
      ? await readBankReport(dependencies, value.report)
      : await readBankStatements(dependencies, value.statements);
  if (!result.ok) return result;
  const { accepted, booked, conflicts, kind, rejected, returned } = result.value;
  const count = accepted + rejected + booked + returned;
  logger.info('BANK_ANSWER_READ', { kind, count, booked, cases: conflicts.length });
  return success(result.value);
}
