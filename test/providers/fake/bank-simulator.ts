import { XMLParser } from 'fast-xml-parser';

/** What a bank does with one payment of a file; codes are ISO 20022's reasons. */
export type BankAct =
  | { readonly kind: 'paid' }
  | { readonly kind: 'rejected'; readonly reason: string }
  /** Paid, and back on the same statement, less what the other bank keeps. */
  | {
      readonly kind: 'returned';
      readonly reason: string;
      readonly keptMinor?: bigint;
      /** It was paid on an earlier statement. */
      readonly isLater?: true;
    };

export interface BankPayment {
  readonly endToEndId: string;
  /** As written, such as `12.50`. */
  readonly amount: string;
  readonly currency: string;
  readonly name: string;
  readonly account: string;
}

export interface BankFile {
  readonly messageId: string;
  readonly paymentInformationId: string;
  readonly count: string;
  readonly sum: string;
  readonly executionDate: string;
  readonly debtorAccount: string;
  readonly payments: readonly BankPayment[];
}

/** Elements by name, each as often as it stands there; attributes and text as they are. */
interface Read {
  readonly [name: string]: readonly (Read | string)[] | string;
}

const reader = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: () => true,
  parseTagValue: false,
});

/** Reads a pain.001 as a bank would: by the names in it, with nothing of the writer's. */
export function takenIn(pain001: string): BankFile {
  const file = at(reader.parse(pain001), 'Document', 'CstmrCdtTrfInitn');
  const payments = at(file, 'PmtInf');
  return {
    messageId: say(file, 'GrpHdr', 'MsgId'),
    paymentInformationId: say(payments, 'PmtInfId'),
    count: say(payments, 'NbOfTxs'),
    sum: say(payments, 'CtrlSum'),
    executionDate: say(payments, 'ReqdExctnDt', 'Dt'),
    debtorAccount: accountIn(at(payments, 'DbtrAcct', 'Id')),
    payments: (payments.CdtTrfTxInf as readonly Read[]).map((it) => ({
      endToEndId: say(it, 'PmtId', 'EndToEndId'),
      amount: say(it, 'Amt', 'InstdAmt', '#text'),
      currency: say(it, 'Amt', 'InstdAmt', 'Ccy'),
      name: say(it, 'Cdtr', 'Nm'),
      account: accountIn(at(it, 'CdtrAcct', 'Id')),
    })),
  };
}

