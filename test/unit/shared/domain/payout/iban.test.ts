import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countryOfIban, type Iban, parseIban } from '../../../../../shared/domain/payout/iban.ts';

/** The examples of the registry, release 100, one for each country. */
const examples = `
AD1200012030200359100100 AE070331234567890123456 AL47212110090000000235698741
AT611904300234573201 AZ21NABZ00000000137010001944 BA391290079401028494 BE68539007547034
BG80BNBG96611020345678 BH67BMAG00001299123456 BI4210000100010000332045181
BR1800360305000010009795493C1 BY13NBRB3600900000002Z00AB00 CH9300762011623852957
CR05015202001026284066 CY17002001280000001200527600 CZ6508000000192000145399
DE89370400440532013000 DJ2100010000000154000100186 DK5000400440116243
DO28BAGR00000001212453611324 EE382200221020145685 EG380019000500000000263180002
ES9121000418450200051332 FI2112345600000785 FK88SC123456789012 FO6264600001631634
FR1420041010050500013M02606 GB29NWBK60161331926819 GE29NB0000000101904917 GI75NWBK000000007099453
GL8964710001000206 GR1601101250000000012300695 GT82TRAJ01020000001210029690
HN88CABF00000000000250005469 HR1210010051863000160 HU42117730161111101800000000
IE29AIBK93115212345678 IL620108000000099999999 IQ98NBIQ850123456789012 IS140159260076545510730339
IT60X0542811101000000123456 JO94CBJO0010000000000131000302 KW81CBKU0000000000001234560101
KZ86125KZT5004100100 LB62099900000001001901229114 LC55HEMM000100010012001200023015
LI21088100002324013AA LT121000011101001000 LU280019400644750000 LV80BANK0000435195001
LY83002048000020100120361 MC5811222000010123456789030 MD24AG000225100013104168
ME25505000012345678951 MK07250120000058984 MN121234123456789123 MR1300020001010000123456753
MT84MALT011000012345MTLCAST001S MU17BOMM0101101030300200000MUR NI45BAPR00000013000003558124
NL91ABNA0417164300 NO9386011117947 OM810180000001299123456 PK36SCBL0000001123456702
PL61109010140000071219812874 PS92PALS000000000400123456702 PT50000201231234567890154
QA58DOHB00001234567890ABCDEFG RO49AAAA1B31007593840000 RS35260005601001611379
RU0304452522540817810538091310419 SA0380000000608010167519 SC18SSCB11010000000000001497USD
SD2129010501234001 SE4550000000058398257466 SI56263300012039086 SK3112000000198742637541
SM86U0322509800000000270100 SO211000001001000100141 ST23000100010051845310146
SV62CENR00000000000000700025 TL380080012345678910157 TN5910006035183598478831
TR330006100519786457841326 UA213223130000026007233566001 VA59001123000012345678
VG96VPVG0000012345678901 XK051212012345678906 YE15CBYE0001018861234567891234
`;
const ibans = examples.trim().split(/\s+/);

function fault(text: string): string | undefined {
  const parsed = parseIban(text);
  return parsed.ok ? undefined : parsed.failure;
}

describe('an account number of ISO 13616', () => {
  it.each(ibans)('%s is good', (iban) => {
    expect(parseIban(iban)).toEqual({ ok: true, value: iban });
    expect(countryOfIban(iban as Iban)).toBe(iban.slice(0, 2));
  });

  it('covers each country of the registry once', () => {
    expect(new Set(ibans.map((iban) => iban.slice(0, 2))).size).toBe(ibans.length);
    expect(ibans).toHaveLength(89);
  });

  it('is taken in groups and small letters', () => {
    expect(parseIban(' gb29 nwbk\u00a06016 1331 9268 19 ')).toEqual({
      ok: true,
      value: 'GB29NWBK60161331926819',
    });
  });

  it.each([
    ['US29NWBK60161331926819', 'COUNTRY'],
    ['GF1420041010050500013M02606', 'COUNTRY'],
    ['', 'COUNTRY'],
    ['GB29NWBK6016133192681', 'LENGTH'],
    ['GB29NWBK601613319268190', 'LENGTH'],
    ['GB', 'LENGTH'],
    ['GB29-NWBK-60161331-926', 'CHARACTERS'],
    ['GB29NWBK6016133192681A', 'CHARACTERS'],
    ['GB29NWB160161331926819', 'CHARACTERS'],
    ['DE8937040044053201300O', 'CHARACTERS'],
    ['GB2ANWBK60161331926819', 'CHECK_DIGITS'],
    ['GB28NWBK60161331926819', 'CHECK_DIGITS'],
    ['GB29NWBK60161331926891', 'CHECK_DIGITS'],
  ])('%s is refused for its %s', (text, part) => {
    expect(fault(text)).toBe(part);
  });

  it('has one pair of check digits of a hundred', () => {
    const withDigits = (at: number) => `NL${String(at).padStart(2, '0')}ABNA0417164300`;
    const good = Array.from({ length: 100 }, (_, at) => withDigits(at)).filter(
      (text) => fault(text) === undefined,
    );
    expect(good).toEqual(['NL91ABNA0417164300']);
  });

  it('has one pair also where two would leave the remainder', () => {
    // Of as many in a row some would be fitted by a second pair, 97 apart, such as 02 and 99.
    const accounts = Array.from({ length: 500 }, (_, at) => String(at).padStart(14, '0'));
    for (const account of accounts) {
      const good = Array.from({ length: 100 }, (_, at) => String(at).padStart(2, '0')).filter(
        (digits) => fault(`FI${digits}${account}`) === undefined,
      );
      expect(good).toHaveLength(1);
    }
  });

  it('is refused when one character or two digits are mistaken', () => {
    const property = fc.property(
      fc.constantFrom(...ibans),
      fc.nat(40),
      fc.integer({ min: 1, max: 9 }),
      (iban, place, step) => {
        const digits = [...iban.matchAll(/\d/g)].map(({ index }) => index).filter((at) => at > 3);
        const at = digits[place % digits.length] ?? 4;
        const other = String((Number(iban.charAt(at)) + step) % 10);
        expect(fault(iban.slice(0, at) + other + iban.slice(at + 1))).toBe('CHECK_DIGITS');
        // A digit beside a letter is left out: 1B and B1 are both 111 in the sum.
        const next = iban.charAt(at + 1);
        if (!/\d/.test(next) || next === iban.charAt(at)) return;
        const swapped = iban.slice(0, at) + next + iban.charAt(at) + iban.slice(at + 2);
        expect(fault(swapped)).toBe('CHECK_DIGITS');
      },
    );
    fc.assert(property, { seed: 13616, numRuns: 2000 });
  });
});
