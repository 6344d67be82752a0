import { failure, type Result, success } from '../result.ts';

/**
 * Compiles text in which `*` stands for any run of characters and `\*`, `\\` for themselves.
 * No regular expression: each literal part is looked for once, so that no text takes long.
 * The failure is a sentence.
 */
export function compileWildcard(pattern: string): Result<(text: string) => boolean, string> {
  const parts = [''];
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern[index];
    if (character === '*') {
      if (pattern[index + 1] === '*') return failure('Two wildcards in a row mean one; write one.');
      parts.push('');
      continue;
    }
    let literal = character;
    if (character === '\\') {
      index += 1;
      literal = pattern[index];
      if (literal !== '*' && literal !== '\\') {
        return failure('A backslash stands before * or another backslash only.');
      }
    }
    parts[parts.length - 1] += literal ?? '';
  }
  return success((text) => matches(text, parts));
}

function matches(text: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let from = first.length;
  for (const part of others) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from <= end;
}
