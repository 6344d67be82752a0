/** What somebody can do, by the code of what stands in the way. */
const advices: Readonly<Record<string, string>> = {
  TOO_LARGE: 'Have it sent in parts of at most 32 MB.',
  FILE_NAME: 'Give it a name of letters, digits, dots and dashes, at most 200 characters.',
  NOT_UTF8: 'Have it sent as UTF-8.',
  ACTIVE_CONTENT: 'Ask the bank for the file without document types and entities.',
  MALFORMED: 'Ask the bank to send it again: it was cut or changed on the way.',
  NAMESPACE: 'Ask for pain.002 from version 3 and camt.053 from version 2; others are not read.',
  STRUCTURE:
    'Ask the bank about the element: it is missing, there twice, or not what belongs there.',
  AMOUNT: 'Ask the bank about the element: its amount is none of its currency.',
  CURRENCY: 'Ask the bank about the element: its currency is not that of the account.',
  DATE: 'Ask the bank about the element: its date does not exist.',
  BALANCE_MISSING: 'Ask for statements with their opening and closing balance.',
  BALANCE: 'Ask for the statement again: its entries do not make its closing balance.',
  DUPLICATE: 'Ask for the file again: it has one statement twice.',
  OTHER_FILE: 'Look whether it came to the right place: it answers no file of ours.',
  COUNT: 'Compare it with the file that it answers: it tells another number of transfers.',
  CONTROL_SUM: 'Compare it with the file that it answers: it tells another sum.',
  OTHER_ACCOUNT: 'Look whether it came to the right place, or add the account to the secret.',
  BATCH_TOTAL:
    'Put it back once the report about the same file has been read, or ask the bank for an entry ' +
    'with its single transfers.',
  ANSWER_CHANGED:
    'Ask the bank what is right: it has used an id again for other content. Compare the file ' +
    'with the one in bank/read; a correction needs an id of its own.',
  LIST_CHANGED: 'Look whether the list is the right one: others load it too. Else put it back.',
  LIST_NAME: 'Call it LIST.txt, with the name that programs give as `payouts.sanctionsList`.',
  LIST_EMPTY: 'Put at least one name into it; the list as it was still counts.',
  NAME_TOO_LONG: 'Look at the line: names are one a line, at most 1000 bytes.',
  NAME_NOT_UTF8: 'Save the list as UTF-8.',
  NAME_WITHOUT_LETTERS: 'Look at the line: it has no letter and no digit.',
  NOTHING_WAITS: 'Nothing: no transfer of the account waits.',
  UNKNOWN_ACCOUNT: 'Name one of the accounts in the secret.',
  EXECUTION_DATE: 'Name today or a later day.',
  FILE_CHANGED: 'Follow the runbook, "A file of the bank that cannot be handed out".',
};

export function adviceFor(code: string): string {
  return advices[code] ?? 'Follow the runbook, "A file of the bank that cannot be handed out".';
}
