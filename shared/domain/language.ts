import * as z from 'zod/mini';

/**
 * ISO 639-1: 183 codes (code tables of SIL, the registration authority of ISO 639-3, without `sh`).
 * Tables of 184 count `sh`, which is withdrawn, as are `bh`, `in`, `iw`, `ji`, `jw` and `mo`.
 */
const codes =
  'aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da ' +
  'de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy ' +
  'hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg ' +
  'li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or ' +
  'os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta ' +
  'te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu';

const listed: ReadonlySet<string> = new Set(codes.split(' '));

export function isLanguage(code: string): boolean {
  return listed.has(code);
}

const words = 'the ISO 639-1 code of a language, two small letters such as en';

/** The list decides; the pattern is what a JSON Schema can say of it. */
export const language = z
  .string()
  .check(z.regex(/^[a-z]{2}$/, { error: words, abort: true }), z.refine(isLanguage, words));

/** ISO 639-2, for what is no single language: uncoded, several, unknown, none. */
const noLanguages = ['mis', 'mul', 'und', 'zxx'];

/**
 * A tag of BCP 47, such as `pt-BR` or `zh-Hant`, of a language that there is. Three letters, as in
 * `fil`, are a language where Unicode CLDR has a name for it: ISO 639-3 is too long to carry along.
 */
export function isLanguageTag(tag: string): boolean {
  if (!isWellFormed(tag)) return false;
  const [primary = ''] = tag.toLowerCase().split('-');
  if (primary.length !== 3) return isLanguage(primary);
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  return !noLanguages.includes(primary) && names.of(primary) !== undefined;
}

function isWellFormed(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
