import { expect, it } from 'vitest';
import { lineInWords } from '../../../../../infra/cli/payout/lines.ts';

const line = { member: 'ann', availableMinor: '2500', currency: 'EUR' };
const placed = { ...line, payout: 'p-1', rail: 'bank' };

it.each([
  [{ ...line, skipped: 'NO_CHOICE' }, 'ann, €25.00: left, the member has not chosen how'],
  [{ ...placed, state: 'paid' }, 'ann, €25.00: p-1 by bank is paid'],
  [{ ...placed, state: 'failed', why: 'NO_PROVIDER' }, 'is in the wallet (NO_PROVIDER)'],
  [placed, 'ann, €25.00: p-1 by bank was not placed'],
] as const)('says what became of a wallet: %j', (given, words) => {
  expect(lineInWords(given)).toContain(words);
});
