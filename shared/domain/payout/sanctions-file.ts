import { failure, type Result, success } from '../result.ts';
import { foldedWords } from './sanctions.ts';

/** No name on any published list is nearly as long, in bytes of UTF-8. */
export const longestNameBytes = 1000;

/** As programs name a list. */
export const listNamePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

export interface SanctionsFileFault {
  readonly code: 'LIST_EMPTY' | 'NAME_TOO_LONG' | 'NAME_NOT_UTF8' | 'NAME_WITHOUT_LETTERS';
  /** Counted from 1; absent: the whole file. */
  readonly line?: number;
}

/** A name of a line, `''` for one without text. */
export function nameOnLine(
  text: string | undefined,
): Result<string, Exclude<SanctionsFileFault['code'], 'LIST_EMPTY'>> {
  if (text === undefined) return failure('NAME_TOO_LONG');
  const name = text.trim();
  if (name === '') return success(name);
  if (name.includes('\uFFFD')) return failure('NAME_NOT_UTF8');
  return foldedWords(name).length === 0 ? failure('NAME_WITHOUT_LETTERS') : success(name);
}

/**
 * The names of a file, one a line; lines without text are left out. A file counts whole or not at
 * all: a line that is no name refuses it, and so does a file without any.
 */
export function namesIn(text: string): Result<readonly string[], SanctionsFileFault> {
  const names: string[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [at, line] of lines.entries()) {
    const isLong = new TextEncoder().encode(line).length > longestNameBytes;
    const name = nameOnLine(isLong ? undefined : line);
    if (!name.ok) return failure({ code: name.failure, line: at + 1 });
    if (name.value !== '') names.push(name.value);
  }
  return names.length === 0 ? failure({ code: 'LIST_EMPTY' }) : success(names);
}
