import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { samplePath } from '../../../../../infra/cli/sample/generate.ts';
import { sampleEventLines, sampleSeed } from '../../../../../infra/cli/sample/sample-events.ts';
import { readCustomerEvent } from '../../../../../shared/contracts/events.ts';

function outcomeOf(line: string): string {
  let body: unknown;
  try {
    body = JSON.parse(line);
  } catch {
    return 'MALFORMED_JSON';
  }
  const read = readCustomerEvent(body);
  return read.ok ? read.value.event.type : read.failure.code;
}

test('the checked-in sample is what its seed makes', () => {
  const lines = sampleEventLines(sampleSeed);
  expect(readFileSync(samplePath, 'utf8')).toBe(`${lines.join('\n')}\n`);
  expect(sampleEventLines(sampleSeed + 1)).not.toEqual(lines);
});

test('it holds every sort of line that a feed brings', () => {
  const lines = sampleEventLines(sampleSeed);
  const outcomes = new Set(lines.map(outcomeOf));
  expect([...outcomes].sort()).toEqual([
    'FIELD_MISSING',
    'INVALID_AMOUNT',
    'INVALID_DATE',
    'MALFORMED_JSON',
    'UNKNOWN_CURRENCY',
    'UNKNOWN_FIELD',
    'order.admired',
    'order.placed',
    'order.returned',
  ]);
  expect(new Set(lines).size).toBe(lines.length - 12);
  const text = lines.join('\n');
  for (const part of ['"refersTo"', '"GBP"', '"EUR"', '"USD"']) expect(text).toContain(part);
});
