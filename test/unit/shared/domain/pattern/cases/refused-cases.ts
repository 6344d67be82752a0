/** Why the pattern is refused, the pattern, and where it is refused. */
export type RefusedCase = readonly [reason: string, pattern: unknown, path: string];

const inField = (test: unknown) => ({ a: [test] });
const wide = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ [`k${index}`]: [1] }));

const structure: readonly RefusedCase[] = [
  ['not an object', [], ''],
  ['text', 'x', ''],
  ['null', null, ''],
  ['no field', {}, ''],
  ['no array around the value', { a: 'x' }, 'a'],
  ['null without an array', { a: null }, 'a'],
  ['empty array', { a: [] }, 'a'],
  ['empty object', { a: {} }, 'a'],
  ['array in an array', inField(['x']), 'a[0]'],
  ['empty test', inField({}), 'a[0]'],
  ['two operators in one object', inField({ prefix: 'x', suffix: 'y' }), 'a[0]'],
  ['unknown operator', inField({ regex: 'x' }), 'a[0]'],
  ['inherited name as operator', { a: ['x', { constructor: 'x' }] }, 'a[1]'],
  ['operator without an array', { a: { b: { prefix: 'x' } } }, 'a.b.prefix'],
  ['number beyond exactness', inField(2 ** 60), 'a[0]'],
  ['number beyond JSON', inField(JSON.parse('1e400')), 'a[0]'],
];

const operators: readonly RefusedCase[] = [
  ['exactly takes text', inField({ exactly: 5 }), 'a[0].exactly'],
  ['prefix takes text', { a: { b: [{ prefix: 5 }] } }, 'a.b[0].prefix'],
  ['prefix takes no list', inField({ prefix: ['x'] }), 'a[0].prefix'],
  ['prefix takes no other operator', inField({ prefix: { wildcard: 'x' } }), 'a[0].prefix'],
  ['suffix in an array', inField({ suffix: ['.png'] }), 'a[0].suffix'],
  [
    'suffix ignoring case takes text',
    inField({ suffix: { 'equals-ignore-case': 1 } }),
    'a[0].suffix.equals-ignore-case',
  ],
  ['ignoring case takes text', inField({ 'equals-ignore-case': ['x'] }), 'a[0].equals-ignore-case'],
  ['exists is no text', inField({ exists: 'true' }), 'a[0].exists'],
  ['exists is no null', inField({ exists: null }), 'a[0].exists'],
  ['two stars in a row', inField({ wildcard: 'a**' }), 'a[0].wildcard'],
  ['backslash before a letter', inField({ wildcard: 'a\\b' }), 'a[0].wildcard'],
  ['backslash at the end', inField({ wildcard: 'a\\' }), 'a[0].wildcard'],
  ['wildcard takes text', inField({ wildcard: 1 }), 'a[0].wildcard'],
  ['numeric takes no text', inField({ numeric: ['>', '5'] }), 'a[0].numeric'],
  ['numeric takes an array', inField({ numeric: 5 }), 'a[0].numeric'],
  ['numeric needs a bound', inField({ numeric: ['>'] }), 'a[0].numeric'],
  ['numeric without operator', inField({ numeric: [] }), 'a[0].numeric'],
  ['unknown comparison', inField({ numeric: ['!=', 5] }), 'a[0].numeric'],
  ['bounds the wrong way round', inField({ numeric: ['<', 5, '>', 3] }), 'a[0].numeric'],
  ['empty range', inField({ numeric: ['>', 5, '<', 3] }), 'a[0].numeric'],
  ['range of one value', inField({ numeric: ['>=', 5, '<=', 5] }), 'a[0].numeric'],
  ['equality with a second bound', inField({ numeric: ['=', 5, '<', 9] }), 'a[0].numeric'],
  ['three bounds', inField({ numeric: ['>', 1, '<', 3, '<', 4] }), 'a[0].numeric'],
  ['bound beyond the service', inField({ numeric: ['=', 6_000_000_000] }), 'a[0].numeric'],
  ['block without a length', inField({ cidr: '10.0.0.0' }), 'a[0].cidr'],
  ['block of one address', inField({ cidr: '10.0.0.1/32' }), 'a[0].cidr'],
  ['IPv6 block of one address', inField({ cidr: '::1/128' }), 'a[0].cidr'],
  ['block that is too long', inField({ cidr: '10.0.0.0/33' }), 'a[0].cidr'],
  ['negative length', inField({ cidr: '10.0.0.0/-1' }), 'a[0].cidr'],
  ['two lengths', inField({ cidr: '10.0.0.0/8/8' }), 'a[0].cidr'],
  ['no such byte', inField({ cidr: '10.0.0.256/8' }), 'a[0].cidr'],
  ['host name', inField({ cidr: 'example.com/8' }), 'a[0].cidr'],
  ['IPv6 with two gaps', inField({ cidr: '1::2::3/8' }), 'a[0].cidr'],
  ['IPv6 with nine groups', inField({ cidr: '1:2:3:4:5:6:7:8:9/8' }), 'a[0].cidr'],
  ['block takes text', inField({ cidr: 8 }), 'a[0].cidr'],
];

