import { describe, expect, it } from 'vitest';
import { MemberWorld } from './member-world.ts';

const names = { en: 'A charity' };
const donations = { charities: { trees: { names }, books: { names } }, percents: [50, 100] };

function enrolled(facts: Record<string, unknown> = {}): MemberWorld {
  const world = new MemberWorld({ donations });
  world.send('member.enrolled', 'ann', { kind: 'person', ...facts });
  return world;
}

describe('the currency of a member', () => {
  it('is any that lives, also one that the program keeps no money in', () => {
    const world = enrolled({ currency: 'JPY' });
    expect(world.profile('ann')?.currency).toBe('JPY');
    expect(world.told('member.changed', 'ann', { currency: 'KWD' })).toBe('done');
    expect(world.profile('ann')?.currency).toBe('KWD');
  });

  it.each([
    ['XAU', 'UNKNOWN_CURRENCY data.currency'],
    ['gbp', 'UNKNOWN_CURRENCY data.currency'],
    ['CLF', 'UNKNOWN_CURRENCY data.currency'],
    ['HRK', 'CURRENCY_RETIRED data.currency'],
    ['', 'FIELD_INVALID data.currency'],
  ])('%j is refused', (currency, refused) => {
    expect(enrolled().told('member.changed', 'ann', { currency })).toBe(refused);
  });

  it('may be one that is retired later', () => {
    const world = enrolled();
    const at = '2025-12-31T12:00:00Z';
    expect(world.told('member.changed', 'ann', { currency: 'BGN' }, { at })).toBe('done');
  });
});

describe('the country of a member', () => {
  it.each(['GB', 'XK', 'AN', 'ZR'])('is one that is or was: %s', (country) => {
    const world = new MemberWorld({ countries: undefined });
    world.send('member.enrolled', 'ann', { kind: 'person', country });
    expect(world.profile('ann')?.country).toBe(country);
  });

  it.each(['XX', 'ZZ', 'UK', 'gb', 'GBR'])('is not %s', (country) => {
    const told = enrolled().told('member.changed', 'ann', { country });
    expect(told).toBe('FIELD_INVALID data.country');
  });
});

describe('a donation', () => {
  it('is kept, changed and ended', () => {
    const donation = { charity: 'trees', percent: 50 };
    const world = enrolled({ donation });
    expect(world.profile('ann')?.donation).toEqual(donation);
    world.send('member.changed', 'ann', { country: 'GB' });
    expect(world.profile('ann')?.donation).toEqual(donation);
    world.send('member.changed', 'ann', { donation: { charity: 'books', percent: 100 } });
    expect(world.profile('ann')?.donation?.charity).toBe('books');
    world.send('member.changed', 'ann', { donation: null });
    expect(world.profile('ann')).not.toHaveProperty('donation');
    expect(world.profile('ann')?.country).toBe('GB');
  });

  it('of nothing is none', () => {
    const world = enrolled({ donation: { charity: 'trees', percent: 50 } });
    const nothing = { charity: 'trees', percent: 0 };
    expect(world.told('member.changed', 'ann', { donation: nothing })).toBe('done');
    expect(world.profile('ann')).not.toHaveProperty('donation');
  });

  it.each([
    [{ charity: 'sea', percent: 50 }, 'UNKNOWN_CHARITY data.donation.charity'],
    [{ charity: 'toString', percent: 50 }, 'UNKNOWN_CHARITY data.donation.charity'],
    [{ charity: 'trees', percent: 51 }, 'SHARE_NOT_OFFERED data.donation.percent'],
    [{ charity: 'trees', percent: 101 }, 'FIELD_INVALID data.donation.percent'],
    [{ charity: 'trees', percent: 0.5 }, 'FIELD_INVALID data.donation.percent'],
    [{ charity: 'trees' }, 'FIELD_INVALID data.donation.percent'],
  ])('%j is refused', (donation, refused) => {
    expect(enrolled().told('member.changed', 'ann', { donation })).toBe(refused);
  });

  it('needs a program that has donations', () => {
    const world = new MemberWorld();
    world.send('member.enrolled', 'ann', { kind: 'person' });
    const donation = { charity: 'trees', percent: 50 };
    expect(world.told('member.changed', 'ann', { donation })).toBe(
      'UNKNOWN_CHARITY data.donation.charity',
    );
  });
});

describe('a merge', () => {
  const donation = { charity: 'trees', percent: 50 };

  function merged(world: MemberWorld): MemberWorld {
    world.send('member.enrolled', 'bob', { kind: 'person', currency: 'USD', donation });
    expect(world.told('member.merged', 'ann', { from: 'bob' })).toBe('done');
    return world;
  }

  it('keeps what the survivor says of money, and takes what they lack', () => {
    const own = { charity: 'books', percent: 100 };
    const world = merged(enrolled({ currency: 'JPY', donation: own }));
    expect(world.profile('ann')).toMatchObject({ currency: 'JPY', donation: own });
    expect(merged(enrolled()).profile('ann')).toMatchObject({ currency: 'USD' });
  });

  it("takes nobody else's word for a donation", () => {
    expect(merged(enrolled()).profile('ann')).not.toHaveProperty('donation');
    const withdrawn = enrolled({ donation });
    withdrawn.send('member.changed', 'ann', { donation: null });
    expect(merged(withdrawn).profile('ann')).not.toHaveProperty('donation');
    const unknown = merged(new MemberWorld({ donations }));
    expect(unknown.profile('ann')).toMatchObject({ currency: 'USD' });
    expect(unknown.profile('ann')).not.toHaveProperty('donation');
  });
});
