import { createHash } from 'node:crypto';

/** As ids look: capitals, and digits that are not taken for letters. */
const idLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** So many characters, 32 at most, and always the same for the same parts. */
export function madeText(
  length: number,
  parts: readonly (string | number)[],
  letters = idLetters,
): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest();
  return [...bytes.subarray(0, length)].map((byte) => letters[byte % 32]).join('');
}
