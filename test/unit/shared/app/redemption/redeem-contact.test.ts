import { describe, expect, it } from 'vitest';
import { accrue } from '../../../../../shared/app/booking/accrue.ts';
import { executeCommands } from '../../../../../shared/app/booking/execute-commands.ts';
import { readMemberCommand } from '../../../../../shared/contracts/commands.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import { delivery } from '../../../../support/deliveries.ts';
import { reward, rewarding } from '../../../../support/offers.ts';
import { asking, held, outcomeOf, request, worldOf } from '../../../../support/redeeming.ts';

describe('who redeems, and where to', () => {
  const program = rewarding([
    reward(),
    reward({ id: 'mug', kind: 'merchandise', pointsPerMajorUnit: undefined, points: 700 }),
  ]);
  const mug = request({ rewardId: 'mug' });
  const { amountMinor: _, ...thing } = mug;

  it('goods need an address, which is sealed, and nothing else takes one', async () => {
    const world = await worldOf(program);
    const address = new Secret('High St 1\nLeeds');
    expect(await outcomeOf(world, asking('k1', thing))).toBe('ADDRESS_MISSING');
    expect(await outcomeOf(world, asking('k2', request(), { address }))).toBe('ADDRESS_NOT_WANTED');
    const redemption = await held(world, asking('k3', thing, { address }));
    const { sealedAddress = '' } = world.table.holds.get(redemption) ?? {};
    const context = { program: 'online-retail', redemption, field: 'address' } as const;
    const opened = await world.dependencies.sealer.open(context, sealedAddress);
    expect(opened.reveal()).toBe('High St 1\nLeeds');
    const moved = new Secret('High St 2\nLeeds');
    expect(await outcomeOf(world, asking('k3', thing, { address: moved }))).toBe(
      'IDEMPOTENCY_CONFLICT',
    );
  });

  it('the e-mail may be the one that the member has told before', async () => {
    const world = await worldOf(program);
    const { email: _told, ...silent } = asking('k1');
    expect(await outcomeOf(world, silent)).toBe('FIELD_MISSING');
    const sealer = world.dependencies.sealer;
    const context = { program: 'online-retail', redemption: 'ann', field: 'contact' } as const;
    const sealed = await sealer.seal(context, new Secret('{"email":"ann@home.example"}'));
    const contact = {
      ...{ program: 'online-retail', member: 'ann', sealed, language: 'de', off: [] },
      ...{ consents: {}, saved: [], version: 1 },
    };
    const contacts = { read: async () => contact };
    const dependencies = { ...world.dependencies, contacts };
    const redemption = await held({ ...world, dependencies }, silent);
    const hold = world.table.holds.get(redemption);
    const where = { program: 'online-retail', redemption, field: 'email' } as const;
    expect((await sealer.open(where, hold?.sealedEmail ?? '')).reveal()).toBe('ann@home.example');
    expect(hold?.terms.language).toBe('de');
    const bounced = { read: async () => ({ ...contact, bouncedAt: world.clock.now() }) };
    const deaf = { ...world, dependencies: { ...world.dependencies, contacts: bounced } };
    expect(await outcomeOf(deaf, { ...silent, idempotencyKey: 'k2' })).toBe('FIELD_MISSING');
  });

  it('a participant must act for the company, and as more than a viewer', async () => {
    const companies = rewarding([reward()], {}, { members: { kinds: ['person', 'company'] } });
    const world = await worldOf(companies);
    const command = async (type: string, member: string, data: object) => {
      const occurredAt = '2026-03-15T10:00:00Z';
      const body = {
        source: 'crm',
        id: `${type} ${member} ${JSON.stringify(data)}`,
        type,
        member,
        data,
      };
      const read = readMemberCommand({ ...body, actor: 'crm', occurredAt });
      if (!read.ok) throw new Error(`${read.failure.code} ${read.failure.field}`);
      const received = { delivery: 'd', program: 'online-retail', received: read.value };
      const [outcome] = await executeCommands(world.dependencies, [received]);
      if (outcome?.kind === 'refused') throw new Error(outcome.refusal.code);
    };
    await command('member.enrolled', 'acme', { kind: 'company' });
    for (const [person, role] of [
      ['ann', 'admin'],
      ['bob', 'redeemer'],
      ['eve', 'viewer'],
    ]) {
      await command('member.enrolled', `${person}`, { kind: 'person' });
      await command('participant.added', 'acme', { participant: person, role });
    }
    await accrue(world.dependencies, [delivery({ id: 'x', member: 'acme', amountMinor: 500_000 })]);
    const of = (participant: string) =>
      outcomeOf(
        world,
        asking(participant, request({ member: 'acme' }), { member: 'acme', participant }),
      );
    expect(await of('ann')).toBe('1000');
    expect(await of('bob')).toBe('1000');
    expect(await of('eve')).toBe('ROLE_NOT_ENOUGH');
    expect(await of('zoe')).toBe('PARTICIPANT_UNKNOWN');
  });

  it('some rewards are for members of a tier or segment only, or for some days', async () => {
    const segments = [{ id: 'vip', kind: 'listed' }];
    const world = await worldOf(rewarding([reward({ segments: ['vip'] })], {}, { segments }));
    expect(await outcomeOf(world, asking('k1'))).toBe('REWARD_NOT_FOR_MEMBER');
    const days = (available: object) => worldOf(rewarding([reward({ available })]));
    const over = await days({ to: '2026-06-15' });
    expect(await outcomeOf(over, asking('k1'))).toBe('REWARD_UNAVAILABLE');
    const open = await days({ from: '2026-06-15', to: '2026-06-16' });
    expect(await outcomeOf(open, asking('k1'))).toBe('1000');
  });

  it('what somebody else pays for takes no points', async () => {
    const world = await worldOf(program, 0);
    const gift = { kind: 'gift', choice: 'c1', request: request() } as const;
    expect(await outcomeOf(world, asking('k1'))).toBe('INSUFFICIENT_POINTS');
    expect(await outcomeOf(world, asking('k1', gift))).toBe('0');
  });
});
