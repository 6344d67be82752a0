import { expect, it } from 'vitest';
import { MemberWorld } from './member-world.ts';

it('a person sets a level, with a reason and for a time', () => {
  const world = new MemberWorld();
  const asked = { level: 'gold', reason: 'correction' };
  expect(world.told('tier.overridden', 'ann', { ...asked, until: '2026-09-01' })).toBe('done');
  expect(world.decisions.at(-1)).toMatchObject({
    kind: 'tier',
    tier: { level: 'gold', reason: 'override', overrideUntil: '2026-09-01', version: 1n },
  });
  expect(world.told('tier.overridden', 'ann', asked)).toBe('done');
  expect(world.told('tier.overridden', 'ann', { ...asked, until: '2027-03-02' })).toBe(
    'OVERRIDE_TOO_LONG data.until',
  );
  expect(world.told('tier.overridden', 'ann', { ...asked, until: 'soon' })).toBe(
    'FIELD_INVALID data.until',
  );
});

it('a life event holds the level', () => {
  const world = new MemberWorld();
  const asked = { reason: 'parental-leave', until: '2026-12-01' };
  expect(world.told('tier.held', 'ann', asked)).toBe('done');
  expect(world.decisions.at(-1)?.tier).toMatchObject({ heldUntil: '2026-12-01' });
  expect(world.told('tier.held', 'ann', { ...asked, reason: 'correction' })).toBe(
    'UNKNOWN_REASON data.reason',
  );
  expect(world.told('tier.held', 'ann', { reason: 'parental-leave' })).toBe(
    'FIELD_INVALID data.until',
  );
});
