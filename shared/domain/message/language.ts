/** Languages that mails and pages are written in, ISO 639-1. */
export const writtenLanguages = ['en', 'de', 'fr', 'es', 'nl', 'pl', 'ms', 'zh', 'ar'] as const;
export type Language = (typeof writtenLanguages)[number];

/** The first wish that there are texts for, by its primary tag (`de-AT`: `de`); else English. */
export function pickLanguage(wishes: readonly (string | undefined)[]): Language {
  for (const wish of wishes) {
    const [primary] = (wish ?? '').toLowerCase().split(/[-_]/);
    const found = writtenLanguages.find((language) => language === primary);
    if (found !== undefined) return found;
  }
  return 'en';
}

/** By language, in the one that is wanted, else in the program's first, else in any. */
export function nameIn(
  names: Readonly<Record<string, string>>,
  languages: readonly (string | undefined)[],
): string | undefined {
  for (const language of languages) {
    const name = language === undefined ? undefined : names[language];
    if (name !== undefined) return name;
  }
  return Object.values(names)[0];
}
