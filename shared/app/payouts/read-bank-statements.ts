import { type BankStatement, statementKey } from '../../domain/payout/bank-statement.ts';
import { type DebtorAccount, statedAccount } from '../../domain/payout/debtor-account.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { ReadAnswer } from '../../ports/bank-file.ts';
import type { BankAnswerDependencies, BankAnswerFault, BankAnswerReading } from './bank-answer.ts';
import { type HeardCounts, hearBank, openCaseOf } from './hear-bank.ts';
import { type MatchedStatement, matchStatement } from './match-statement.ts';
import { saidIn } from './said-in.ts';

/** What has been booked on accounts of ours: camt.053. */
export async function readBankStatements(
  dependencies: BankAnswerDependencies,
  statements: readonly BankStatement[],
): Promise<Result<BankAnswerReading, BankAnswerFault>> {
  const { bankFiles, clock, digest } = dependencies;
  const matched: MatchedStatement[] = [];
  const unread: ReadAnswer[] = [];
  let known = 0;
  for (const [at, statement] of statements.entries()) {
    const path = `Document/BkToCstmrStmt/Stmt[${at + 1}]`;
    const debtor = debtorOf(dependencies, statement);
    if (debtor === undefined) return failure({ code: 'OTHER_ACCOUNT', path: `${path}/Acct` });
    const by = digest.sha256Short(statementKey(statement));
    // The message that it came in has an id of its own each time.
    const answer = { key: by, digest: digest.sha256Hex(saidIn({ ...statement, messageId: '' })) };
    const state = await bankFiles.knowsAnswer(answer);
    if (state === 'changed') return failure({ code: 'ANSWER_CHANGED', path: `${path}/Id` });
    if (state === 'read') {
      known += 1;
      continue;
    }
    unread.push(answer);
    const match = await matchStatement(bankFiles, { statement, debtor, by });
    if (!match.ok) return failure({ code: 'BATCH_TOTAL', path: `${path}/${match.failure}` });
    matched.push(match.value);
  }
  if (known === statements.length) {
    return failure({ code: 'ALREADY_READ', path: 'Document/BkToCstmrStmt/Stmt/Id' });
  }
  const heard: HeardCounts[] = [];
  for (const { differences, words } of matched) {
    heard.push(await hearBank(dependencies, words));
    for (const difference of differences) await openCaseOf(dependencies, difference);
    heard.push({ ...none, conflicts: differences });
  }
  for (const answer of unread) await bankFiles.rememberAnswer(answer, clock.now());
  return success(readingOf(heard, matched));
}

const none = { accepted: 0, rejected: 0, booked: 0, returned: 0 };

function debtorOf(
  { debtors }: BankAnswerDependencies,
  { account, currency }: BankStatement,
): DebtorAccount | undefined {
  const named = account.replaceAll(' ', '').toUpperCase();
  return debtors.find((debtor) => {
    return debtor.currency === currency && statedAccount(debtor).toUpperCase() === named;
  });
}

function readingOf(
  heard: readonly HeardCounts[],
  matched: readonly MatchedStatement[],
): BankAnswerReading {
  const sum = <Item>(items: readonly Item[], countOf: (item: Item) => number) =>
    items.reduce((count, item) => count + countOf(item), 0);
  return {
    kind: 'statements',
    ...{ accepted: 0, rejected: 0 },
    booked: sum(heard, ({ booked }) => booked),
    returned: sum(heard, ({ returned }) => returned),
    unmatched: sum(matched, ({ unmatched }) => unmatched),
    unbooked: sum(matched, ({ unbooked }) => unbooked),
    conflicts: heard.flatMap(({ conflicts }) => conflicts),
  };
}
