import { expect, it } from 'vitest';
import { commandField, commandTypes } from '../../../../shared/contracts/command-types.ts';
import { commandHandlers } from '../../../../shared/domain/commands/registry.ts';

it('the types of commands are those that are handled', () => {
  expect(commandTypes.toSorted()).toEqual(Object.keys(commandHandlers).toSorted());
});

it.each([
  [{ type: 'order.placed' }, undefined],
  [{ type: 'gift.given' }, 'type'],
  [{ type: 'gift.given', amountMinor: 0 }, undefined],
  [{ type: 'order.placed', actor: 'kim' }, 'actor'],
  [{ program: 'shop', command: {} }, 'command'],
  [{ type: 5 }, undefined],
  ['gift.given', undefined],
  [null, undefined],
])('%j is a command by %s', (body, field) => {
  expect(commandField(body)).toBe(field);
});
