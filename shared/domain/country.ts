import * as z from 'zod/mini';

/** ISO 3166-1, every officially assigned alpha-2 code: 249 (Online Browsing Platform, 2026). */
const assigned =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR ' +
  'BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ ' +
  'EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW ' +
  'GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY ' +
  'KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV ' +
  'MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY ' +
  'QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG ' +
  'TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ' +
  'ZW';

/**
 * Kosovo: ISO 3166-1 leaves the code to its users; Eurostat (glossary, "Country codes") and Unicode
 * (UTS 35, region subtags) use it so, and so do providers.
 */
const userAssigned = 'XK';

/** ISO 3166-3: withdrawn in 1989 or later, and no other country's code today. */
const withdrawn = 'AN BU CS DD FX NT SU TP YD YU ZR';

const present: ReadonlySet<string> = new Set([...assigned.split(' '), userAssigned]);
const past: ReadonlySet<string> = new Set(withdrawn.split(' '));

/** Of the present. */
export function isCountry(code: string): boolean {
  return present.has(code);
}

function isOrWasCountry(code: string): boolean {
  return present.has(code) || past.has(code);
}

const words = 'the ISO 3166 code of a country, two capital letters such as GB';
// The list decides; the pattern is what a JSON Schema can say of it.
const code = z.string().check(z.regex(/^[A-Z]{2}$/, { error: words, abort: true }));

/** Where somebody is or wants something now. */
export const country = code.check(z.refine(isCountry, words));

/** Also a country that is no more: for what happened long ago. */
export const countryOfHistory = code.check(z.refine(isOrWasCountry, words));
