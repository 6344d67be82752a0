import { describe, expect, it } from 'vitest';
import { readPain002 } from '../../../../../shared/adapters/bank/pain002.ts';
import {
  checkReport,
  type StatusReport,
  standingOf,
  statusLookup,
} from '../../../../../shared/domain/payout/status-report.ts';

const answer = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10">
  <CstmrPmtStsRpt>
    <GrpHdr><MsgId>BANK-1</MsgId><CreDtTm>2026-04-13T10:00:00</CreDtTm></GrpHdr>
    <OrgnlGrpInfAndSts>
      <OrgnlMsgId>RUN-7</OrgnlMsgId>
      <OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
      <OrgnlNbOfTxs>3</OrgnlNbOfTxs>
      <OrgnlCtrlSum>30.5</OrgnlCtrlSum>
      <GrpSts>PART</GrpSts>
    </OrgnlGrpInfAndSts>
    <OrgnlPmtInfAndSts>
      <OrgnlPmtInfId>RUN-7</OrgnlPmtInfId>
      <PmtInfSts>PART</PmtInfSts>
      <TxInfAndSts>
        <OrgnlInstrId>0007</OrgnlInstrId>
        <OrgnlEndToEndId>0007</OrgnlEndToEndId>
        <TxSts>RJCT</TxSts>
        <StsRsnInf>
          <Rsn><Cd>AC04</Cd></Rsn>
          <AddtlInf>Closed &amp; gone</AddtlInf>
          <AddtlInf><![CDATA[Ask <us> & others]]></AddtlInf>
        </StsRsnInf>
        <StsRsnInf><Rsn><Prtry>X9</Prtry></Rsn></StsRsnInf>
      </TxInfAndSts>
      <TxInfAndSts><OrgnlInstrId>b</OrgnlInstrId><TxSts>ACSC</TxSts></TxInfAndSts>
    </OrgnlPmtInfAndSts>
  </CstmrPmtStsRpt>