/** A status report in which only what went wrong is told one by one, as banks do. */
export function pain002Of(file: BankFile, acts: ReadonlyMap<string, BankAct>): string {
  const rejected = file.payments.flatMap(({ endToEndId }) => {
    const act = acts.get(endToEndId);
    return act?.kind === 'rejected' ? [{ endToEndId, reason: act.reason }] : [];
  });
  const all = rejected.length === file.payments.length;
  const status = all ? 'RJCT' : rejected.length > 0 ? 'PART' : 'ACSP';
  const told = rejected.map(
    ({ endToEndId, reason }) => `
      <TxInfAndSts>
        <OrgnlEndToEndId>${endToEndId}</OrgnlEndToEndId>
        <TxSts>RJCT</TxSts>
        <StsRsnInf><Rsn><Cd>${reason}</Cd></Rsn><AddtlInf>R&amp;D</AddtlInf></StsRsnInf>
      </TxInfAndSts>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10">
  <CstmrPmtStsRpt>
    <GrpHdr><MsgId>ANSWER-${file.messageId}</MsgId><CreDtTm>2026-04-13T10:00:00</CreDtTm></GrpHdr>
    <OrgnlGrpInfAndSts>
      <OrgnlMsgId>${file.messageId}</OrgnlMsgId>
      <OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
      <OrgnlNbOfTxs>${file.count}</OrgnlNbOfTxs>
      <OrgnlCtrlSum>${file.sum}</OrgnlCtrlSum>
      <GrpSts>${status}</GrpSts>
    </OrgnlGrpInfAndSts>
    <OrgnlPmtInfAndSts>
      <OrgnlPmtInfId>${file.paymentInformationId}</OrgnlPmtInfId>
      <PmtInfSts>${status}</PmtInfSts>${told.join('')}
    </OrgnlPmtInfAndSts>
  </CstmrPmtStsRpt>
</Document>
`;
}

export interface StatementStyle {
  /** The schema's: 02 and 08 differ in names and wrappers. */
  readonly version: '02' | '08';
  /** The statement's own; no two have the same. */
  readonly id?: string;
  /** One entry for all that was paid, with its transactions or without. */
  readonly batch?: 'told' | 'untold';
}

/** The statement of the day: what was paid, what came back, and balances that say so. */
export function camt053Of(
  file: BankFile,
  acts: ReadonlyMap<string, BankAct>,
  style: StatementStyle,
): string {
  const currency = file.payments[0]?.currency ?? 'EUR';
  const digits = decimalsOf(file.payments[0]?.amount ?? '0.00');
  const acting = (it: BankPayment) => acts.get(it.endToEndId) ?? { kind: 'paid' };
  const paid = file.payments.filter((it) => acting(it).kind !== 'rejected');
  const booked = paid.filter((it) => !('isLater' in acting(it)));
  const paidMinor = booked.reduce((sum, { amount }) => sum + minor(amount), 0n);
  const back = paid.flatMap((payment) => {
    const act = acting(payment);
    if (act.kind !== 'returned') return [];
    const left = minor(payment.amount) - (act.keptMinor ?? 0n);
    return [{ payment: { ...payment, amount: plain(left, digits) }, reason: act.reason }];
  });
  const backMinor = back.reduce((sum, { payment }) => sum + minor(payment.amount), 0n);
  const openingMinor = paidMinor + 1000n;
  const write = new StatementWriter(style, currency, file);
  const single = booked.map((it) => write.entry('DBIT', it.amount, write.details(it, 'DBIT')));
  const together = write.entry('DBIT', plain(paidMinor, digits), write.batch(booked));
  return write.whole(
    [write.balance('OPBD', openingMinor, digits)],
    [write.balance('CLBD', openingMinor - paidMinor + backMinor, digits)],
    [
      ...(style.batch === undefined || booked.length === 0 ? single : [together]),
      ...back.map(({ payment, reason }) => {
        return write.entry('CRDT', payment.amount, write.details(payment, 'CRDT', reason));
      }),
    ],
  );
}

class StatementWriter {
  readonly #style: StatementStyle;
  readonly #currency: string;
  readonly #file: BankFile;

  constructor(style: StatementStyle, currency: string, file: BankFile) {
    this.#style = style;
    this.#currency = currency;
    this.#file = file;
  }

  balance(code: string, amountMinor: bigint, digits: number): string {
    const amount = `<Amt Ccy="${this.#currency}">${plain(amountMinor, digits)}</Amt>`;
    const tells = `<Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount}`;
    return `<Bal>${tells}<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${this.#day}</Dt></Dt></Bal>`;
  }

  entry(direction: string, amount: string, details: string): string {
    const status = this.#style.version === '02' ? 'BOOK' : '<Cd>BOOK</Cd>';
    const head = `<Amt Ccy="${this.#currency}">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>`;
    const days = `<BookgDt><Dt>${this.#day}</Dt></BookgDt><ValDt><Dt>${this.#day}</Dt></ValDt>`;
    const code = '<BkTxCd><Prtry><Cd>NTRF</Cd></Prtry></BkTxCd>';
    return `<Ntry>${head}<Sts>${status}</Sts>${days}${code}<NtryDtls>${details}</NtryDtls></Ntry>`;
  }

  batch(payments: readonly BankPayment[]): string {
    const { paymentInformationId } = this.#file;
    const count = `<NbOfTxs>${payments.length}</NbOfTxs>`;
    const head = `<Btch><PmtInfId>${paymentInformationId}</PmtInfId>${count}</Btch>`;
    if (this.#style.batch === 'untold') return head;
    return head + payments.map((it) => this.details(it, 'DBIT')).join('');
  }

  details(payment: BankPayment, direction: string, reason?: string): string {
    const isOld = this.#style.version === '02';
    const amount = `<Amt Ccy="${payment.currency}">${payment.amount}</Amt>`;
    const told = isOld
      ? `<AmtDtls><TxAmt>${amount}</TxAmt></AmtDtls>`
      : `${amount}<CdtDbtInd>${direction}</CdtDbtInd>`;
    const name = `<Nm>${payment.name}</Nm>`;
    const party = `<Cdtr>${isOld ? name : `<Pty>${name}</Pty>`}</Cdtr>`;
    const account = `<CdtrAcct><Id><IBAN>${payment.account}</IBAN></Id></CdtrAcct>`;
    const back = reason && `<RtrInf><Rsn><Cd>${reason}</Cd></Rsn></RtrInf>`;
    const refs = `<Refs><EndToEndId>${payment.endToEndId}</EndToEndId></Refs>`;
    return `<TxDtls>${refs}${told}<RltdPties>${party}${account}</RltdPties>${back ?? ''}</TxDtls>`;
  }

  whole(...parts: readonly (readonly string[])[]): string {
    const account = `<Acct><Id><IBAN>${this.#file.debtorAccount}</IBAN></Id></Acct>`;
    return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${this.#style.version}">
<BkToCstmrStmt>
<GrpHdr><MsgId>DAY-1</MsgId><CreDtTm>${this.#day}T20:00:00</CreDtTm></GrpHdr>
<Stmt>
<Id>${this.#style.id ?? 'STMT-1'}</Id><ElctrncSeqNb>104</ElctrncSeqNb>
${account}
${parts.flat().join('\n')}
</Stmt>
</BkToCstmrStmt>
</Document>
`;
  }

  get #day(): string {
    return this.#file.executionDate;
  }
}

function at(read: Read, ...path: readonly string[]): Read {
  return path.reduce((here, name) => {
    const found = here[name];
    return (typeof found === 'string' ? found : found?.[0]) as Read;
  }, read);
}

/** What the last one says; with attributes it is an element, else a text. */
function say(read: Read, ...path: readonly string[]): string {
  const found: unknown = at(read, ...path);
  if (typeof found !== 'string') throw new Error(`The file has no ${path.join('/')}.`);
  return found;
}

function accountIn(id: Read): string {
  return id.IBAN === undefined ? say(id, 'Othr', 'Id') : say(id, 'IBAN');
}

function minor(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}

function decimalsOf(amount: string): number {
  return amount.split('.')[1]?.length ?? 0;
}

function plain(amountMinor: bigint, digits: number): string {
  const written = amountMinor.toString().padStart(digits + 1, '0');
  return digits === 0 ? written : `${written.slice(0, -digits)}.${written.slice(-digits)}`;
}
