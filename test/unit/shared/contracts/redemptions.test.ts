import { describe, expect, it } from 'vitest';
import { readRedemption } from '../../../../shared/contracts/redemptions.ts';
import type { RefusalCode } from '../../../../shared/domain/refusal.ts';

const good = {
  rewardId: 'gift-card-gbp',
  amountMinor: 1000,
  currency: 'GBP',
  country: 'GB',
  email: 'ann@example.com',
};

function read(parts: Record<string, unknown> = {}, member = 'ann') {
  return readRedemption(member, JSON.parse(JSON.stringify({ ...good, ...parts })));
}

function canonical(parts: Record<string, unknown> = {}, member = 'ann'): string {
  const result = read(parts, member);
  return result.ok ? result.value.canonicalBody : result.failure.code;
}

describe('a good redemption', () => {
  it('reads with an exact amount, and with its address hidden', () => {
    const result = read();
    if (!result.ok) throw new Error(result.failure.code);
    const { email, asked } = result.value;
    const { email: _, ...reward } = good;
    const request = { ...reward, member: 'ann', amountMinor: 1000n };
    expect(asked).toEqual({ kind: 'reward', request });
    expect(email?.reveal()).toBe('ann@example.com');
    expect(JSON.stringify({ ...result.value, asked: null })).not.toContain('ann@');
  });

  it('is the same with its amount as digits, and another for another member', () => {
    expect(canonical({ amountMinor: '1000' })).toBe(canonical());
    expect(canonical({}, 'bob')).not.toBe(canonical());
    expect(canonical()).not.toContain('ann@example.com');
  });
});

const aQuote = '0f8fad5b-d9cb-869f-a165-708677289500';

describe('a redemption by a quote', () => {
  it('names it, and nothing of the reward', () => {
    const body = { quote: aQuote, email: 'ann@example.com', address: ['High St 1', 'Leeds'] };
    const result = readRedemption('ann', body);
    if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.field}`);
    const { asked, address, canonicalBody } = result.value;
    expect(asked).toEqual({ kind: 'quote', quote: aQuote });
    expect(address?.reveal()).toBe('High St 1\nLeeds');
    expect(canonicalBody).not.toMatch(/Leeds|@/);
  });

  it('is another body with another address field, or none', () => {
    const body = (parts: object) => {
      const result = readRedemption('ann', { quote: aQuote, ...parts });
      return result.ok ? result.value.canonicalBody : result.failure.code;
    };
    const bodies = [{}, { email: 'a@example.com' }, { address: ['x'] }, { participant: 'bob' }];
    expect(new Set(bodies.map(body)).size).toBe(bodies.length);
    expect(body({ quote: 'none' })).toBe('UNKNOWN_QUOTE');
  });
});

describe('a bad redemption is refused by code and field', () => {
  const cases: [string, Record<string, unknown>, RefusalCode, string][] = [
    ['no reward', { rewardId: undefined }, 'FIELD_MISSING', 'rewardId'],
    ['an empty reward', { rewardId: '' }, 'FIELD_MISSING', 'rewardId'],
    ['nothing', { amountMinor: 0 }, 'INVALID_AMOUNT', 'amountMinor'],
    ['less than nothing', { amountMinor: -5 }, 'INVALID_AMOUNT', 'amountMinor'],
    ['a fraction', { amountMinor: 1.5 }, 'INVALID_AMOUNT', 'amountMinor'],
    ['no digits', { amountMinor: '' }, 'INVALID_AMOUNT', 'amountMinor'],
    ['nothing as digits', { amountMinor: '0' }, 'INVALID_AMOUNT', 'amountMinor'],
    ['digits that are none', { amountMinor: '0x10' }, 'INVALID_AMOUNT', 'amountMinor'],
    ['digits with a sign', { amountMinor: '+1000' }, 'INVALID_AMOUNT', 'amountMinor'],
    ['too many digits', { amountMinor: '1'.repeat(19) }, 'INVALID_AMOUNT', 'amountMinor'],
    ['an unknown currency', { currency: 'POUND' }, 'UNKNOWN_CURRENCY', 'currency'],
    ['a country in small letters', { country: 'gb' }, 'INVALID_COUNTRY', 'country'],
    ['an empty e-mail', { email: '' }, 'FIELD_MISSING', 'email'],
    ['no points', { points: 0 }, 'INVALID_AMOUNT', 'points'],
    ['a language in words', { language: 'english' }, 'FIELD_INVALID', 'language'],
    ['an address of no lines', { address: [] }, 'FIELD_INVALID', 'address'],
    ['an address with a break', { address: ['High St 1\nLeeds'] }, 'FIELD_INVALID', 'address.0'],
    ['a participant of ours', { participant: '@x' }, 'FIELD_INVALID', 'participant'],
    ['a quote beside a reward', { quote: aQuote }, 'UNKNOWN_FIELD', 'rewardId'],
    ['an unknown field', { note: 'hi' }, 'UNKNOWN_FIELD', 'note'],
    ['a member of its own', { member: 'bob' }, 'UNKNOWN_FIELD', 'member'],
  ];

  it.each(cases)('%s', (_, parts, code, field) => {
    expect(read(parts)).toEqual({ ok: false, failure: { code, field } });
  });

  it.each([
    'ann',
    'ann@',
    '@example.com',
    'ann@example',
    'ann@@example.com',
    'ann bee@example.com',
    'ann@example.com ',
    'ann@exa mple.com',
    'ann@-example.com',
    'ann@example..com',
    'ann@example.c',
    'ann@example.com\r\nBcc: all@example.com',
    'Ann <ann@example.com>',
    'ann@example.com,bob@example.com',
    `${'a'.repeat(65)}@example.com`,
    'änn@example.com',
    7,
  ])('the address %j', (email) => {
    expect(read({ email })).toEqual({
      ok: false,
      failure: { code: 'INVALID_EMAIL', field: 'email' },
    });
  });

  it.each([null, [], 'text'])('a body that is no object: %j', (body) => {
    expect(readRedemption('ann', body)).toEqual({ ok: false, failure: { code: 'MALFORMED_JSON' } });
  });
});
