import { expect, test } from 'vitest';
import { checkedBase } from '../../../../../../shared/adapters/providers/runa/base.ts';

const playgroundKey = 'XXabc.secret-secret';
const productionKey = 'wgabc.secret-secret';

test.each([
  ['https://api.runa.io/v2', productionKey],
  ['https://playground.runa.io/v2', playgroundKey],
  ['http://127.0.0.1:4010/v2', playgroundKey],
  ['http://localhost:4010/v2', playgroundKey],
])('%s is a base', (base, key) => {
  expect(checkedBase(`${base}/`, key)).toBe(base);
});

test.each([
  ['https://api.runa.io/v2', playgroundKey, 'XX key is for the sandbox only'],
  ['https://playground.runa.io/v2', productionKey, 'production only'],
  ['http://127.0.0.1:4010/v2', productionKey, 'only takes a XX key'],
  ['http://api.runa.io/v2', productionKey, 'neither production nor sandbox'],
  ['https://api.runa.io.example/v2', productionKey, 'neither production nor sandbox'],
  ['https://api.runa.io/v3', productionKey, 'neither production nor sandbox'],
  ['https://person@api.runa.io/v2', productionKey, 'more than origin and path'],
  ['https://api.runa.io/v2?key=1', productionKey, 'more than origin and path'],
  ['nowhere', productionKey, 'not an address'],
  ['https://api.runa.io/v2', 'no-dot-in-it', 'prefix.secret'],
  ['https://api.runa.io/v2', 'wg.line\nbreak-in-it', 'prefix.secret'],
])('%s with another key, or another address: refused, and no key shows', (base, key, sentence) => {
  expect(() => checkedBase(base, key)).toThrow(sentence);
  expect(() => checkedBase(base, key)).not.toThrow(key);
});
