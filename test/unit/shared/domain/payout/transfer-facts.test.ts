import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BankWord,
  hear,
  standingOfTransfer,
  type TransferFacts,
} from '../../../../../shared/domain/payout/transfer-facts.ts';

const seed = 2_002;
const sent: TransferFacts = { file: 'f' };

const accepted: BankWord = { kind: 'accepted', by: 'p1' };
const rejected: BankWord = { kind: 'rejected', by: 'p2', reason: 'ACCOUNT_CLOSED' };
const booked: BankWord = { kind: 'booked', by: 's/1' };
const returned: BankWord = { kind: 'returned', by: 's/2', reason: 'NOT_TOLD' };

function heardAll(words: readonly BankWord[]): TransferFacts {
  return words.reduce((facts, word) => hear(facts, word).facts, sent);
}

describe('what a bank says of a transfer', () => {
  it.each<[string, readonly BankWord[]]>([
    ['sent', []],
    ['accepted', [accepted]],
    ['rejected', [accepted, rejected]],
    ['booked', [accepted, booked]],
    ['booked', [rejected, booked]],
    ['returned', [booked, returned]],
    ['returned', [returned]],
  ])('makes it %s', (standing, words) => {
    expect(standingOfTransfer(heardAll(words))).toBe(standing);
  });

  it(`is the same in any order, however often it comes (seed ${seed})`, () => {
    const all = [accepted, rejected, booked, returned];
    const some = fc.subarray(all, { minLength: 1 });
    const property = fc.property(
      some.chain((words) => fc.tuple(fc.constant(words), shuffledTwice(words))),
      ([words, again]) => {
        expect(heardAll(again)).toEqual(heardAll(words));
      },
    );
    fc.assert(property, { seed, numRuns: 200 });
  });

  it('is for a person where it does not go together', () => {
    expect(hear({}, booked)).toEqual({ facts: {}, conflict: 'BANK_NEVER_SENT' });
    const out = heardAll([booked]);
    expect(hear(out, booked)).toEqual({ facts: out });
    expect(hear(out, { ...booked, by: 's/9' }).conflict).toBe('BANK_BOOKED_TWICE');
    expect(hear(out, rejected).conflict).toBe('BANK_REJECTED_AFTER_BOOKING');
    const back = heardAll([booked, returned]);
    expect(hear(back, rejected).conflict).toBeUndefined();
    expect(hear(back, { ...returned, by: 's/9' }).conflict).toBe('BANK_RETURNED_TWICE');
  });

  it('is waiting before it left, and cancelled for ever', () => {
    expect(standingOfTransfer({})).toBe('waiting');
    expect(standingOfTransfer({ cancelledAt: 1 as never })).toBe('cancelled');
  });
});

function shuffledTwice(words: readonly BankWord[]): fc.Arbitrary<BankWord[]> {
  const twice = [...words, ...words];
  return fc.shuffledSubarray(twice, { minLength: twice.length, maxLength: twice.length });
}
