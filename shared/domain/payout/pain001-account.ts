import type { AccountNumber } from './party-account.ts';
import { leaf, parent, type Xml } from './xml-text.ts';

/** Codes of ISO 20022's list of clearing systems: sort codes, and routing numbers. */
const clearingSystems = { sortCode: 'GBDSC', routingNumber: 'USABA' } as const;

/** Of its list of kinds of account. */
const accountTypes = { checking: 'CACC', savings: 'SVGS' } as const;

/** The debtor's bank, which the schema demands, when all of it that is known is the account. */
export const unnamedAgent = institution(parent('Othr', [leaf('Id', 'NOTPROVIDED')]));

/** What an account element holds; the account has been checked. */
export function accountOf(account: AccountNumber): readonly Xml[] {
  if (account.kind === 'iban') return [parent('Id', [leaf('IBAN', account.iban)])];
  const id = parent('Id', [parent('Othr', [leaf('Id', account.accountNumber)])]);
  if (account.kind === 'sortCode') return [id];
  return [id, parent('Tp', [leaf('Cd', accountTypes[account.accountType])])];
}

/** The bank, or `undefined` when the IBAN alone has to tell it. */
export function agentOf(account: AccountNumber): Xml | undefined {
  if (account.kind === 'iban') {
    return account.bic === undefined ? undefined : institution(leaf('BICFI', account.bic));
  }
  const code = account.kind === 'sortCode' ? account.sortCode : account.routingNumber;
  const system = parent('ClrSysId', [leaf('Cd', clearingSystems[account.kind])]);
  return institution(parent('ClrSysMmbId', [system, leaf('MmbId', code)]));
}

function institution(identification: Xml): Xml {
  return parent('FinInstnId', [identification]);
}
