import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversions } from '../../../../../shared/domain/payout/sepa-letters.ts';
import { sepaId, sepaText } from '../../../../../shared/domain/payout/sepa-text.ts';

const set = /^[A-Za-z0-9/\-?:().,'+ ]+$/;
const anyLetter = fc.constantFrom(...conversions.keys(), ..."abcXYZ0189 /-?:().,'+");

function written(text: string): string | undefined {
  const converted = sepaText(text);
  return converted.ok ? converted.value : undefined;
}

describe("a name in SEPA's character set", () => {
  it.each([
    ['Jürgen Groß', 'Jurgen Gros'],
    ['François Lefèvre-Œuvrard', 'Francois Lefevre-Ouvrard'],
    ['Łukasz Żółć', 'Lukasz Zolc'],
    ['Ștefan Țiriac', 'Stefan Tiriac'],
    ['Åse Sørensen', 'Ase Sorensen'],
    ['Þórður Sigurðsson', 'THordur Sigurdsson'],
    ['Ħamrun Ĥ', 'Hamrun H'],
    ['Γιώργος Ψάλτης', 'Giorgos PSaltis'],
    ['Георги Щъркелов', 'Georgi SHTarkelov'],
    ['O’Brien', "O'Brien"],
    ["O'Brien & Sons [Ltd]", "O'Brien + Sons (Ltd)"],
    ['Anna–Lena', 'Anna-Lena'],
    ['Zoe\u0301  \t Müller\n', 'Zoe Muller'],
    ['Ana\u00a0Mari\u0301a', 'Ana Maria'],
    ['İpek Çağlı', 'Ipek Cagli'],
  ])('%s is written %s', (name, expected) => {
    expect(written(name)).toBe(expected);
  });

  it.each([
    ['王小明', 'U+738B'],
    ['محمد', 'U+0645'],
    ['Ivan Ыванов', 'U+042B'],
    ['Smile 🙂', 'U+1F642'],
    ['a!', 'U+0021'],
    ['x\u0301', 'U+0301'],
    ['\ud800', 'U+D800'],
    ['a\u0000', 'U+0000'],
  ])('%s is refused by code point, unquoted', (name, codePoint) => {
    expect(sepaText(name)).toEqual({ ok: false, failure: { code: 'CHARACTER', codePoint } });
  });

  it('is never cut', () => {
    expect(written('a'.repeat(70))).toHaveLength(70);
    const failure = { code: 'TOO_LONG', longest: 70 };
    expect(sepaText('a'.repeat(71))).toEqual({ ok: false, failure });
    expect(sepaText('Щ'.repeat(24))).toEqual({ ok: false, failure });
    expect(sepaText('abcd', 3)).toMatchObject({ failure: { code: 'TOO_LONG', longest: 3 } });
  });

  it.each(['', ' ', '\u00a0\n'])('is not empty: %j', (name) => {
    expect(sepaText(name)).toEqual({ ok: false, failure: { code: 'EMPTY' } });
  });

  it('has every character of the table, in the set', () => {
    for (const [character, expected] of conversions) {
      expect(expected === ' ' ? 'a' : expected).toMatch(set);
      expect(written(`a${character}b`), character).toBe(`a${expected}b`);
    }
  });

  it('stays as it is once it is converted', () => {
    const anyName = fc.array(anyLetter, { minLength: 1, maxLength: 60 });
    const property = fc.property(anyName, (letters) => {
      const once = sepaText(letters.join(''), 300);
      if (!once.ok) {
        expect(once.failure.code).toBe('EMPTY');
        return;
      }
      expect(once.value).toMatch(set);
      expect(sepaText(once.value, 300)).toEqual(once);
    });
    fc.assert(property, { seed: 21708, numRuns: 2000 });
  });

  it('is in the set or refused, whatever is put in', () => {
    const property = fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
      const converted = sepaText(text);
      if (converted.ok) expect(converted.value).toMatch(set);
    });
    fc.assert(property, { seed: 132, numRuns: 2000 });
  });
});

describe('an id', () => {
  it.each(['a', 'RUN-2026/04', 'x'.repeat(35)])('%s goes out as it is', (id) => {
    expect(sepaId(id)).toEqual({ ok: true, value: id });
  });

  it.each([
    ['', 'EMPTY'],
    ['x'.repeat(36), 'TOO_LONG'],
    ['/a', 'SLASH'],
    ['a/', 'SLASH'],
    ['a//b', 'SLASH'],
    ['a_b', 'CHARACTER'],
    ['ä', 'CHARACTER'],
    ['a ', 'CHARACTER'],
  ])('%s is refused: %s', (id, code) => {
    expect(sepaId(id)).toMatchObject({ ok: false, failure: { code } });
  });
});
