import type { Language } from '../../domain/message/language.ts';
import { invariant } from '../../domain/result.ts';
import { type Html, html } from '../pages/html.ts';
import { directionOf } from './direction.ts';
import { type Message, parseMessage, resolve } from './icu.ts';

/** Numbers decide plurals and nothing else; a text stands as it is. */
export type Values = Readonly<Record<string, string | number>>;

const parsed = new Map<string, Message>();

/** The pieces of a text in the syntax of ICU, which is read once. */
function piecesOf(language: Language, text: string, values: Values) {
  const known = parsed.get(text) ?? parseMessage(text);
  parsed.set(text, known);
  return resolve(known, language, values);
}

function textIn(values: Values, name: string): string {
  const value = values[name];
  invariant(typeof value === 'string', `A text lacks its ${name}.`);
  return value;
}

/**
 * As plain text. Where a language is written from right to left, what is put in is kept apart by
 * the isolates of Unicode, so that a code or an amount does not reorder the words around it.
 */
export function say(language: Language, text: string, values: Values = {}): string {
  const isRightToLeft = directionOf(language) === 'rtl';
  const said = piecesOf(language, text, values).map((piece) => {
    if (typeof piece === 'string') return piece;
    const plain = textIn(values, piece.name);
    return isRightToLeft ? `\u2068${plain}\u2069` : plain;
  });
  return said.join('');
}

/** As markup: whatever is put in stands in `<bdi>`, escaped. */
export function sayHtml(language: Language, text: string, values: Values = {}): Html {
  return piecesOf(language, text, values).reduce<Html>((said, piece) => {
    if (typeof piece === 'string') return html`${said}${piece}`;
    return html`${said}<bdi>${textIn(values, piece.name)}</bdi>`;
  }, html``);
}
