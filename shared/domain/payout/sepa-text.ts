import { failure, type Result, success } from '../result.ts';
import { conversions } from './sepa-letters.ts';

/** EPC132-08, 1.4: what every bank of the area must be able to carry. */
const inSet = /^[A-Za-z0-9/\-?:().,'+ ]*$/;

export const sepaNameLength = 70;
const idLength = 35;

export type SepaTextFault =
  | { readonly code: 'EMPTY' }
  | { readonly code: 'TOO_LONG'; readonly longest: number }
  /** `codePoint` such as `U+4E2D`: the character itself is part of somebody's name. */
  | { readonly code: 'CHARACTER'; readonly codePoint: string }
  /** An id that begins or ends with a slash, or holds two in a row. */
  | { readonly code: 'SLASH' };

/**
 * A name or another text in SEPA's character set: letters with marks, Greek and Bulgarian ones by
 * the table of `sepa-letters.ts`, and runs of white space as one space. What the table does not
 * have is refused, as is what has more than `longest` characters when it is converted.
 */
export function sepaText(text: string, longest = sepaNameLength): Result<string, SepaTextFault> {
  let converted = '';
  for (const character of text.normalize('NFC').replaceAll(/\s+/g, ' ').trim()) {
    const written = inSet.test(character) ? character : conversions.get(character);
    if (written === undefined) return failure({ code: 'CHARACTER', codePoint: named(character) });
    converted += written;
  }
  const tidy = converted.replaceAll(/ +/g, ' ').trim();
  if (tidy === '') return failure({ code: 'EMPTY' });
  if (tidy.length > longest) return failure({ code: 'TOO_LONG', longest });
  return success(tidy);
}

/** An id goes out as it is or not at all: what comes back has to be the same. */
export function sepaId(id: string): Result<string, SepaTextFault> {
  if (id === '') return failure({ code: 'EMPTY' });
  if (id.length > idLength) return failure({ code: 'TOO_LONG', longest: idLength });
  const stray = [...id].find((character) => !inSet.test(character));
  if (stray !== undefined) return failure({ code: 'CHARACTER', codePoint: named(stray) });
  if (id !== id.trim()) return failure({ code: 'CHARACTER', codePoint: named(' ') });
  const isOdd = id.startsWith('/') || id.endsWith('/') || id.includes('//');
  return isOdd ? failure({ code: 'SLASH' }) : success(id);
}

function named(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}
