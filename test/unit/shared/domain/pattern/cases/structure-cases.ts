import type { Case } from './case.ts';
import { leafCase } from './case.ts';

const fields: readonly Case[] = [
  ['all fields must match', { a: ['x'], b: [1] }, { a: 'x', b: 2 }, false],
  ['other fields are ignored', { a: ['x'] }, { a: 'x', z: 1 }, true],
  ['a field that no event has', { unknown: ['x'] }, { a: 'x' }, false],
  ['a field that no event has, beside one', { a: ['x'], unknown: ['x'] }, { a: 'x' }, false],
  ['nested fields', { a: { b: ['x'] } }, { a: { b: 'x' } }, true],
  ['the nesting is part of the path', { a: { b: ['x'] } }, { b: 'x' }, false],
  ['text where an object is asked for', { a: { b: ['x'] } }, { a: 'x' }, false],
  ['an object where a value is asked for', { a: ['x'] }, { a: { b: 'x' } }, false],
  ['any element of an array', { a: ['x'] }, { a: ['w', 'x'] }, true],
  ['an array in an array', { a: ['x'] }, { a: ['w', ['x']] }, true],
  ['values beside objects in an array', { a: ['x'] }, { a: [{ b: 'y' }, 'x'] }, true],
  ['nothing from an empty array', { a: ['x'] }, { a: [] }, false],
  ['fields are no inherited names', { constructor: [{ exists: true }] }, {}, false],
  ['a field named as an operator', { prefix: ['x'] }, { prefix: 'x' }, true],
  ['a field named numeric, with fields', { numeric: { a: ['x'] } }, { numeric: { a: 'x' } }, true],
  ['the last of equal keys counts', JSON.parse('{"a":["x"],"a":["y"]}'), { a: 'y' }, true],
  ['the first of equal keys is gone', JSON.parse('{"a":["x"],"a":["y"]}'), { a: 'x' }, false],
];

const presence: readonly Case[] = [
  leafCase('exists', { exists: true }, 0, true),
  leafCase('null exists', { exists: true }, null, true),
  leafCase('empty text exists', { exists: true }, '', true),
  leafCase('absent does not exist', { exists: true }, undefined, false),
  leafCase('an empty array does not exist', { exists: true }, [], false),
  leafCase('an object does not exist', { exists: true }, { b: 1 }, false),
  leafCase('objects in an array do not exist', { exists: true }, [{ b: 1 }], false),
  leafCase('one element exists', { exists: true }, [null], true),
  leafCase('absent', { exists: false }, undefined, true),
  leafCase('null is not absent', { exists: false }, null, false),
  leafCase('an object is absent as a value', { exists: false }, { b: 1 }, true),
  leafCase('an empty array is absent', { exists: false }, [], true),
  leafCase('a value or nothing, the value', ['x', { exists: false }], 'x', true),
  leafCase('a value or nothing, nothing', ['x', { exists: false }], undefined, true),
  leafCase('a value or nothing, another', ['x', { exists: false }], 'y', false),
  ['absent below an absent object', { a: { b: [{ exists: false }] } }, {}, true],
  ['absent below text', { a: { b: [{ exists: false }] } }, { a: 'x' }, true],
  ['absent below null', { a: { b: [{ exists: false }] } }, { a: null }, true],
  ['present below an object', { a: { b: [{ exists: false }] } }, { a: { b: 1 } }, false],
  ['absent beside a match', { s: ['x'], a: { b: [{ exists: false }] } }, { s: 'x', a: {} }, true],
  ['absent, but the rest fails', { s: ['x'], a: { b: [{ exists: false }] } }, { s: 'y' }, false],
];

const line = (more: object) => ({ lines: { sku: ['A'], ...more } });
const lines = [
  { sku: 'A', quantity: 1 },
  { sku: 'B', quantity: 5, gift: true },
];

