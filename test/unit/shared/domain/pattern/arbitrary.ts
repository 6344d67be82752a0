import fc from 'fast-check';

const key = fc.constantFrom('a', 'b', 'c');
const text = fc.constantFrom('x', 'y', 'xy', '1', '10.0.0.1');
const number = fc.constantFrom(1, 2, 2.5);
const scalar = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 2, arbitrary: number },
  fc.constantFrom(true, null),
);

const operator = fc.oneof(
  fc.record({ exists: fc.boolean() }),
  fc.record({ prefix: text }),
  fc.record({ suffix: fc.record({ 'equals-ignore-case': text }) }),
  fc.record({ wildcard: fc.constantFrom('x*', '*y') }),
  fc.record({ cidr: fc.constant('10.0.0.0/8') }),
  fc.record({ numeric: fc.tuple(fc.constantFrom('=', '<', '>='), number) }),
  fc.record({ 'anything-but': fc.oneof(text, number, fc.record({ prefix: text })) }),
);

const equality = fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 });
const leaf = fc.oneof(
  { weight: 3, arbitrary: equality },
  fc.array(fc.oneof(scalar, operator), { minLength: 1, maxLength: 3 }),
);

interface Trees {
  pattern: object;
  value: unknown;
}

const { pattern, value } = fc.letrec<Trees>((tie) => {
  const fields = fc.dictionary(
    key,
    fc.oneof({ maxDepth: 3, depthIdentifier: 'pattern' }, leaf, leaf, tie('pattern')),
    { minKeys: 1, maxKeys: 3 },
  );
  // Other keys than the fields beside it, since a path may be named once only.
  const choice = fc.dictionary(fc.constantFrom('d', 'e'), leaf, { minKeys: 1, maxKeys: 2 });
  return {
    pattern: fc.oneof(
      { weight: 4, arbitrary: fields },
      fc
        .tuple(fields, fc.array(choice, { minLength: 2, maxLength: 3 }))
        .map(([all, $or]) => ({ ...all, $or })),
    ),
    value: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'value' },
      { weight: 3, arbitrary: scalar },
      fc.dictionary(key, tie('value'), { maxKeys: 3 }),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  };
});

/** Patterns over a few fields and values, so that many match; most fields compare for equality. */
export const patternArbitrary = pattern;

/** Any JSON value over the fields and values of the patterns. */
export const valueArbitrary = value;

export const eventArbitrary = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), value, {
  maxKeys: 5,
});