</Document>
`;

function read(text: string): StatusReport {
  const report = readPain002(text);
  if (!report.ok) throw new Error(JSON.stringify(report.failure));
  return report.value;
}

function fault(text: string, largest?: number): unknown {
  const report = readPain002(text, largest);
  return report.ok ? undefined : report.failure;
}

describe('a status report of a bank', () => {
  it('is read with its ids as they stand, and the reasons', () => {
    const closed = ['Closed & gone', 'Ask <us> & others'];
    const reasons = [
      { code: 'AC04', information: closed },
      { code: 'X9', information: [] },
    ];
    const partial = { code: 'PART', standing: 'partial', reasons: [] };
    expect(read(answer)).toEqual({
      messageId: 'BANK-1',
      originalMessageId: 'RUN-7',
      originalMessageName: 'pain.001.001.09',
      originalCount: 3,
      originalSum: { digits: 305n, scale: 1 },
      status: partial,
      payments: [
        {
          paymentInformationId: 'RUN-7',
          status: partial,
          transactions: [
            {
              endToEndId: '0007',
              instructionId: '0007',
              status: { code: 'RJCT', standing: 'rejected', reasons },
            },
            {
              instructionId: 'b',
              status: { code: 'ACSC', standing: 'settled', reasons: [] },
            },
          ],
        },
      ],
    });
  });

  it('is read with prefixes, other versions, a mark before it, and other line breaks', () => {
    const plain = read(answer);
    const prefixed = answer
      .replaceAll(/<(\/?)(?=[A-Z])(?!!)/g, '<$1ns2:')
      .replace('xmlns=', 'xmlns:ns2=')
      .replace('<![CDATA[Ask <ns2:', '<![CDATA[Ask <');
    expect(read(prefixed)).toEqual(plain);
    expect(read(answer.replace('001.10', '001.03'))).toEqual(plain);
    expect(read(`\ufeff${answer.replaceAll('\n', '\r\n')}`)).toEqual(plain);
  });

  it('may answer the whole file, and no more', () => {
    const short = answer.replace(/<OrgnlPmtInfAndSts>[\s\S]*<\/OrgnlPmtInfAndSts>/, '');
    const report = read(short.replace('PART', 'RJCT'));
    expect(report.payments).toEqual([]);
    expect(statusLookup(report)('any')).toMatchObject({ standing: 'rejected' });
  });

  it('says of each transfer the innermost thing', () => {
    const report = read(answer);
    expect(statusLookup(report)('0007')?.code).toBe('RJCT');
    expect(statusLookup(report)('b')?.code).toBe('ACSC');
    expect(statusLookup(report)('other')?.code).toBe('PART');
    const silent = read(answer.replace('<PmtInfSts>PART</PmtInfSts>', ''));
    expect(statusLookup(silent)('other')?.code).toBe('PART');
    const unsaid = read(answer.replace('<TxSts>ACSC</TxSts>', ''));
    expect(statusLookup(unsaid)('b')?.code).toBe('PART');
  });

  it.each([
    ['ACTC', 'accepted'],
    ['ACCP', 'accepted'],
    ['ACSP', 'accepted'],
    ['ACWC', 'accepted'],
    ['ACSC', 'settled'],
    ['PDNG', 'pending'],
    ['RJCT', 'rejected'],
    ['PART', 'partial'],
    ['ZZZZ', 'unknown'],
  ])('%s is %s', (code, standing) => {
    expect(standingOf(code)).toBe(standing);
  });

  it('is held against the file that was sent', () => {
    const total = { amountMinor: 3050n, currency: 'EUR' };
    const sent = { messageId: 'RUN-7', transfers: 3, total };
    const report = read(answer);
    expect(checkReport(report, sent)).toBeUndefined();
    expect(checkReport(report, { ...sent, messageId: 'RUN-8' })).toBe('OTHER_FILE');
    expect(checkReport(report, { ...sent, transfers: 2 })).toBe('COUNT');
    const other = { ...total, amountMinor: 3051n };
    expect(checkReport(report, { ...sent, total: other })).toBe('CONTROL_SUM');
    const finer = read(answer.replace('30.5<', '30.501<'));
    expect(checkReport(finer, sent)).toBe('CONTROL_SUM');
    const silent = read(answer.replace(/<OrgnlNbOfTxs>.*\n.*<\/OrgnlCtrlSum>/, ''));
    expect(checkReport(silent, { ...sent, transfers: 2 })).toBeUndefined();
  });
});

describe('a status report that is refused', () => {
  const at = 'Document/CstmrPmtStsRpt';
  it.each([
    ['a statement', ['pain.002', 'camt.053'], { code: 'NAMESPACE', path: '', line: 1 }],
    ['version 2', ['001.10', '001.02'], { code: 'NAMESPACE', path: '', line: 1 }],
    ['no namespace', [/ xmlns="[^"]*"/, ''], { code: 'NAMESPACE', path: '', line: 1 }],
    ['another root', [/Document/g, 'Letter'], { code: 'NAMESPACE', path: '', line: 1 }],
    [
      'no group',
      [/<OrgnlGrpInfAndSts>[\s\S]*<\/OrgnlGrpInfAndSts>/, ''],
      { code: 'STRUCTURE', path: at, line: 3 },
    ],
    [
      'no original id',
      ['<OrgnlMsgId>RUN-7</OrgnlMsgId>', ''],
      { code: 'STRUCTURE', path: 'OrgnlMsgId', line: 5 },
    ],
    [
      'two original ids',
      ['</OrgnlMsgId>', '$&<OrgnlMsgId>R</OrgnlMsgId>'],
      { code: 'STRUCTURE', path: at, line: 5 },
    ],
    ['a count in words', ['>3<', '>three<'], { code: 'STRUCTURE', path: 'OrgnlNbOfTxs', line: 5 }],
    ['a sum with an exponent', ['30.5', '3E1'], { code: 'AMOUNT', path: 'OrgnlCtrlSum', line: 5 }],
    [
      'a status twice',
      ['</TxSts>', '$&<TxSts>ACSC</TxSts>'],
      { code: 'STRUCTURE', path: 'TxInfAndSts[1]/TxSts', line: 15 },
    ],
    [
      'a doctype',
      ['<Document', '<!DOCTYPE x SYSTEM "y">\n<Document'],
      { code: 'ACTIVE_CONTENT', path: '', line: 2 },
    ],
    ['an entity', ['&amp;', '&xx;'], { code: 'ACTIVE_CONTENT', path: '', line: 21 }],
    ['a bare mark', ['&amp;', '&'], { code: 'ACTIVE_CONTENT', path: '', line: 21 }],
    ['a cut', [/<\/CstmrPmtStsRpt>[\s\S]*/, ''], { code: 'MALFORMED', path: '', line: undefined }],
  ] as const)('has %s', (_, [from, to], { code, path, line }) => {
    const found = fault(answer.replace(from, to));
    expect(found).toMatchObject({ code, path: expect.stringContaining(path) });
    if (line !== undefined) expect(found).toMatchObject({ line });
  });

  it('is too large', () => {
    expect(fault(answer, answer.length)).toBeUndefined();
    expect(fault(answer, answer.length - 1)).toEqual({ code: 'TOO_LARGE', path: '', line: 1 });
  });

  it('is cut off anywhere', () => {
    const whole = answer.trimEnd();
    for (let length = 0; length < whole.length; length += 7) {
      expect(fault(whole.slice(0, length)), `after ${length} characters`).toBeDefined();
    }
  });

  it('is quoted nowhere', () => {
    const secret = answer.replace('<OrgnlMsgId>RUN-7', '<OrgnlMsgId>Eleni</OrgnlMsgId><Eleni>');
    expect(JSON.stringify(fault(secret))).not.toContain('Eleni');
  });
});
