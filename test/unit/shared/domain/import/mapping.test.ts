import { expect, test } from 'vitest';
import { columnsOf, parseMapping } from '../../../../../shared/domain/import/mapping.ts';
import { minimalMapping } from './minimal-mapping.ts';

function faultOf(change: object): string {
  const parsed = parseMapping({ ...minimalMapping, ...change });
  return parsed.ok ? 'no fault' : parsed.failure;
}

test('a minimal mapping is complete', () => {
  const parsed = parseMapping(minimalMapping);
  expect(parsed.ok && parsed.value.types).toEqual({
    placed: 'order.placed',
    returned: 'order.returned',
  });
  expect(parsed.ok && columnsOf(parsed.value)).toEqual(['Order', 'Member', 'At', 'Value']);
});

test.each([
  [{ colour: 'red' }, /the file|colour/],
  [{ source: '' }, /source/],
  [{ time: { column: 'At', format: 'yyyy-MM-dd', zone: 'Europe/Atlantis' } }, /time\.zone/],
  [{ time: { column: 'At', format: 'dd.mm.yy', zone: 'UTC' } }, /time\.format/],
  [{ currency: { constant: 'XAU' } }, /currency\.constant/],
  [{ country: { column: 'Land', codes: { England: 'England' } } }, /country\.codes\.England/],
  [{ country: { column: 'Land', codes: { England: 'XX' } } }, /country\.codes\.England: .*such as/],
  [{ amount: { factors: [] } }, /amount\.factors/],
  [
    { amount: { factors: [{ column: 'Value' }], decimalSeparator: ',', groupSeparator: ',' } },
    /groupSeparator/,
  ],
  [{ cancellation: { column: 'Order', matches: 'C.*' } }, /cancellation/],
])('names the fault in %j', (change, fault) => expect(faultOf(change)).toMatch(fault));

test('a mapping of old orders may name a country that is no more', () => {
  const country = { column: 'Land', codes: { Jugoslavija: 'YU' } };
  expect(faultOf({ country })).toBe('no fault');
});
