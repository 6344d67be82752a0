import { describe, expect, it } from 'vitest';
import { createClaimTokens } from '../../../../../shared/adapters/aws/claim-tokens.ts';
import { createPageTokens } from '../../../../../shared/adapters/aws/page-tokens.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';

const secretOf = (text: string) => async () => ({ key: new Secret(text) });
const tokens = createPageTokens({ secret: secretOf('k'.repeat(32)) });
const link = {
  purpose: 'statement',
  subject: ['shop', 'm€mber', ''],
  expiresAtEpochSeconds: 1_900_000_000,
} as const;

describe('tokens of pages', () => {
  it('say what they were issued for, and fit a link', async () => {
    const token = (await tokens.issue(link)).reveal();
    expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
    const { purpose: _, ...said } = link;
    expect(await tokens.read('statement', token)).toEqual(said);
  });

  it('are good for one purpose and under one key', async () => {
    const token = (await tokens.issue(link)).reveal();
    expect(await tokens.read('choose', token)).toBeUndefined();
    const others = createPageTokens({ secret: secretOf('o'.repeat(32)) });
    expect(await others.read('statement', token)).toBeUndefined();
    const claims = createClaimTokens({ secret: secretOf('k'.repeat(32)) });
    expect(await claims.read(token)).toBeUndefined();
  });

  it('bear no change, and nothing else is one', async () => {
    const token = (await tokens.issue(link)).reveal();
    for (let at = 0; at < token.length; at += 1) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect(await tokens.read('statement', changed)).toBeUndefined();
    }
    for (const text of ['', 'x', token.slice(1), `${token}A`, `${token}=`, 'A'.repeat(2000)]) {
      expect(await tokens.read('statement', text)).toBeUndefined();
    }
  });
});
