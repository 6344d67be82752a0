import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CsvRecord,
  CsvRecords,
  maxRecordCharacters,
} from '../../../../../infra/cli/import/csv-records.ts';

function parse(pieces: readonly string[], delimiter = ','): CsvRecord[] {
  const records = new CsvRecords(delimiter);
  return [...pieces.flatMap((piece) => [...records.push(piece)]), ...records.push('', true)];
}

/** `line:field|field` or `line!CODE`, short enough to read a whole table of cases. */
function told(pieces: readonly string[], delimiter?: string): string[] {
  return parse(pieces, delimiter).map((record) =>
    'fault' in record
      ? `${record.line}!${record.fault}`
      : `${record.line}:${record.fields.join('|')}`,
  );
}

test.each([
  ['a,b\nc,d\n', ['1:a|b', '2:c|d']],
  ['a,b\r\nc,d', ['1:a|b', '2:c|d']],
  ['a,b\r\n\r\n\nc,\r\n', ['1:a|b', '4:c|']],
  ['"a\r\nb\nc",d\r\ne,f', ['1:a\r\nb\nc|d', '4:e|f']],
  ['"a""b",""\n"",x', ['1:a"b|', '2:|x']],
  ['5" nail,b\nc,"d"\r', ['1:5" nail|b', '2:c|d']],
  ['a,"b"c\nd,e\n', ['1!MALFORMED_CSV', '2:d|e']],
  ['a,"b\nc,d\ne,f', ['1!MALFORMED_CSV', '2:c|d', '3:e|f']],
  ['a,b\r', ['1:a|b']],
  ['', []],
])('reads %j', (text, expected) => {
  expect(told([text])).toEqual(expected);
  expect(told([...text])).toEqual(expected);
});

test('takes the delimiter that the mapping names', () => {
  expect(told(['a;"b;c";1,5\n'], ';')).toEqual(['1:a|b;c|1,5']);
});

test('gives up a record that is too long, and it alone', () => {
  const long = 'x'.repeat(maxRecordCharacters + 1);
  expect(told([`a\n${long}\nb\n`])).toEqual(['1:a', '2!RECORD_TOO_LONG', '3:b']);
  expect(told(['a\n', long, long, '\nb\n'])).toEqual(['1:a', '2!RECORD_TOO_LONG', '3:b']);
  const open = `"${'y\n'.repeat(maxRecordCharacters / 2)}`;
  const records = told([open, 'z', '\nlast\n']);
  expect(records[0]).toBe('1!MALFORMED_CSV');
  expect(records.slice(-2)).toEqual([
    `${maxRecordCharacters / 2 + 1}:z`,
    `${maxRecordCharacters / 2 + 2}:last`,
  ]);
});

test('what is written by the rules is read back, wherever the pieces are cut', () => {
  const field = fc.string({ unit: fc.constantFrom('a', 'é', ',', '"', '\n', '\r', ' ') });
  const row = fc.array(field, { minLength: 2, maxLength: 4 });
  const rows = fc.array(row, { minLength: 1, maxLength: 8 });
  const cuts = fc.array(fc.nat(60), { maxLength: 5 });
  fc.assert(
    fc.property(rows, cuts, fc.constantFrom('\n', '\r\n'), (written, cutAt, lineBreak) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const lines = written.map((cells) => cells.map(quoted).join(',') + lineBreak);
      const text = lines.join('');
      const places = [0, ...cutAt.sort((left, right) => left - right), text.length];
      const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
      let line = 1;
      const expected = written.map((fields, index) => {
        const at = line;
        line += (lines[index] ?? '').split('\n').length - 1;
        return { line: at, fields };
      });
      expect(parse(pieces)).toEqual(expected);
    }),
  );
});
