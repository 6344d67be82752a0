export interface EntryText {
  readonly amount: string;
  readonly direction: 'CRDT' | 'DBIT';
  /** What stands in `NtryDtls`. */
  readonly details: string;
  readonly status?: string;
  /** Elements between the direction and the status. */
  readonly extra?: string;
}

export interface StatementText {
  readonly opening: string;
  readonly closing: string;
  readonly closingDirection?: 'CRDT' | 'DBIT';
  readonly entries: readonly EntryText[];
}

/** A camt.053.001.08 of one statement in euro, as a bank lays one out. */
export function statementOf(statement: StatementText): string {
  const { opening, closing, closingDirection = 'CRDT', entries } = statement;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
<BkToCstmrStmt>
<GrpHdr><MsgId>MSG-1</MsgId><CreDtTm>2026-04-14T20:00:00</CreDtTm></GrpHdr>
<Stmt>
<Id>STMT-1</Id><ElctrncSeqNb>0104</ElctrncSeqNb>
<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
${balance('OPBD', opening, 'CRDT')}
${balance('CLBD', closing, closingDirection)}
${entries.map(entryText).join('\n')}
</Stmt>
</BkToCstmrStmt>
</Document>
`;
}

function balance(code: string, amount: string, direction: string): string {
  const type = `<Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>`;
  const money = `<Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>`;
  return `<Bal>${type}${money}<Dt><Dt>2026-04-14</Dt></Dt></Bal>`;
}

function entryText({ amount, direction, details, status, extra }: EntryText): string {
  const money = `<Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>`;
  const booked = `${extra ?? ''}<Sts><Cd>${status ?? 'BOOK'}</Cd></Sts>`;
  const days = `<BookgDt><Dt>2026-04-14</Dt></BookgDt>
<ValDt><DtTm>2026-04-14T00:00:00+02:00</DtTm></ValDt>`;
  return `<Ntry>${money}${booked}${days}<NtryDtls>${details}</NtryDtls></Ntry>`;
}
