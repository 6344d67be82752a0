import { describe, expect, it } from 'vitest';
import { mutantsOf } from './mutants.ts';

/** `pointer change`, and what then stands in place of `part`. */
function changesOf(program: object): string[] {
  return [...mutantsOf(program)].map(({ pointer, change }) => `${pointer} ${change}`);
}

describe('mutants of a program', () => {
  it('changes figures, dates and words, and takes parts out', () => {
    const cap = { id: 'cap', per: 'event', points: 2, beyond: 'cut' };
    expect(changesOf({ earning: { caps: [cap] } })).toEqual(
      expect.arrayContaining([
        '/earning/caps removed',
        '/earning/caps/0/per → member',
        '/earning/caps/0/points +1',
        '/earning/caps/0/points -1',
        '/earning/caps/0/points ×10',
        '/earning/caps/0/points removed',
        '/earning/caps/0/beyond → nothing',
      ]),
    );
  });

  it('leaves names alone, and what events are called', () => {
    const rule = { id: 'rule', when: { type: ['order.paid'], data: { level: [3] } } };
    const found = changesOf({ name: 'Club', countries: ['DE'], earning: { rules: [rule] } });
    expect(found.filter((text) => /name|countries|\/id|when\//.test(text))).toEqual([]);
  });

  it('moves bounds and presence in patterns', () => {
    const when = { data: { box: [{ numeric: ['>=', 3] }], code: [{ exists: true }] } };
    const found = changesOf({ gifts: [{ id: 'gift', when }] });
    expect(found.filter((text) => text.includes('/when/'))).toEqual([
      '/gifts/0/when/data/box/0/numeric/0 → >',
      '/gifts/0/when/data/box/0/numeric/1 +1',
      '/gifts/0/when/data/box/0/numeric/1 -1',
      '/gifts/0/when/data/box/0/numeric/1 ×10',
      '/gifts/0/when/data/code/0/exists → false',
    ]);
  });

  it('changes one thing, in its place, and leaves the program itself alone', () => {
    const program = {
      units: { GEM: {} },
      earning: {
        promotions: [{ between: { from: '2028-02-28', to: '2028-03-01' }, percent: 200 }],
      },
    };
    const before = structuredClone(program);
    const later = [...mutantsOf(program)].find(
      ({ pointer, change }) => pointer.endsWith('/from') && change === '+1 day',
    );
    const [promotion] = before.earning.promotions;
    const between = { from: '2028-02-29', to: '2028-03-01' };
    expect(later?.json).toMatchObject({
      units: { GEM: {} },
      earning: { promotions: [{ ...promotion, between }] },
    });
    expect(program).toEqual(before);
  });

  it('changes what a program leaves to the defaults', () => {
    const found = changesOf({ earning: { returns: [{ id: 'refund', rule: 'order' }] } });
    expect(found).toContain('/earning/returns/0/uncovered → case');
    expect(found).toContain('/period → month');
    expect(found).toContain('/members/enrolment → closed');
  });
});