const arrays: readonly Case[] = [
  ['fields of one element', line({ quantity: [1] }), { lines }, true],
  ['fields of two elements', line({ quantity: [5] }), { lines }, false],
  ['the last of many elements', { lines: { sku: ['B'], gift: [true] } }, { lines }, true],
  ['an object instead of an array', line({ quantity: [1] }), { lines: lines[0] }, true],
  ['an array of arrays', line({ quantity: [1] }), { lines: [[lines[1]], [lines[0]]] }, true],
  [
    'elements of two inner arrays',
    line({ quantity: [5] }),
    { lines: [[lines[0], lines[1]]] },
    false,
  ],
  [
    'values of an inner array are one',
    line({ tags: ['x'] }),
    { lines: [{ sku: 'A', tags: ['w', 'x'] }] },
    true,
  ],
  [
    'nested arrays, one element',
    { o: { l: { k: ['c'], v: ['b'] } } },
    { o: [{ l: [{ k: 'c', v: 'b' }] }] },
    true,
  ],
  [
    'nested arrays, two elements',
    { o: { l: { k: ['c'], v: ['b'] } } },
    { o: [{ l: [{ k: 'c' }, { v: 'b' }] }] },
    false,
  ],
  [
    'nested arrays, two parents',
    { o: { n: ['x'], l: { v: ['b'] } } },
    { o: [{ n: 'x' }, { l: [{ v: 'b' }] }] },
    false,
  ],
  [
    'two arrays are independent',
    { a: { x: [1] }, b: { y: [2] } },
    { a: [{}, { x: 1 }], b: [{ y: 2 }] },
    true,
  ],
  [
    'absent in the chosen element',
    line({ tier: [{ exists: false }] }),
    { lines: [{ sku: 'A' }, { tier: 1 }] },
    true,
  ],
  ['absent, asked before one is chosen', line({ gift: [{ exists: false }] }), { lines }, false],
  ['absent in all elements', line({ other: [{ exists: false }] }), { lines }, true],
  [
    'present in the chosen element',
    line({ tier: [{ exists: false }] }),
    { lines: [{ sku: 'A', tier: 1 }] },
    false,
  ],
  ['anything but, in one element', line({ quantity: [{ 'anything-but': 1 }] }), { lines }, false],
  [
    'across an alternative',
    { ...line({}), $or: [{ lines: { quantity: [5] } }, { z: [1] }] },
    { lines },
    false,
  ],
];

const choice = { s: ['x'], $or: [{ a: [1] }, { b: { c: [2] } }] };
const nested = { s: ['x'], $or: [{ a: [1] }, { b: [2], $or: [{ c: [3] }, { d: [4] }] }] };
const parallel = { $or: [{ a: [1] }, { b: [2] }], n: { $or: [{ c: [3] }, { d: [4] }] } };

const choices: readonly Case[] = [
  ['first alternative', choice, { s: 'x', a: 1 }, true],
  ['second alternative', choice, { s: 'x', b: { c: 2 } }, true],
  ['no alternative', choice, { s: 'x', a: 2 }, false],
  ['alternatives do not replace fields', choice, { s: 'y', a: 1 }, false],
  ['only alternatives, none matching', { $or: [{ a: [1] }, { b: [2] }] }, { s: 'x' }, false],
  ['and within or', { $or: [{ a: [1], b: [2] }, { c: [3] }] }, { a: 1 }, false],
  ['or within or', nested, { s: 'x', b: 2, d: 4 }, true],
  ['half of or within or', nested, { s: 'x', b: 2 }, false],
  ['or at two levels', parallel, { b: 2, n: { c: 3 } }, true],
  ['or at two levels, one missing', parallel, { b: 2, n: { e: 3 } }, false],
  ['or below a field', { n: { $or: [{ c: [3] }, { d: [4] }] } }, { c: 3 }, false],
  ['absence in an alternative', { $or: [{ a: [{ exists: false }] }, { b: [1] }] }, { a: 5 }, false],
  ['both alternatives of one field', { $or: [{ a: [1] }, { a: [2] }] }, { a: 2 }, true],
];

export const structureCases = [...fields, ...presence, ...arrays, ...choices];
