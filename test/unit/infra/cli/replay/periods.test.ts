import { expect, test } from 'vitest';
import { playsHistory } from '../../../../../infra/cli/replay/periods.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';

const at = (text: string) => instantOf(Date.parse(text));
const program = sampleProgram({
  timeZone: 'Europe/Zagreb',
  money: { wallets: ['HRK', 'EUR'] },
  expiry: [{ unit: 'PTS', kind: 'never' }],
});

test.each([
  ['2022-12-30T00:00:00Z', '2022-12-31T22:59:59Z', false],
  ['2022-12-30T00:00:00Z', '2022-12-31T23:00:00Z', true],
  ['2022-12-31T22:59:59Z', '2024-01-01T00:00:00Z', true],
  ['2022-12-31T23:00:00Z', '2024-01-01T00:00:00Z', false],
])('from %s to %s wallets in kuna migrate: %s', (from, to, migrate) => {
  expect(playsHistory(program, at(from), at(to))).toBe(migrate);
});
