import { describe, expect, it } from 'vitest';
import { longestNameBytes, namesIn } from '../../../../../shared/domain/payout/sanctions-file.ts';

describe('a file of names', () => {
  it('has one a line, whatever ends the lines, and none on lines without text', () => {
    const text = '\uFEFFAnn Example\r\n\r\n  Ben Beispiel  \nÇelik Örnek\n';
    expect(namesIn(text)).toEqual({
      ...{ ok: true, value: ['Ann Example', 'Ben Beispiel', 'Çelik Örnek'] },
    });
  });

  const long = 'é'.repeat(longestNameBytes / 2);
  it('takes a name as long as any may be', () => {
    expect(namesIn(long).ok).toBe(true);
  });

  it.each([
    ['', { code: 'LIST_EMPTY' }],
    ['\n \n', { code: 'LIST_EMPTY' }],
    [`Ann\n${long}x`, { code: 'NAME_TOO_LONG', line: 2 }],
    ['Ann\nB\uFFFDn', { code: 'NAME_NOT_UTF8', line: 2 }],
    ['Ann\n\n---', { code: 'NAME_WITHOUT_LETTERS', line: 3 }],
  ])('%j is refused: %j', (text, fault) => {
    expect(namesIn(text)).toEqual({ ok: false, failure: fault });
  });
});
