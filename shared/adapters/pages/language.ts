import { type Language, pickLanguage } from '../../domain/message/language.ts';
import type { Instant } from '../../domain/time.ts';

/** Where a language alone would give the habits of another country. */
const locales: Partial<Record<Language, string>> = { en: 'en-GB', zh: 'zh-Hans' };

/** A tag for dates and for `lang`. */
export function localeOf(language: Language): string {
  return locales[language] ?? language;
}

/** Of an Accept-Language header (RFC 9110, 12.5.4), as it was sent or left out. */
export function wishedLanguage(header: string | undefined): Language {
  const wishes = (header ?? '')
    .slice(0, 200)
    .split(',')
    .map((wish) => {
      const [tag = '', quality = ''] = wish.trim().split(/\s*;\s*q=/);
      return { tag, weight: quality === '' ? 1 : Number(quality) || 0 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.weight - left.weight);
  return pickLanguage(wishes.map(({ tag }) => tag));
}

/** Such as `1 March 2027`, on the calendar of the program's zone. */
export function formatDay(language: Language, instant: Instant, timeZone: string): string {
  const format = { dateStyle: 'long', timeZone } as const;
  return new Intl.DateTimeFormat(localeOf(language), format).format(instant);
}

/** Such as `1 Mar 2027`, for tables. */
export function formatShortDay(language: Language, instant: Instant, timeZone: string): string {
  const format = { dateStyle: 'medium', timeZone } as const;
  return new Intl.DateTimeFormat(localeOf(language), format).format(instant);
}

/** A calendar date `yyyy-mm-dd`; anything else stands as it is. */
export function formatDate(language: Language, date: string): string {
  const instant = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(instant) ? date : formatDay(language, instant as Instant, 'UTC');
}

/** Names of a unit by plural category, as a program file writes them: `{one, other}`. */
export type PluralNames = Readonly<Record<string, string>>;

/** Such as `1,250`. */
export function formatNumber(language: Language, count: bigint): string {
  return new Intl.NumberFormat(language).format(count);
}

/** Such as `1,250 points`. */
export function formatCount(language: Language, count: bigint, names: PluralNames): string {
  // Only the plural category comes from the inexact number; the digits come from the whole one.
  const category = new Intl.PluralRules(language).select(Number(count));
  const name = names[category] ?? names.other ?? '';
  return `${formatNumber(language, count)} ${name}`.trim();
}
