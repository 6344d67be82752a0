import { expect, it } from 'vitest';
import { executeCommands } from '../../../../../shared/app/booking/execute-commands.ts';
import { sweepMember } from '../../../../../shared/app/booking/sweep-member.ts';
import { readMemberCommand } from '../../../../../shared/contracts/commands.ts';
import { owner } from '../../../../support/points.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';
import { createWorld } from '../../../../support/world.ts';

const named = (count: number, what: string) =>
  Array.from({ length: count }, (_, at) => `${what}-${at}`);

it('what is due at once is booked in as many postings as transactions hold', async () => {
  const perks = named(10, 'perk');
  const names = { en: 'Perk' };
  const world = createWorld(
    sampleProgram({
      entitlements: Object.fromEntries(perks.map((perk) => [perk, { kind: 'access', names }])),
      occasions: named(12, 'year').map((id) => ({
        ...{ id, kind: 'anniversary', reward: { entitlements: perks } },
      })),
    }),
  );
  const { dependencies, clock } = world;
  const reading = readMemberCommand({
    ...{ id: 'join', source: 'shop', actor: 'shop', type: 'member.enrolled', member: 'ann' },
    ...{ occurredAt: '2026-03-01T10:00:00Z', data: { kind: 'person' } },
  });
  if (!reading.ok) throw new Error(reading.failure.code);
  const command = { delivery: 'd-join', program: owner.program, received: reading.value };
  expect(await executeCommands(dependencies, [command])).toEqual([{ kind: 'done' }]);
  clock.advance(300 * 86_400_000);
  const sizes: number[] = [];
  const { ledger } = dependencies;
  const counting: typeof ledger = {
    ...ledger,
    post(posting) {
      sizes.push(posting.entries.length + posting.balances.length + posting.records.length);
      return ledger.post(posting);
    },
  };
  expect(await sweepMember({ ...dependencies, ledger: counting }, owner)).toBe(12);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
});
