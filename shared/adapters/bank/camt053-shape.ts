import * as z from 'zod/mini';
import { count, day, element, many, maybe, money, moneyIfKnown, once, text } from './xml-shapes.ts';

/** In the wild there are versions 2, 4, 6, 8 and 13; what differs is read in either form. */
export const camt053Namespace = /camt\.053\.001\.(0[2-9]|[1-9]\d)$/;

const direction = z.enum(['CRDT', 'DBIT']);
const truth = z.pipe(
  text.check(z.regex(/^(true|false|1|0)$/)),
  z.transform((written) => written === 'true' || written === '1'),
);

/** A text until version 2, then a code, or a name of the bank's own. */
const status = z.union([text, element({ Cd: once(text) }), element({ Prtry: once(text) })]);

/** `Pty` stands between since version 8. */
const nameOf = element({ Nm: maybe(text) });
const party = z.pipe(
  element({ Nm: maybe(text), Pty: maybe(nameOf) }),
  z.transform(({ Nm, Pty }) => Nm ?? Pty?.Nm),
);
/** `BIC` until version 2. */
const agent = z.pipe(
  element({ FinInstnId: maybe(element({ BIC: maybe(text), BICFI: maybe(text) })) }),
  z.transform(({ FinInstnId }) => FinInstnId?.BICFI ?? FinInstnId?.BIC),
);
const partyAccount = z.pipe(
  element({ Id: maybe(element({ IBAN: maybe(text) })) }),
  z.transform(({ Id }) => Id?.IBAN),
);

const otherAmount = element({ Amt: maybe(moneyIfKnown) });

const transaction = element({
  Refs: maybe(
    element({
      AcctSvcrRef: maybe(text),
      PmtInfId: maybe(text),
      InstrId: maybe(text),
      EndToEndId: maybe(text),
    }),
  ),
  Amt: maybe(money),
  CdtDbtInd: maybe(direction),
  AmtDtls: maybe(element({ InstdAmt: maybe(otherAmount), TxAmt: maybe(otherAmount) })),
  RltdPties: maybe(
    element({
      ...{ Dbtr: maybe(party), DbtrAcct: maybe(partyAccount) },
      ...{ Cdtr: maybe(party), CdtrAcct: maybe(partyAccount) },
    }),
  ),
  RltdAgts: maybe(element({ DbtrAgt: maybe(agent), CdtrAgt: maybe(agent) })),
  RmtInf: maybe(element({ Ustrd: many(text) })),
  RtrInf: maybe(
    element({
      Rsn: maybe(element({ Cd: maybe(text), Prtry: maybe(text) })),
      AddtlInf: many(text),
    }),
  ),
});

const batch = element({ MsgId: maybe(text), PmtInfId: maybe(text), NbOfTxs: maybe(count) });

const entry = element({
  NtryRef: maybe(text),
  Amt: once(money),
  CdtDbtInd: once(direction),
  RvslInd: maybe(truth),
  Sts: once(status),
  BookgDt: maybe(day),
  ValDt: maybe(day),
  AcctSvcrRef: maybe(text),
  NtryDtls: many(element({ Btch: maybe(batch), TxDtls: many(transaction) })),
  AddtlNtryInf: maybe(text),
});

const balance = element({
  Tp: once(element({ CdOrPrtry: once(element({ Cd: maybe(text) })) })),
  Amt: once(money),
  CdtDbtInd: once(direction),
});

const statement = element({
  Id: once(text),
  StmtPgntn: maybe(element({ PgNb: once(text) })),
  ElctrncSeqNb: maybe(text),
  Acct: once(
    element({
      Id: once(element({ IBAN: maybe(text), Othr: maybe(element({ Id: once(text) })) })),
      Ccy: maybe(text),
    }),
  ),
  Bal: many(balance),
  Ntry: many(entry),
});

const message = element({
  GrpHdr: once(element({ MsgId: once(text), MsgPgntn: maybe(element({ PgNb: once(text) })) })),
  Stmt: z.array(statement).check(z.minLength(1)),
});

export const camt053Shape = element({
  Document: once(element({ BkToCstmrStmt: once(message) })),
});

export type RawMessage = z.output<typeof message>;
export type RawStatement = z.output<typeof statement>;
export type RawBalance = z.output<typeof balance>;
export type RawEntry = z.output<typeof entry>;
export type RawTransaction = z.output<typeof transaction>;
