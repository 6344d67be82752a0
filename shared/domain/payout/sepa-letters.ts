/**
 * How letters and marks outside of SEPA's character set are written within it: the recommendation
 * of the European Payments Council (EPC217-08, "SEPA Conversion Table", basic Latin). What it turns
 * into a full stop for want of anything better is left out here, so that a person corrects the
 * name: a bank compares it with the account's. Written in both cases where both exist.
 */
const latin: Readonly<Record<string, string>> = {
  A: 'ÀÁÂÃÄÅÆĀĂĄ',
  C: 'ÇĆĈĊČ',
  D: 'ĎĐ',
  E: 'ÈÉÊËĒĔĖĘĚ',
  G: 'ĜĞĠĢ',
  H: 'ĤĦ',
  I: 'ÌÍÎÏĨĪĬĮĲ',
  J: 'Ĵ',
  K: 'Ķ',
  L: 'ĹĻĽĿŁ',
  N: 'ÑŃŅŇ',
  O: 'ÒÓÔÕÖØŐŒ',
  R: 'ŔŖŘ',
  S: 'ŚŜŞŠȘ',
  T: 'ŢŤŦȚ',
  U: 'ÙÚÛÜŨŪŬŮŰŲ',
  W: 'Ŵ',
  Y: 'ÝŶŸ',
  Z: 'ŹŻŽ',
};

/** Where small and capital do not go by pairs. */
const latinSingles: Readonly<Record<string, string>> = { I: 'İ', i: 'ı', s: 'ß', S: 'ẞ', E: '€' };

/**
 * Ours, where the table has a full stop or a slip: Icelandic and Sami letters, Latvian and Welsh
 * long o, and Maltese and Esperanto ħ and ĥ, for whose small letters it says i.
 */
const ownLatin: Readonly<Record<string, string>> = { D: 'Ð', TH: 'Þ', N: 'Ŋ', O: 'ŌŎ' };

const greek: Readonly<Record<string, string>> = {
  ...{ A: 'ΑΆ', V: 'Β', G: 'Γ', D: 'Δ', E: 'ΕΈ', Z: 'Ζ', I: 'ΗΉΙΊΪ', TH: 'Θ', K: 'Κ', L: 'Λ' },
  ...{ M: 'Μ', N: 'Ν', X: 'Ξ', O: 'ΟΌΩΏ', P: 'Π', R: 'Ρ', S: 'Σ', T: 'Τ', Y: 'ΥΎΫ', F: 'Φ' },
  ...{ CH: 'Χ', PS: 'Ψ' },
};
const greekSingles: Readonly<Record<string, string>> = { s: 'ς', i: 'ΐ', y: 'ΰ' };

/** The letters of Bulgarian. Other languages read some of them differently, and have more. */
const cyrillic: Readonly<Record<string, string>> = {
  ...{ A: 'АЪ', B: 'Б', V: 'В', G: 'Г', D: 'Д', E: 'Е', ZH: 'Ж', Z: 'З', I: 'И', Y: 'ЙЬ', K: 'К' },
  ...{ L: 'Л', M: 'М', N: 'Н', O: 'О', P: 'П', R: 'Р', S: 'С', T: 'Т', U: 'У', F: 'Ф', H: 'Х' },
  ...{ TS: 'Ц', CH: 'Ч', SH: 'Ш', SHT: 'Щ', YU: 'Ю', YA: 'Я' },
};

const marks: Readonly<Record<string, string>> = {
  ...{ '-': '_~', '(': '[{', ')': ']}', '/': '\\|', ',': ';', "'": '`', '?': '¿', ' ': '\u00a0' },
};

/** Ours: the table says nothing of `&` and `"`, and makes full stops of what stands in names. */
const ownMarks: Readonly<Record<string, string>> = {
  ...{ "'": '"´‘’‚‛“”„ʼ', '-': '‐‑‒–—', ' ': '\u2009\u202f', '+': '&' },
};

/** From a character to what stands for it; characters of the set itself are not in it. */
export const conversions: ReadonlyMap<string, string> = new Map([
  ...[latin, ownLatin, greek, cyrillic].flatMap(inBothCases),
  ...[latinSingles, greekSingles, marks, ownMarks].flatMap(asTheyStand),
]);

function asTheyStand(table: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(table)
    .flatMap(([written, characters]) =>
      [...characters].map((it): [string, string] => [it, written]),
    )
    .filter(([character, written]) => character !== written);
}

function inBothCases(table: Readonly<Record<string, string>>): [string, string][] {
  const small = asTheyStand(table).map(([character, written]): [string, string] => [
    character.toLowerCase(),
    written.toLowerCase(),
  ]);
  return [...asTheyStand(table), ...small];
}
