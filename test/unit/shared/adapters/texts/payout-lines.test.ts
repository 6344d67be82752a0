import { describe, expect, it } from 'vitest';
import { cameBack, workedOut } from '../../../../../shared/adapters/texts/payout-lines.ts';
import { payoutTexts } from '../../../../../shared/adapters/texts/payout-texts.ts';
import { say } from '../../../../../shared/adapters/texts/say.ts';
import type { Language } from '../../../../../shared/domain/message/language.ts';
import { convertedPayout, giftPayout, plainPayout } from '../../../../support/page-views.ts';

type Lines = ReturnType<typeof workedOut>;

const said = (lines: Lines, language: Language = 'en') =>
  lines.map(({ key, values }) => say(language, payoutTexts[language][key], values));

describe('how a payout was worked out', () => {
  it('is told step by step, the rate with its day and six digits of it', () => {
    expect(said(workedOut('en', convertedPayout))).toEqual([
      'From your wallet: €50.00',
      'Gift to Food bank: €5.00',
      'Exchanged: €45.00 = £38.82 (1\u00a0EUR = 0.862745\u00a0GBP, 20 November 2026)',
      'Fee: £0.30',
      'Payout: £38.52',
    ]);
    expect(said(workedOut('de', convertedPayout), 'de')[2]).toBe(
      'Umgetauscht: 45,00\u00a0€ = 38,82\u00a0£ ' +
        '(1\u00a0EUR = 0,862745\u00a0GBP, 20. November 2026)',
    );
  });

  it('says nothing where the wallet arrives as it was, nor of a fee that is not theirs', () => {
    expect(workedOut('en', plainPayout)).toEqual([]);
    const amounts = { ...plainPayout.amounts, feeMinor: 30n };
    expect(workedOut('en', { ...plainPayout, amounts })).toEqual([]);
  });

  it('names the charity of what is given away whole', () => {
    expect(said(workedOut('en', giftPayout))).toEqual(['Gift to Food bank: €12.00']);
  });
});

describe('what came back', () => {
  const all = { amountMinor: 5000n, currency: 'EUR' };

  it('is all of it where it was never paid', () => {
    const lines = cameBack('en', convertedPayout, { amount: all, wasPaid: false });
    expect(said(lines)).toEqual(['Back in your wallet: €50.00']);
  });

  it('is what had left it otherwise: no rate is theirs, and a gift stays given', () => {
    const amount = { ...all, amountMinor: 4500n };
    const lines = cameBack('en', convertedPayout, { amount, wasPaid: true });
    expect(said(lines)).toEqual([
      'Back in your wallet: €45.00',
      'That is what had left it: if the rate has changed since, you lose nothing by it.',
      'What you gave to Food bank stays given: €5.00',
    ]);
    const plain = cameBack('en', plainPayout, { amount, wasPaid: true });
    expect(said(plain)).toEqual(['Back in your wallet: €45.00']);
  });
});
