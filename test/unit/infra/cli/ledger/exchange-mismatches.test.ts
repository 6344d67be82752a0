import { expect, it } from 'vitest';
import { exchangeMismatches } from '../../../../../infra/cli/ledger/exchange-mismatches.ts';
import type {
  Entry,
  EntryKind,
  ExchangeRecord,
  Leg,
} from '../../../../../shared/domain/ledger/entry.ts';
import { instantOf, type LocalDate } from '../../../../../shared/domain/time.ts';

/** 3.21 dollars at 1.13 for a euro: 284.07… cents. */
const exchange: ExchangeRecord = {
  ...{ from: 'USD', fromMinor: 321n, to: 'EUR', toMinor: 284n, wholeMinor: 284n },
  ...{ rate: { numerator: 100n, denominator: 113n }, rounding: 'halfUp' },
  ...{ asOf: '2026-03-02' as LocalDate, source: 'ecb' },
};
/** 3.20 dollars: 283.18… cents, which are a cent less than the member got. */
const generous = { ...exchange, fromMinor: 320n, wholeMinor: 283n };

function legsOf({ from, fromMinor, to, toMinor, wholeMinor }: ExchangeRecord): Leg[] {
  const program = (kind: 'fxPosition' | 'rounding', unit: string, amount: bigint): Leg => ({
    ...{ account: { kind }, unit, amount },
  });
  return [
    program('fxPosition', from, fromMinor),
    program('fxPosition', to, -wholeMinor),
    program('rounding', to, wholeMinor - toMinor),
  ];
}

function entryOf(exchanges: ExchangeRecord[], legs: Leg[], kind: EntryKind = 'accrual'): Entry {
  const at = instantOf(Date.UTC(2026, 2, 2));
  return {
    key: { at: 'event', program: 'p', hash: 'h', part: '0' },
    ...{ kind, program: 'p', member: 'ann', legs, exchanges, occurredAt: at, postedAt: at },
    ...{ bodyHash: '', explanation: { reason: 'EARNED' } },
  };
}

it('finds nothing where rates, exchanges and legs agree', () => {
  expect(exchangeMismatches(entryOf([exchange], legsOf(exchange)))).toEqual([]);
  expect(exchangeMismatches(entryOf([], []))).toEqual([]);
  const up = { ...exchange, fromMinor: 319n, toMinor: 282n, wholeMinor: 282n };
  const both = entryOf([exchange, up], [...legsOf(exchange), ...legsOf(up)]);
  expect(exchangeMismatches(both)).toEqual([]);
});

it('rounds as the exchange says that it was', () => {
  // 3.24 dollars: 286.72… cents.
  const amounts = { fromMinor: 324n, toMinor: 286n, wholeMinor: 286n };
  const down = { ...exchange, ...amounts, rounding: 'down' as const };
  expect(exchangeMismatches(entryOf([down], legsOf(down), 'exchange'))).toEqual([]);
  const halfUp = { ...down, rounding: 'halfUp' as const };
  expect(exchangeMismatches(entryOf([halfUp], legsOf(halfUp), 'exchange'))).toEqual([
    { unit: 'EUR', part: 'exchange', expected: 287n, found: 286n },
  ]);
});

it('finds a result that the rate does not give', () => {
  const found = exchangeMismatches(entryOf([generous], legsOf(generous)));
  expect(found).toEqual([{ unit: 'EUR', part: 'exchange', expected: 283n, found: 284n }]);
  const short = { ...exchange, wholeMinor: 283n };
  expect(exchangeMismatches(entryOf([short], legsOf(short)))).toEqual([
    { unit: 'EUR', part: 'exchange', expected: 284n, found: 283n },
  ]);
});

it('leaves it to the original what a return turns back', () => {
  const { fromMinor, toMinor, wholeMinor } = generous;
  const undone = { fromMinor: -fromMinor, toMinor: -toMinor, wholeMinor: -wholeMinor };
  const back = { ...generous, ...undone };
  expect(exchangeMismatches(entryOf([back], legsOf(back), 'return'))).toEqual([]);
});

it('finds legs that no exchange explains', () => {
  const [position, ...others] = legsOf(exchange);
  if (position === undefined) throw new Error('There are legs.');
  expect(exchangeMismatches(entryOf([exchange], others))).toEqual([
    { unit: 'USD', part: 'fxPosition', expected: 321n, found: 0n },
  ]);
  expect(exchangeMismatches(entryOf([], [position], 'return'))).toEqual([
    { unit: 'USD', part: 'fxPosition', expected: 0n, found: 321n },
  ]);
  const rounding: Leg = { account: { kind: 'rounding' }, unit: 'EUR', amount: -1n };
  expect(exchangeMismatches(entryOf([exchange], [...legsOf(exchange), rounding]))).toEqual([
    { unit: 'EUR', part: 'rounding', expected: 0n, found: -1n },
  ]);
});
