import type { Instant } from '../../domain/time.ts';

/** Languages that mails and pages are written in; each catalogue of texts has all of them. */
export const languages = ['en'] as const;

export type Language = (typeof languages)[number];

/** The first wish that there are texts for, by its primary tag; English otherwise. */
export function pickLanguage(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const [primary] = wish.toLowerCase().split('-');
    const found = languages.find((language) => language === primary);
    if (found) return found;
  }
  return 'en';
}

/** Such as `1 March 2027`, on the calendar of the program's zone. */
export function formatDay(language: Language, instant: Instant, timeZone: string): string {
  const locale = language === 'en' ? 'en-GB' : language;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(instant);
}

/** Names of a unit by plural category, as a program file writes them: `{one, other}`. */
export type PluralNames = Readonly<Record<string, string>>;

/** Such as `1,250 points`. */
export function formatCount(language: Language, count: bigint, names: PluralNames): string {
  // Only the plural category comes from the inexact number; the digits come from the whole one.
  const category = new Intl.PluralRules(language).select(Number(count));
  const name = names[category] ?? names.other ?? '';
  return `${new Intl.NumberFormat(language).format(count)} ${name}`.trim();
}
