import { describe, expect, it } from 'vitest';
import { type Bends, toldOf } from './whole-program.ts';

const euros = {
  ...{ id: 'euros', rules: ['cashback'], per: 'member', window: 'month' },
  ...{ points: 1000, unit: 'EUR' },
};
const dollars = { ...euros, id: 'dollars', unit: 'USD', points: 900 };
const perEvent = { per: 'event', window: undefined };
const onlyTimes = { points: undefined, times: 3 };
const two: Bends = { '/currencies/-': 'USD', '/earning/caps/3': euros };

function toldOfCaps(bends: Bends): string[] {
  return toldOf(bends).filter((finding) => finding.startsWith('/earning/caps'));
}

describe('a cap on cashback in one currency', () => {
  it.each<[string, Bends]>([
    ['alone', {}],
    ['beside one for another window', { '/earning/caps/4': { ...dollars, window: 'day' } }],
    ['beside one for each event', { '/earning/caps/4': { ...dollars, ...perEvent } }],
    ['beside one for other rules', { '/earning/caps/4': { ...dollars, rules: ['base'] } }],
    ['beside one that counts times', { '/earning/caps/4': { ...dollars, ...onlyTimes } }],
  ])('is told where the program has another one too: %s', (_, bends) => {
    expect(toldOfCaps({ ...two, ...bends })).toContainEqual(
      '/earning/caps/3/unit: counts EUR only, and rule cashback pays for purchases in USD too, ' +
        'without such a limit: add a cap like this one for each currency',
    );
  });

  it.each<[string, Bends]>([
    ['there is only that one', { '/currencies/1': undefined }],
    ['another cap counts the other', { '/earning/caps/4': dollars }],
    [
      'its rules are for purchases in that currency alone',
      { '/earning/rules/2/when': { type: ['order.placed'], currency: ['EUR'] } },
    ],
  ])('is fine where %s', (_, bends) => {
    expect(toldOfCaps({ ...two, ...bends })).toEqual([]);
  });
});
