import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldedWords, sanctionsIndex } from '../../../../../shared/domain/payout/sanctions.ts';
import { runs } from '../../../../properties/runs.ts';

describe('a listed name is met', () => {
  const index = sanctionsIndex(['Nikolai Testovich EXAMPLOV', 'Straße & Söhne GmbH', 'Q']);
  it.each([
    'Nikolai Testovich Examplov',
    'EXAMPLOV, Nikolai Testovich',
    'Dr. Nikolaï Testovich von Examplov',
    'Nikolay Testovich Examplov',
    'Nikolia Testovic Exampolv',
  ])('by %s', (name) => {
    expect(index.hits(name)).toEqual(['Nikolai Testovich EXAMPLOV']);
  });

  it('by letters that are spelt out', () => {
    expect(index.hits('Strasse Sohne GMBH')).toEqual(['Straße & Söhne GmbH']);
  });

  it.each([
    'Nikolai Examplov',
    'Testovich',
    'Nikolai Testovich',
    'Nicole Testovich Example',
    '',
    '&',
  ])('not by %j', (name) => {
    expect(index.hits(name)).toEqual([]);
  });

  it('by a short word only where it is the same', () => {
    expect(index.hits('Q')).toEqual(['Q']);
    expect(index.hits('QQ')).toEqual([]);
  });
});

/** Damerau's distance with neighbours swapped once, by the textbook's table. */
function distance(left: string, right: string): number {
  const table = Array.from({ length: left.length + 1 }, (_, row) => [row]);
  const at = (row: number, column: number) => table[row]?.[column] ?? 99;
  for (let column = 0; column <= right.length; column += 1) (table[0] as number[])[column] = column;
  for (let row = 1; row <= left.length; row += 1) {
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1];
      const isSwapped =
        row > 1 &&
        column > 1 &&
        left[row - 1] === right[column - 2] &&
        left[row - 2] === right[column - 1];
      (table[row] as number[])[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(row - 2, column - 2) + 1 : 99,
      );
    }
  }
  return at(left.length, right.length);
}

const anyName = fc
  .array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 7 }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((words) => words.join(' '));

describe('the index', () => {
  it('finds exactly what looking at every name finds', () => {
    fc.assert(
      fc.property(fc.array(anyName, { maxLength: 20 }), anyName, (list, name) => {
        const isMet = (wanted: string) =>
          foldedWords(name).some((word) => {
            const isLenient = wanted.length >= 5 && word.length >= 5;
            return distance(wanted, word) <= (isLenient ? 1 : 0);
          });
        const expected = list.filter((listed) => foldedWords(listed).every(isMet));
        expect([...sanctionsIndex(list).hits(name)].sort()).toEqual(expected.sort());
      }),
      runs(500),
    );
  });
});
