import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLanguage, isLanguageTag, language } from '../../../../shared/domain/language.ts';
import { writtenLanguages } from '../../../../shared/domain/message/language.ts';
import { capitalPairs, smallPairs } from './letter-pairs.ts';

const listed = smallPairs.filter(isLanguage);
const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** Unicode names them as what came after them. */
const withdrawn = ['bh', 'in', 'iw', 'ji', 'jw', 'mo', 'sh'];

describe('languages', () => {
  it('are the 183 of ISO 639-1: the 184th of many tables, sh, is withdrawn', () => {
    expect(listed).toHaveLength(183);
    expect(listed).not.toContain('sh');
  });

  it('are, with seven that are withdrawn, those of Unicode, which keeps a list of its own', () => {
    const named = smallPairs.filter((code) => names.of(code) !== undefined);
    expect([...listed, ...withdrawn].sort()).toEqual(named);
  });

  it.each(writtenLanguages)('%s, which mails are written in, is one', (code) => {
    expect(language.safeParse(code).success).toBe(true);
  });

  it('any two letters are accepted exactly where they are listed, as a tag in capitals too', () => {
    const twoLetters = fc.constantFrom(...smallPairs, ...capitalPairs);
    const property = fc.property(twoLetters, (code) => {
      expect(language.safeParse(code).success).toBe(listed.includes(code));
      expect(isLanguageTag(code)).toBe(listed.includes(code.toLowerCase()));
      expect(isLanguageTag(`${code}-Latn-GB`)).toBe(listed.includes(code.toLowerCase()));
    });
    fc.assert(property, { seed: 639, numRuns: 1_000 });
  });

  it.each(['xx', 'zz', 'iw', 'EN', 'eng', 'english', 'en-GB', '', 'e', 5, null])(
    '%j is none',
    (value) => {
      expect(language.safeParse(value).success).toBe(false);
    },
  );
});

describe('tags of languages', () => {
  it.each(['en', 'pt-BR', 'zh-Hant', 'sr-Latn-RS', 'de-1996', 'ca-valencia', 'fil', 'gsw-CH'])(
    '%s is one',
    (tag) => expect(isLanguageTag(tag)).toBe(true),
  );

  it.each([
    ...['xx', 'zz', 'xx-GB', 'zz-Hant', 'sh', 'xxx', 'qaa', 'english', 'englisch-DE'],
    ...['und', 'mul', 'mis', 'zxx', '', 'e', 'no such', 'en_GB', 'en-', '-en', '*'],
  ])('%j is none', (tag) => expect(isLanguageTag(tag)).toBe(false));
});
