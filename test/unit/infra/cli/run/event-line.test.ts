import { expect, it } from 'vitest';
import { readEventLine } from '../../../../../infra/cli/run/event-line.ts';

const sender = { id: '1', source: 'crm', member: 'ann', occurredAt: '2026-03-01T10:00:00Z' };
const enrolled = { ...sender, type: 'member.enrolled', data: { kind: 'person' } };

it('tells commands from events by their actor', () => {
  expect(readEventLine(JSON.stringify({ ...enrolled, actor: 'crm' })).kind).toBe('command');
  const event = { ...sender, type: 'order.placed', amountMinor: 100, currency: 'GBP' };
  expect(readEventLine(JSON.stringify(event)).kind).toBe('event');
});

it('misses the actor of a command that forgot it', () => {
  expect(readEventLine(JSON.stringify(enrolled))).toMatchObject({
    ...{ kind: 'refused', id: '1', refusal: { code: 'FIELD_MISSING', field: 'actor' } },
  });
});
