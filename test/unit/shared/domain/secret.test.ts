import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../shared/domain/secret.ts';

describe('a secret', () => {
  const secret = new Secret('CODE-1234');

  it('shows itself only when asked to', () => {
    expect(secret.reveal()).toBe('CODE-1234');
    expect(secret.within('https://x/', '?a=1').reveal()).toBe('https://x/CODE-1234?a=1');
  });

  it('prints as a mask wherever it strays', () => {
    const strays = [
      `${secret}`,
      String(secret),
      JSON.stringify({ secret }),
      inspect({ deep: { secret } }),
      new Error(`failed with ${secret}`).message,
      Object.values(secret).join(),
      JSON.stringify({ ...secret }),
      inspect(secret.within('a'), { showHidden: true }),
    ];
    for (const text of strays) expect(text).not.toContain('1234');
  });
});
