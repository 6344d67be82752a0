import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  claimSecretSchema,
  createClaimTokens,
} from '../../../../../shared/adapters/aws/claim-tokens.ts';
import { InvariantError } from '../../../../../shared/domain/result.ts';

const keyText = 'k'.repeat(32);
const tokensOf = (key: string) => {
  const secret = z.parse(claimSecretSchema, { key });
  return createClaimTokens({ secret: async () => secret });
};
const claim = {
  redemption: '6f0c2c0a-5f1d-8a52-9b1e-1c6a7d8e9f00',
  expiresAtEpochSeconds: 1_800_000_000,
};

describe('claim tokens', () => {
  it('reads back what it issued, in 51 characters', async () => {
    const tokens = tokensOf(keyText);
    const token = await tokens.issue(claim);
    expect(token.reveal()).toMatch(/^[\w-]{51}$/);
    expect(await tokens.read(token.reveal())).toEqual(claim);
    expect(await tokens.issue(claim)).toEqual(token);
  });

  it('does not know a token of another key', async () => {
    const token = await tokensOf(keyText).issue(claim);
    expect(await tokensOf('j'.repeat(32)).read(token.reveal())).toBeUndefined();
  });

  it('does not know a token with any one character changed', async () => {
    const tokens = tokensOf(keyText);
    const token = (await tokens.issue(claim)).reveal();
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. ';
    for (let at = 0; at < token.length; at += 1) {
      for (const character of alphabet) {
        if (character === token[at]) continue;
        const forged = token.slice(0, at) + character + token.slice(at + 1);
        expect(await tokens.read(forged)).toBeUndefined();
      }
    }
  });

  it('does not know any other text', async () => {
    const tokens = tokensOf(keyText);
    const token = (await tokens.issue(claim)).reveal();
    for (const text of [
      '',
      token.slice(1),
      `${token}A`,
      `${token}=`,
      ` ${token}`,
      'é'.repeat(51),
    ]) {
      expect(await tokens.read(text)).toBeUndefined();
    }
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[\w-]{51}$/), async (text) => {
        expect(await tokens.read(text)).toBeUndefined();
      }),
    );
  });

  it('is issued for redemptions only', async () => {
    const tokens = tokensOf(keyText);
    const wrong = { ...claim, redemption: 'not-a-redemption' };
    await expect(tokens.issue(wrong)).rejects.toThrow(InvariantError);
  });

  it('wants a key of 32 characters', () => {
    expect(z.safeParse(claimSecretSchema, { key: 'short' }).success).toBe(false);
  });
});
