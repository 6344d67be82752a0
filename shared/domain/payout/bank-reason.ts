/**
 * What a bank's reason means, in codes of ours that may be stored and logged: banks' own words may
 * hold names and numbers. From ISO 20022's external code lists of status and return reasons.
 */
const meanings: Readonly<Record<string, readonly string[]>> = {
  ACCOUNT_INVALID: ['AC01', 'AC02', 'AC03', 'AC13', 'AC14', 'AC15'],
  ACCOUNT_CLOSED: ['AC04', 'AC05', 'AC07'],
  ACCOUNT_BLOCKED: ['AC06'],
  TRANSFER_FORBIDDEN: ['AG01', 'AG02', 'AG03', 'DNOR', 'CNOR'],
  AMOUNT_REFUSED: ['AM01', 'AM02', 'AM03', 'AM09', 'AM12', 'AM13', 'AM14'],
  OUT_OF_FUNDS: ['AM04', 'AM23'],
  DUPLICATE: ['AM05', 'DU01', 'DU02', 'DU03', 'DU04', 'DU05'],
  CONTROLS_DISAGREE: ['AM10', 'AM18', 'AM19'],
  HOLDER_DIFFERS: ['BE01', 'BE04', 'BE05', 'BE06', 'BE07', 'BE08', 'BE22'],
  ASKED_BACK: ['CUST', 'DUPL', 'FOCR', 'FRAD', 'TECH'],
  DATE_REFUSED: ['CH03', 'CH04', 'DT01', 'DT06', 'TM01'],
  SETTLEMENT_FAILED: ['ED05', 'AB05', 'AB06', 'AB07', 'AB08', 'AB09', 'AB10'],
  FORMAT_REFUSED: ['FF01', 'FF03', 'FF05', 'FF06', 'FF07', 'FF10', 'FF11', 'NARR'],
  HOLDER_DECEASED: ['MD07'],
  NOT_TOLD: ['MS02', 'MS03'],
  BANK_INVALID: ['RC01', 'RC03', 'RC04', 'RC07', 'RC08', 'RC10', 'RC11'],
  REGULATORY: ['RR01', 'RR02', 'RR03', 'RR04', 'RR05', 'RR06', 'RR07', 'RR09', 'RR10'],
};

const meaningOf: ReadonlyMap<string, string> = new Map(
  Object.entries(meanings).flatMap(([meaning, codes]) => codes.map((code) => [code, meaning])),
);

/** `undefined`: the bank gives none. A code of its own, or one that is not known here, is OTHER. */
export function reasonOf(code: string | undefined): string {
  return code === undefined ? 'NOT_TOLD' : (meaningOf.get(code) ?? 'OTHER_REASON');
}
