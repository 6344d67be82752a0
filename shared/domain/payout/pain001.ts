import { isCountry } from '../country.ts';
import { toDecimal } from '../money/money.ts';
import { failure, type Result, success } from '../result.ts';
import { formatInstant } from '../time.ts';
import {
  type CreditTransfer,
  endToEndId,
  type Party,
  type TransferFile,
} from './credit-transfer.ts';
import { accountOf, agentOf, unnamedAgent } from './pain001-account.ts';
import { type AccountNumber, parseAccountNumber } from './party-account.ts';
import { sepaNameLength, sepaText } from './sepa-text.ts';
import { checkTransfers, type TransferFileFault, totalMinor } from './transfer-check.ts';
import { leaf, parent, type Xml, xmlDocument } from './xml-text.ts';

const namespace = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
const genericNameLength = 140;
const townLength = 35;
const remittanceLength = 140;

type Part<Value> = Result<Value, TransferFileFault>;

/**
 * A customer credit transfer initiation, pain.001.001.09. The schema fixes the order of the
 * elements. The same file comes out as the same text. A fault leaves nothing written.
 */
export function writePain001(file: TransferFile): Part<string> {
  const fault = checkTransfers(file);
  if (fault !== undefined) return failure(fault);
  const debtor = partyOf(file, file.debtor, 'debtor');
  if (!debtor.ok) return debtor;
  const transfers: Xml[] = [];
  for (const [at, transfer] of file.transfers.entries()) {
    const written = transferOf(file, transfer, `transfers.${at}`);
    if (!written.ok) return written;
    transfers.push(written.value);
  }
  const initiation = parent('CstmrCdtTrfInitn', [
    headerOf(file, debtor.value),
    paymentsOf(file, debtor.value, transfers),
  ]);
  return success(xmlDocument(parent('Document', [initiation], { xmlns: namespace })));
}

interface WrittenParty {
  readonly name: Xml;
  readonly address: Xml | undefined;
  readonly account: readonly Xml[];
  readonly agent: Xml | undefined;
}

function headerOf(file: TransferFile, debtor: WrittenParty): Xml {
  return parent('GrpHdr', [
    leaf('MsgId', file.messageId),
    leaf('CreDtTm', formatInstant(file.createdAt)),
    ...controlsOf(file),
    parent('InitgPty', [debtor.name]),
  ]);
}

function controlsOf(file: TransferFile): Xml[] {
  const total = { amountMinor: totalMinor(file), currency: file.currency };
  return [leaf('NbOfTxs', String(file.transfers.length)), leaf('CtrlSum', toDecimal(total))];
}

function paymentsOf(file: TransferFile, debtor: WrittenParty, transfers: readonly Xml[]): Xml {
  const { scheme, batchBooking } = file;
  const isSepa = scheme.kind === 'sepa';
  const level = parent('PmtTpInf', [parent('SvcLvl', [leaf('Cd', 'SEPA')])]);
  return parent('PmtInf', [
    leaf('PmtInfId', file.messageId),
    leaf('PmtMtd', 'TRF'),
    batchBooking === undefined ? undefined : leaf('BtchBookg', String(batchBooking)),
    ...controlsOf(file),
    isSepa ? level : undefined,
    parent('ReqdExctnDt', [leaf('Dt', file.executionDate)]),
    parent('Dbtr', [debtor.name, debtor.address]),
    parent('DbtrAcct', debtor.account),
    parent('DbtrAgt', [debtor.agent ?? unnamedAgent]),
    leaf('ChrgBr', isSepa ? 'SLEV' : scheme.chargeBearer),
    ...transfers,
  ]);
}

function transferOf(file: TransferFile, transfer: CreditTransfer, path: string): Part<Xml> {
  const creditor = partyOf(file, transfer.creditor, `${path}.creditor`);
  if (!creditor.ok) return creditor;
  const remittance = remittanceOf(transfer, path);
  if (!remittance.ok) return remittance;
  const { name, address, account, agent } = creditor.value;
  const id = endToEndId(transfer.payoutId);
  const amount = leaf('InstdAmt', toDecimal(transfer.amount), { Ccy: file.currency });
  return success(
    parent('CdtTrfTxInf', [
      parent('PmtId', [leaf('InstrId', id), leaf('EndToEndId', id)]),
      parent('Amt', [amount]),
      agent === undefined ? undefined : parent('CdtrAgt', [agent]),
      parent('Cdtr', [name, address]),
      parent('CdtrAcct', account),
      remittance.value,
    ]),
  );
}

function remittanceOf({ remittance }: CreditTransfer, path: string): Part<Xml | undefined> {
  if (remittance === undefined) return success(undefined);
  const text = textOf(remittance, `${path}.remittance`, remittanceLength);
  return text.ok ? success(parent('RmtInf', [leaf('Ustrd', text.value)])) : text;
}

function partyOf({ scheme }: TransferFile, party: Party, path: string): Part<WrittenParty> {
  const account = accountFor(party, scheme, `${path}.account`);
  if (!account.ok) return account;
  const longest = scheme.kind === 'sepa' ? sepaNameLength : genericNameLength;
  const name = textOf(party.name, `${path}.name`, longest);
  if (!name.ok) return name;
  const address = addressOf(party, path);
  if (!address.ok) return address;
  return success({
    name: leaf('Nm', name.value),
    address: address.value,
    account: accountOf(account.value),
    agent: agentOf(account.value),
  });
}

function accountFor(
  { account }: Party,
  scheme: TransferFile['scheme'],
  path: string,
): Part<AccountNumber> {
  if (scheme.kind === 'sepa' && account.kind !== 'iban') {
    return failure({ code: 'ACCOUNT_KIND', path });
  }
  const parsed = parseAccountNumber(account);
  return parsed.ok ? parsed : failure({ ...parsed.failure, path });
}

function addressOf({ town, country }: Party, path: string): Part<Xml | undefined> {
  if (!isCountry(country)) return failure({ code: 'COUNTRY', path: `${path}.country` });
  if (town === undefined) return success(undefined);
  const text = textOf(town, `${path}.town`, townLength);
  if (!text.ok) return text;
  return success(parent('PstlAdr', [leaf('TwnNm', text.value), leaf('Ctry', country)]));
}

function textOf(text: string, path: string, longest: number): Part<string> {
  const written = sepaText(text, longest);
  return written.ok ? written : failure({ code: 'TEXT', path, fault: written.failure });
}
