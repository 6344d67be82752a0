import { InvariantError } from '../../domain/result.ts';

/** A piece of a message: words, what is put in, the number of a plural, or one of its forms. */
export type Piece =
  | string
  | { readonly kind: 'argument'; readonly name: string }
  | { readonly kind: 'count'; readonly name: string }
  | {
      readonly kind: 'plural';
      readonly name: string;
      readonly forms: ReadonlyMap<string, Message>;
    };

export type Message = readonly Piece[];

/**
 * Reads the part of ICU's message syntax that texts here are written in: `{name}` and
 * `{name, plural, =0 {…} one {…} other {…}}` with `#`. Throws on anything else, apostrophes too,
 * which quote in ICU: texts write ’. The whole syntax takes a library of 33 KB, which is 7 % of
 * what a bundle may have; a test compares every text with it.
 */
export function parseMessage(text: string): Message {
  const { message, end } = readPieces(text, 0);
  if (end !== text.length) throw malformed(text);
  return message;
}

interface Reading {
  readonly message: Message;
  /** The place of the brace that ends it, or the length of the text. */
  readonly end: number;
}

/** `plural` is the name whose number `#` stands for. */
function readPieces(text: string, start: number, plural?: string): Reading {
  const message: Piece[] = [];
  const special = plural === undefined ? /[{}'<]/g : /[{}'<#]/g;
  let at = start;
  for (;;) {
    special.lastIndex = at;
    const found = special.exec(text);
    const stop = found?.index ?? text.length;
    if (stop > at) message.push(text.slice(at, stop));
    if (found === null || found[0] === '}') return { message, end: stop };
    if (found[0] === '#' && plural !== undefined) {
      message.push({ kind: 'count', name: plural });
      at = stop + 1;
    } else if (found[0] === '{') {
      const { piece, end } = readArgument(text, stop);
      message.push(piece);
      at = end;
    } else throw malformed(text);
  }
}

const argument = /\{\s*(\w+)\s*(?:\}|,\s*plural\s*,)/y;
const form = /\s*(=\d+|zero|one|two|few|many|other)\s*\{/y;
const closing = /\s*\}/y;

function readArgument(
  text: string,
  start: number,
): { readonly piece: Piece; readonly end: number } {
  const [head = '', name = ''] = matchAt(argument, text, start) ?? [];
  if (name === '') throw malformed(text);
  let at = start + head.length;
  if (head.endsWith('}')) return { piece: { kind: 'argument', name }, end: at };
  const forms = new Map<string, Message>();
  for (let next = matchAt(form, text, at); next; next = matchAt(form, text, at)) {
    const { message, end } = readPieces(text, at + next[0].length, name);
    forms.set(next[1] ?? '', message);
    at = end + 1;
  }
  const end = matchAt(closing, text, at);
  if (end === undefined || !forms.has('other')) throw malformed(text);
  return { piece: { kind: 'plural', name, forms }, end: at + end[0].length };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function malformed(text: string): InvariantError {
  return new InvariantError(`This is no message: ${text}`);
}

/** The pieces in their order, plurals decided; `count` writes a number. */
export function resolve(
  message: Message,
  language: string,
  numbers: Readonly<Record<string, unknown>>,
): (string | { readonly name: string })[] {
  return message.flatMap((piece) => {
    if (typeof piece === 'string') return [piece];
    if (piece.kind === 'argument') return [{ name: piece.name }];
    const count = numbers[piece.name];
    if (typeof count !== 'number') throw new InvariantError(`${piece.name} is no number.`);
    if (piece.kind === 'count') return [new Intl.NumberFormat(language).format(count)];
    const { forms } = piece;
    const category = new Intl.PluralRules(language).select(count);
    const chosen = forms.get(`=${count}`) ?? forms.get(category) ?? forms.get('other') ?? [];
    return resolve(chosen, language, numbers);
  });
}
