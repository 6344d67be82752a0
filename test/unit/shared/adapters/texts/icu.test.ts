import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../../../../shared/adapters/texts/icu.ts';
import { say, sayHtml } from '../../../../../shared/adapters/texts/say.ts';

describe('a message', () => {
  it('puts texts in, and decides plurals', () => {
    const text = '{who} has {count, plural, =0 {none} one {# card} other {# cards of {who}}}.';
    const said = (count: number) => say('en', text, { who: 'Ann', count });
    expect([0, 1, 1200].map(said)).toEqual([
      ...['Ann has none.', 'Ann has 1 card.', 'Ann has 1,200 cards of Ann.'],
    ]);
  });

  it('escapes what it puts into markup, and keeps it apart', () => {
    const said = sayHtml('en', 'a & b: {name}', { name: '<b>&' });
    expect(said.markup).toBe('a &amp; b: <bdi>&lt;b&gt;&amp;</bdi>');
  });

  it('throws where something lacks', () => {
    expect(() => say('en', '{name}', {})).toThrow('lacks its name');
    expect(() => say('en', '{count, plural, other {x}}', {})).toThrow('no number');
  });

  it.each([
    ...[
      '{',
      '}',
      '{a',
      '{a, select, x {y}}',
      '{a, plural, one {x}}',
      "it's",
      '{a, plural, other {x}',
    ],
    ...['{}', '{a}}', '<b>{a}</b>'],
  ])('is not %j', (text) => {
    expect(() => say('en', text, { a: 'x' })).toThrow('no message');
  });

  it('has no number outside of a plural', () => {
    expect(parseMessage('# 1')).toEqual(['# 1']);
  });
});
