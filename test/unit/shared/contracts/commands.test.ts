import { describe, expect, it } from 'vitest';
import { readMemberCommand } from '../../../../shared/contracts/commands.ts';
import type { RefusalCode } from '../../../../shared/domain/refusal.ts';
import { formatInstant } from '../../../../shared/domain/time.ts';

const good = {
  id: '7',
  source: 'crm',
  actor: 'clerk-3',
  type: 'points.adjusted',
  member: '17850',
  occurredAt: '2026-03-01T10:00:00+01:00',
  data: { unit: 'PTS', points: -20, reason: 'correction' },
};

/** A body in which some fields are others; `undefined` leaves a field out. */
function body(parts: Readonly<Record<string, unknown>> = {}): unknown {
  return JSON.parse(JSON.stringify({ ...good, ...parts }));
}

function refusalOf(read: ReturnType<typeof readMemberCommand>): unknown {
  return read.ok ? 'accepted' : read.failure;
}

describe('a good command', () => {
  it('reads whole, with its time in UTC and its data as they came', () => {
    const read = readMemberCommand(body());
    if (!read.ok) throw new Error(read.failure.code);
    const { occurredAt, ...command } = read.value.command;
    expect(formatInstant(occurredAt)).toBe('2026-03-01T09:00:00.000Z');
    expect({ ...command, occurredAt: good.occurredAt }).toEqual(good);
  });

  it('is the same body in any order of keys, and another with any other value', () => {
    const canonical = (value: unknown) => {
      const read = readMemberCommand(value);
      return read.ok ? read.value.canonicalBody : undefined;
    };
    const turned = Object.fromEntries(Object.entries(good).reverse());
    expect(canonical(turned)).toBe(canonical(good));
    for (const other of [body({ actor: 'clerk-4' }), body({ data: {} })]) {
      expect(canonical(other)).not.toBe(canonical(good));
    }
  });
});

describe('a bad command is refused by code and field', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : { deeper: nested(levels - 1) });
  const cases: [string, Readonly<Record<string, unknown>>, RefusalCode, string][] = [
    ['an actor missing', { actor: undefined }, 'FIELD_MISSING', 'actor'],
    ['an empty member', { member: '' }, 'FIELD_MISSING', 'member'],
    ["a reference of Guerdon's own", { member: '@holder' }, 'FIELD_INVALID', 'member'],
    ['a long id', { id: 'x'.repeat(257) }, 'FIELD_INVALID', 'id'],
    ['a long source', { source: 'x'.repeat(129) }, 'FIELD_INVALID', 'source'],
    ['no offset', { occurredAt: '2026-03-01T10:00:00' }, 'INVALID_DATE', 'occurredAt'],
    ['data that is a list', { data: [] }, 'FIELD_INVALID', 'data'],
    ['no data', { data: undefined }, 'FIELD_MISSING', 'data'],
    ['data nested too deep', { data: nested(9) }, 'FIELD_INVALID', 'data'],
    ['a field of its own', { memo: 'x' }, 'UNKNOWN_FIELD', 'memo'],
  ];
  it.each(cases)('%s', (_, parts, code, field) => {
    expect(refusalOf(readMemberCommand(body(parts)))).toEqual({ code, field });
  });

  it.each([[null], ['text'], [[good]]])('%j is no object', (value) => {
    expect(refusalOf(readMemberCommand(value))).toEqual({ code: 'MALFORMED_JSON' });
  });

  it('one beyond 256 KB', () => {
    const read = readMemberCommand(body({ data: { text: 'ü'.repeat(131_072) } }));
    expect(refusalOf(read)).toEqual({ code: 'BODY_TOO_LARGE' });
  });
});
