import { type ItemKey, part } from './schema.ts';

/*
 * | who asks       | what                         | operation  | pk         | sk              |
 * |----------------|------------------------------|------------|------------|-----------------|
 * | quote, redeem  | a member's quote, once       | Put; Get   | p#U#member | quote           |
 * | quote, changes | who counts on it by a quote  | Put; Query | p#I#reward | Q#member#quote  |
 * | API, changes   | who has saved it             | Put; Query | p#I#reward | S#member        |
 * | redeem         | that a quote was taken, once | Transact   | p#U#member | quote#U         |
 */

interface MemberOf {
  readonly program: string;
  readonly member: string;
}

/** A quote is its member's own: nobody finds it by its id alone. */
export function quoteKey({ program, member }: MemberOf, quote: string): ItemKey {
  return { pk: `${part(program)}#U#${part(member)}`, sk: quote };
}

/** Beside it: the redemption that has taken its price. */
export function quoteUseKey(of: MemberOf, quote: string): ItemKey {
  const { pk, sk } = quoteKey(of, quote);
  return { pk, sk: `${sk}#U` };
}

/** Everybody who counts on one reward of a program. */
export function interestPartition(program: string, rewardId: string): string {
  return `${part(program)}#I#${part(rewardId)}`;
}

export function quotedInterestKey(of: MemberOf & { rewardId: string }, quote: string): ItemKey {
  return { pk: interestPartition(of.program, of.rewardId), sk: `Q#${part(of.member)}#${quote}` };
}

export function savedInterestKey(of: MemberOf & { rewardId: string }): ItemKey {
  return { pk: interestPartition(of.program, of.rewardId), sk: `S#${part(of.member)}` };
}
