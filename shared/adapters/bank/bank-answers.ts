import { success } from '../../domain/result.ts';
import type { BankAnswerReader } from '../../ports/bank-file.ts';
import { readCamt053 } from './camt053.ts';
import { readPain002 } from './pain002.ts';

/** Status reports and statements, told apart by their namespaces; anything else is refused. */
export const bankAnswerReader: BankAnswerReader = {
  read(text) {
    const report = readPain002(text);
    if (report.ok) return success({ kind: 'report', report: report.value });
    if (report.failure.code !== 'NAMESPACE') return report;
    const statements = readCamt053(text);
    return statements.ok
      ? success({ kind: 'statements', statements: statements.value })
      : statements;
  },
};
