import { beforeEach, describe, expect, it } from 'vitest';
import type { SurveyAnswer, SurveyStore } from '../../shared/ports/surveys.ts';
import { day } from '../support/points.ts';
import { collected } from './auditor.ts';

const survey = { program: 'shop', survey: 'yearly' };

function answer(id: string): SurveyAnswer {
  return { id, day: day('2026-06-15'), answers: `{"by":"${id}"}` };
}

type Calls = ReturnType<typeof callsOn>;

/** What every survey store does. */
export function surveySuite(open: () => Promise<SurveyStore>): void {
  let store: SurveyStore;
  beforeEach(async () => {
    store = await open();
  });
  const calls = callsOn(() => store);
  ticketTests(calls);
  receiptTests(calls);
  answerTests(calls);
}

function callsOn(store: () => SurveyStore) {
  return {
    store,
    issue: (member: string, ticketHash: string) => store().issue({ ...survey, member, ticketHash }),
    handIn: (ticketHash: string, receiptHash: string, id: string) =>
      store().handIn({ ...survey, ticketHash, receiptHash, answer: answer(id) }),
    claim: (member: string, receiptHash: string, claimHash = `${member} ${receiptHash}`) =>
      store().claim({ ...survey, member, receiptHash, claimHash }),
  };
}

function ticketTests({ store, issue, handIn }: Calls): void {
  describe('a ticket', () => {
    it('is one for each member, asked for as often as one likes', async () => {
      expect(await issue('ann', 't1')).toBe('issued');
      expect(await issue('ann', 't1')).toBe('issued');
      expect(await issue('ann', 't2')).toBe('exists');
      expect(await issue('ben', 't1')).toBe('taken');
      expect(await issue('ben', 't2')).toBe('issued');
    });

    it('is spent once', async () => {
      await issue('ann', 't1');
      expect(await handIn('t1', 'r1', 'a')).toBe('handedIn');
      expect(await handIn('t1', 'r1', 'b')).toBe('handedIn');
      expect(await handIn('t1', 'r2', 'c')).toBe('invalid');
      expect(await handIn('t9', 'r9', 'd')).toBe('invalid');
      expect(await collected(store().answers(survey))).toEqual([answer('a')]);
      expect(await issue('ann', 't1')).toBe('exists');
    });

    it('is good for its own survey only, and for a receipt of its own', async () => {
      await issue('ann', 't1');
      await issue('ben', 't2');
      const other = { ...survey, survey: 'other' };
      const handedIn = { ...other, ticketHash: 't1', receiptHash: 'r1', answer: answer('a') };
      expect(await store().handIn(handedIn)).toBe('invalid');
      expect(await handIn('t1', 'r1', 'a')).toBe('handedIn');
      expect(await handIn('t2', 'r1', 'b')).toBe('invalid');
      expect(await handIn('t2', 'r2', 'b')).toBe('handedIn');
    });

    it('handed in by many at once counts one answer', async () => {
      await issue('ann', 't1');
      const hands = ['r1', 'r2', 'r3'].map((receipt) => handIn('t1', receipt, `by ${receipt}`));
      const outcomes = await Promise.all(hands);
      expect(outcomes.filter((outcome) => outcome === 'handedIn')).toHaveLength(1);
      expect(await collected(store().answers(survey))).toHaveLength(1);
    });
  });
}

function receiptTests({ issue, handIn, claim }: Calls): void {
  describe('a receipt', () => {
    beforeEach(async () => {
      await issue('ann', 't1');
      await issue('ben', 't2');
      await handIn('t1', 'r1', 'a');
    });

    it('pays one member, also when the claim is sent again', async () => {
      expect(await claim('ann', 'r1')).toBe('claimed');
      expect(await claim('ann', 'r1')).toBe('claimed');
      expect(await claim('ben', 'r1')).toBe('invalid');
      expect(await claim('ben', 'none')).toBe('invalid');
    });

    it('pays nobody who has had no ticket', async () => {
      expect(await claim('eve', 'r1')).toBe('invalid');
      expect(await claim('ann', 'r1')).toBe('claimed');
    });
  });
}

function answerTests({ store, issue, handIn }: Calls): void {
  it('answers come in the order of their names, those of the survey only', async () => {
    for (const id of ['b', 'c', 'a']) {
      await issue(id, `t${id}`);
      await handIn(`t${id}`, `r${id}`, id);
    }
    const stored = await collected(store().answers(survey));
    expect(stored).toEqual(['a', 'b', 'c'].map(answer));
    expect(await collected(store().answers({ ...survey, survey: 'year' }))).toEqual([]);
    expect(await collected(store().answers({ ...survey, program: 'other' }))).toEqual([]);
  });
}
