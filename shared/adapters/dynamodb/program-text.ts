import { systemDigest } from '../crypto.ts';

/** Characters of one item; an item holds at most 400 KB with its key (aws-facts 1.1). */
const charactersPerItem = 350_000;

/** A value as JSON, cut into texts of one byte a character, and the hash of the whole. */
export function cutJson(value: unknown): { readonly hash: string; readonly texts: string[] } {
  const json = JSON.stringify(value).replace(/[\u007f-\uffff]/g, escaped);
  const texts: string[] = [];
  for (let from = 0; from < json.length; from += charactersPerItem) {
    texts.push(json.slice(from, from + charactersPerItem));
  }
  return { hash: systemDigest.sha256Short(json), texts };
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