const exclusions: readonly RefusedCase[] = [
  ['anything but null', inField({ 'anything-but': null }), 'a[0].anything-but'],
  ['anything but true', inField({ 'anything-but': true }), 'a[0].anything-but'],
  ['anything but a list with null', inField({ 'anything-but': ['x', null] }), 'a[0].anything-but'],
  ['anything but nothing', inField({ 'anything-but': [] }), 'a[0].anything-but'],
  ['text and numbers mixed', inField({ 'anything-but': ['x', 1] }), 'a[0].anything-but'],
  ['empty prefix', inField({ 'anything-but': { prefix: '' } }), 'a[0].anything-but.prefix'],
  [
    'empty suffix among others',
    inField({ 'anything-but': { suffix: ['x', ''] } }),
    'a[0].anything-but.suffix',
  ],
  [
    'empty list of prefixes',
    inField({ 'anything-but': { prefix: [] } }),
    'a[0].anything-but.prefix',
  ],
  ['number as prefix', inField({ 'anything-but': { prefix: 1 } }), 'a[0].anything-but.prefix'],
  [
    'numeric inside anything but',
    inField({ 'anything-but': { numeric: ['=', 1] } }),
    'a[0].anything-but',
  ],
  [
    'cidr inside anything but',
    inField({ 'anything-but': { cidr: '10.0.0.0/8' } }),
    'a[0].anything-but',
  ],
  [
    'exists inside anything but',
    inField({ 'anything-but': { exists: false } }),
    'a[0].anything-but',
  ],
  [
    'two operators inside',
    inField({ 'anything-but': { prefix: 'x', suffix: 'y' } }),
    'a[0].anything-but',
  ],
  [
    'broken wildcard inside',
    inField({ 'anything-but': { wildcard: ['a', '**'] } }),
    'a[0].anything-but.wildcard',
  ],
];

const choices: readonly RefusedCase[] = [
  ['one alternative', { $or: [{ a: [1] }] }, '$or'],
  ['no alternative', { $or: [] }, '$or'],
  ['values as alternatives', { $or: ['x', 'y'] }, '$or[0]'],
  ['empty alternative', { $or: [{ a: [1] }, {}] }, '$or[1]'],
  ['$or as a plain field', { s: ['x'], $or: { a: [1] } }, '$or'],
  ['operators as alternatives', { $or: [{ prefix: ['a'] }, { numeric: [1] }] }, '$or[0]'],
  [
    'an operator deep in an alternative',
    { a: { $or: [{ b: [1] }, { c: { cidr: ['x'] } }] } },
    'a.$or[1].c',
  ],
  ['a reserved name', { $or: [{ a: [1] }, { 'date-after': ['x'] }] }, '$or[1]'],
  ['a field named again', { a: ['x'], $or: [{ a: ['y'] }, { b: [1] }] }, '$or[0].a'],
  ['a field named again behind', { $or: [{ a: ['y'] }, { b: [1] }], b: ['x'] }, 'b'],
  ['too many combinations', { $or: wide(1001) }, '$or'],
  ['combinations multiply', { $or: wide(40), n: { $or: wide(40) } }, 'n.$or'],
];

export const refusedCases = [...structure, ...operators, ...exclusions, ...choices];
