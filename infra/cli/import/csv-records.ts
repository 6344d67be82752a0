/**
 * Records of a CSV text that comes in pieces, each with the physical line on which it begins.
 * Written for files that nobody checked: a stray quote costs its own line and no other, quoted
 * fields may hold line breaks of both kinds without upsetting the count, and no record is held
 * beyond a limit. (csv-parse counts a quoted CRLF as two lines and lets an unclosed quote swallow
 * the rest of the file.)
 */

export type CsvRecord =
  | { readonly line: number; readonly fields: readonly string[] }
  | { readonly line: number; readonly fault: 'MALFORMED_CSV' | 'RECORD_TOO_LONG' };

export const maxRecordCharacters = 262_144;

interface Scan {
  readonly fields: string[];
  /** Where the next record begins. */
  readonly next: number;
}

const incomplete = 'incomplete';
const malformed = 'malformed';

/** The place after the line break at `at`, or `at` itself where there is none. */
function afterLineBreak(text: string, at: number): number {
  if (text[at] === '\n') return at + 1;
  return text.startsWith('\r\n', at) ? at + 2 : at;
}

interface Field {
  readonly value: string;
  readonly end: number;
}

function quotedField(text: string, start: number): Field | undefined {
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return undefined;
    if (text[quote + 1] !== '"') {
      return { value: text.slice(start + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    }
    from = quote + 2;
  }
}

function bareField(text: string, start: number, delimiter: string): Field {
  const newline = text.indexOf('\n', start);
  const lineEnd = newline === -1 ? text.length : newline;
  const separator = text.slice(start, lineEnd).indexOf(delimiter);
  if (separator !== -1) {
    return { value: text.slice(start, start + separator), end: start + separator };
  }
  const end = text[lineEnd - 1] === '\r' && lineEnd > start ? lineEnd - 1 : lineEnd;
  return { value: text.slice(start, end), end };
}

/**
 * A record that holds a quote somewhere; the caller knows that at least one more line is here or
 * none.
 */
function scanQuoted(
  text: string,
  start: number,
  delimiter: string,
  isEnd: boolean,
): Scan | typeof incomplete | typeof malformed {
  const fields: string[] = [];
  let at = start;
  for (;;) {
    const field = text[at] === '"' ? quotedField(text, at) : bareField(text, at, delimiter);
    if (field === undefined) return isEnd ? malformed : incomplete;
    // What follows decides what this quote or line break was: two characters must be in sight.
    if (!isEnd && field.end + 1 >= text.length) return incomplete;
    fields.push(field.value);
    if (field.end >= text.length) return { fields, next: text.length };
    if (text[field.end] === delimiter) {
      at = field.end + 1;
      continue;
    }
    const next = afterLineBreak(text, field.end);
    if (next > field.end) return { fields, next };
    // A last line may end with a carriage return alone.
    if (isEnd && text.slice(field.end) === '\r') return { fields, next: text.length };
    return malformed;
  }
}

export class CsvRecords {
  readonly #delimiter: string;
  #text = '';
  #line = 1;
  /** Within a line that was given up for its length. */
  #isSkipping = false;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** The records that are whole once this piece is added; blank lines are none. */
  *push(piece: string, isEnd = false): Generator<CsvRecord> {
    this.#text += piece;
    let at = 0;
    while (at < this.#text.length) {
      const step = this.#step(at, isEnd);
      if (step === undefined) break;
      if (step.record !== undefined) yield step.record;
      at = step.next;
    }
    this.#text = this.#text.slice(at);
  }

  #step(at: number, isEnd: boolean): { record?: CsvRecord; next: number } | undefined {
    const text = this.#text;
    const newline = text.indexOf('\n', at);
    if (this.#isSkipping) {
      this.#isSkipping = newline === -1;
      if (newline !== -1) this.#line += 1;
      return { next: newline === -1 ? text.length : newline + 1 };
    }
    if (newline === -1 && !isEnd) {
      return text.length - at > maxRecordCharacters
        ? this.#giveUp(at, 'RECORD_TOO_LONG')
        : undefined;
    }
    const lineEnd = newline === -1 ? text.length : newline;
    const line = text.slice(at, text[lineEnd - 1] === '\r' && lineEnd > at ? lineEnd - 1 : lineEnd);
    if (!line.includes('"')) return this.#bareLine(line, lineEnd + 1);
    const scan = scanQuoted(text, at, this.#delimiter, isEnd);
    if (scan === malformed) return this.#giveUp(at, 'MALFORMED_CSV');
    if (scan === incomplete) {
      return text.length - at > maxRecordCharacters ? this.#giveUp(at, 'MALFORMED_CSV') : undefined;
    }
    if (scan.next - at > maxRecordCharacters) return this.#giveUp(at, 'RECORD_TOO_LONG');
    const record = { line: this.#line, fields: scan.fields };
    for (let n = newline; n !== -1 && n < scan.next; n = text.indexOf('\n', n + 1)) this.#line += 1;
    return { record, next: scan.next };
  }

  #bareLine(text: string, next: number): { record?: CsvRecord; next: number } {
    const line = this.#line;
    this.#line += 1;
    if (text.length > maxRecordCharacters) {
      return { record: { line, fault: 'RECORD_TOO_LONG' }, next };
    }
    return text === '' ? { next } : { record: { line, fields: text.split(this.#delimiter) }, next };
  }

  /** Refuses the physical line at `at` and goes on with the one after it. */
  #giveUp(at: number, fault: 'MALFORMED_CSV' | 'RECORD_TOO_LONG') {
    const record: CsvRecord = { line: this.#line, fault };
    const newline = this.#text.indexOf('\n', at);
    if (newline === -1) this.#isSkipping = true;
    else this.#line += 1;
    return { record, next: newline === -1 ? this.#text.length : newline + 1 };
  }
}
