import { expect, test } from 'vitest';
import { UsageError } from '../../../../../infra/cli/exit.ts';
import { readPoolOptions } from '../../../../../infra/cli/vouchers/pool-options.ts';

test.each([
  ['DE,AT,XK', ['DE', 'AT', 'XK']],
  ['', []],
])('countries may be %j', (countries, expected) => {
  expect(readPoolOptions({ pool: 'bakery', countries }).asked.countries).toEqual(expected);
});

test.each(['XX', 'DE,ZZ', 'DE,', ',', 'AN', 'de', 'DE, AT'])(
  'countries are not %j',
  (countries) => {
    expect(() => readPoolOptions({ pool: 'bakery', countries })).toThrow(
      new UsageError('--countries: ISO 3166 codes of countries, such as DE,AT.'),
    );
  },
);
