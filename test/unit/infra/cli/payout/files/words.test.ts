import { expect, it } from 'vitest';
import { filesInWords, hasFindings } from '../../../../../../infra/cli/payout/files/words.ts';
import type { PayoutFilesSummary } from '../../../../../../shared/contracts/payout-files.ts';

const nothing: PayoutFilesSummary = {
  ...{ written: [], unwritten: [], read: [], refused: [], lists: [], failed: [] },
};
const none = { accepted: 0, rejected: 0, booked: 0, returned: 0, unmatched: 0, unbooked: 0 };

it('says where each file lies, and what was in it', () => {
  const summary: PayoutFilesSummary = {
    ...nothing,
    written: [
      {
        ...{
          account: 'main-eur',
          file: 'main-eur-1.xml',
          transfers: 2,
          executionDate: '2026-03-04',
        },
        total: { amountMinor: '123450', currency: 'EUR' },
      },
    ],
    read: [
      { file: 'a.xml', kind: 'report', ...none, rejected: 1, conflicts: [] },
      { file: 'b.xml', kind: 'statements', again: true, ...none, conflicts: [] },
      {
        ...{ file: 'c.xml', kind: 'statements', ...none, booked: 3, unmatched: 2 },
        conflicts: [{ reference: 'r-1', reason: 'BANK_BOOKED_TWICE' }],
      },
    ],
    lists: [{ list: 'watch', names: 7 }],
  };
  expect(filesInWords('state', summary)).toEqual([
    'state/files/bank/outgoing/main-eur-1.xml: ' +
      '2 transfers, €1,234.50 in all, to be paid on 2026-03-04.',
    'a.xml: status report, 1 rejected.',
    'b.xml: was read before, and changed nothing.',
    'c.xml: statement, 3 booked, 2 of no transfer of ours.',
    '  r-1: BANK_BOOKED_TWICE, a case is open.',
    'watch has 7 names from now on.',
  ]);
  expect(hasFindings(summary)).toBe(false);
  expect(filesInWords('state', nothing)).toHaveLength(1);
});

it('says what stands in the way, and what to do', () => {
  const refused: PayoutFilesSummary = {
    ...nothing,
    refused: [
      {
        folder: 'bank/incoming',
        file: 'x',
        code: 'STRUCTURE',
        path: 'Document',
        line: 3,
        advice: 'Ask.',
      },
      { folder: 'sanctions/incoming', file: 'y', code: 'FILE_NAME', advice: 'Call.', stays: true },
    ],
    unwritten: [{ account: 'main-gbp', code: 'UNKNOWN_ACCOUNT', advice: 'Name one.' }],
    failed: [{ what: 'main-eur' }],
  };
  expect(filesInWords('state', refused)).toEqual([
    'main-gbp: not written, UNKNOWN_ACCOUNT. Name one.',
    'state/files/bank/refused/x: refused, STRUCTURE at Document, line 3. Ask.',
    'state/files/sanctions/incoming/y: refused, FILE_NAME. Call.',
    'main-eur: broke off; give the command again.',
  ]);
  expect(hasFindings(refused)).toBe(true);
});

it('takes an account that nothing waits for as no fault', () => {
  const unwritten = [{ account: 'main-eur', code: 'NOTHING_WAITS', advice: 'Nothing.' }];
  expect(hasFindings({ ...nothing, unwritten })).toBe(false);
  expect(filesInWords('s', { ...nothing, unwritten })).toEqual(['main-eur: no transfer waits.']);
});
