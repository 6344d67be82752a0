import { describe, expect, it } from 'vitest';
import type { CustomerEvent } from '../../../../../shared/domain/earning/event.ts';
import { ownerOf, walletFindings, walletOf } from '../../../../../shared/domain/member/wallet.ts';
import { compiledWith, instant, MemberWorld, noon, twoWallets } from '../commands/member-world.ts';

const { program } = compiledWith();

const order: CustomerEvent = {
  ...{ source: 'shop', id: '1', type: 'order.placed', member: 'ann' },
  occurredAt: instant(noon),
  ...{ amountMinor: 100n, currency: 'GBP', data: { vatNumber: 'GB1' } },
};

/** Ann is the admin of acme; carl is on his own. */
function people(): MemberWorld {
  const world = new MemberWorld();
  world.send('member.enrolled', 'acme', { kind: 'company' });
  world.send('member.enrolled', 'ann', { kind: 'person', company: 'acme' });
  world.send('member.enrolled', 'carl', { kind: 'person' });
  return world;
}

function owner(unit: string, parts: Partial<CustomerEvent> = {}): unknown {
  const event = { ...order, ...parts };
  const found = ownerOf({ program, unit, event, person: people().of(event.member) });
  return found.ok ? found.value : found.failure;
}

describe('whose balance an event earns into', () => {
  it('is the wallet of the unit that decides', () => {
    expect(walletOf(program, 'BIZ')).toMatchObject({ name: 'business', owner: 'company' });
    expect(owner('PTS')).toBe('ann');
    expect(owner('BIZ')).toBe('acme');
    expect(owner('BIZ', { member: 'acme' })).toBe('acme');
  });

  it('is nobody where a company is asked for and there is none', () => {
    expect(owner('BIZ', { member: 'carl' })).toEqual({ code: 'NOT_A_PARTICIPANT' });
    expect(owner('BIZ', { member: 'nobody' })).toEqual({ code: 'NOT_A_PARTICIPANT' });
  });

  it.each([[{}], [{ vatNumber: '' }], [{ vatNumber: null }]])(
    'asks for the fields that its wallet requires: %j',
    (data) => {
      expect(owner('BIZ', { data })).toEqual({ code: 'FIELD_MISSING', field: 'data.vatNumber' });
      expect(owner('PTS', { data })).toBe('ann');
    },
  );

  it('knows who acts for a company', () => {
    expect(owner('BIZ', { member: 'acme', participant: 'ann' })).toBe('acme');
    const unknown = { code: 'PARTICIPANT_UNKNOWN', field: 'participant' };
    expect(owner('BIZ', { member: 'acme', participant: 'carl' })).toEqual(unknown);
    expect(owner('PTS', { member: 'carl', participant: 'ann' })).toEqual(unknown);
  });

  it('is the member of the event in a program without wallets', () => {
    const plain = compiledWith({ members: {} }).program;
    const found = ownerOf({
      program: plain,
      unit: 'PTS',
      event: order,
      person: people().of('ann'),
    });
    expect(found).toEqual({ ok: true, value: 'ann' });
  });
});

describe('what is wrong with the wallets of a program', () => {
  const found = (parts: object, rest: object = {}) => {
    const members = { ...twoWallets.members, ...parts };
    return walletFindings(compiledWith({ members, ...rest }).program);
  };

  it('is nothing where each unit is in one, or nothing is kept apart', () => {
    expect(found({})).toEqual([]);
    expect(found({ wallets: undefined })).toEqual([]);
  });

  it('names a unit in two wallets, in none, and one that does not exist', () => {
    const personal = { units: ['PTS'], owner: 'member' };
    expect(found({ wallets: { personal, other: { ...personal, units: ['PTS', 'XYZ'] } } })).toEqual(
      [
        {
          pointer: '/members/wallets/other/units/0',
          message: 'unit PTS is in wallet personal already',
        },
        { pointer: '/members/wallets/other/units/1', message: 'the program has no unit XYZ' },
        { pointer: '/units/BIZ', message: 'is in no wallet' },
      ],
    );
  });

  it('names a conversion that crosses wallets, and a wallet that nobody could own', () => {
    const conversion = { from: 'PTS', points: 1, gives: 1, on: ['01-01'] };
    const conversions = [
      { id: 'same', to: 'PTS', ...conversion },
      { id: 'across', to: 'BIZ', ...conversion },
    ];
    expect(found({ kinds: ['person'] }, { conversions })).toEqual([
      {
        pointer: '/members/wallets/business/owner',
        message: 'is `company`, but `members.kinds` has none',
      },
      { pointer: '/conversions/1', message: 'crosses from wallet personal to wallet business' },
    ]);
  });
});
