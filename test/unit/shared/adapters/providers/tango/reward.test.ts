import { expect, test } from 'vitest';
import { rewardOf } from '../../../../../../shared/adapters/providers/tango/reward.ts';
import { toSealable } from '../../../../../../shared/domain/redemption/delivered-reward.ts';

const url = 'https://redeem.example/abc';

function told(...pairs: readonly (readonly [type: string | null, value: string | null])[]) {
  const reward = rewardOf(pairs.map(([credentialType, value]) => ({ credentialType, value })));
  return reward && { kind: reward.kind, ...JSON.parse(toSealable(reward).reveal()) };
}

test('a claim code, and where it is used', () => {
  expect(told(['claimCode', ' AB-1 '], ['redemptionUrl', url])).toEqual({
    ...{ kind: 'code', value: 'AB-1', website: url },
  });
});

test('a card with its PIN, or else with its security code, and its last day', () => {
  const card = ['cardNumber', '6006491234567890'] as const;
  const expected = { kind: 'code', value: card[1], pin: '1234' };
  expect(told(card, ['PIN', '1234'], ['securityCode', '999'])).toEqual(expected);
  expect(told(card, ['securityCode', '1234'])).toEqual(expected);
  const expiry = ['expirationDate', '2030-12-31T00:00:00Z'] as const;
  expect(told(card, expiry)).toEqual({ kind: 'code', value: card[1], expiresOn: '2030-12-31' });
});

test('a link where there is no code; the code that opens it goes along', () => {
  expect(told(['redemptionUrl', url], ['PIN', '77'])).toEqual({
    kind: 'link',
    value: url,
    pin: '77',
  });
});

test('a day that does not exist, and a website that no browser should open, are left out', () => {
  const code = ['claimCode', 'C'] as const;
  const lies = [
    'http://a.example',
    'javascript:alert(1)',
    'https://',
    `https://a.example/${'x'.repeat(2_048)}`,
  ];
  for (const lie of lies) {
    expect(told(code, ['redemptionUrl', lie], ['expirationDate', '12/30'])).toEqual({
      ...{ kind: 'code', value: 'C' },
    });
    expect(told(['redemptionUrl', lie])).toBeUndefined();
  }
});

test('labels, bar codes and empty values are no reward, and two codes are no single one', () => {
  expect(told()).toBeUndefined();
  expect(
    told(['barcode', '123'], [null, 'ABC'], ['claimCode', ' '], ['cardNumber', null]),
  ).toBeUndefined();
  expect(told(['PIN', '1234'])).toBeUndefined();
  expect(told(['claimCode', 'A'], ['claimCode', 'B'])).toBeUndefined();
  expect(told(['claimCode', 'A'], ['claimCode', 'A'])).toEqual({ kind: 'code', value: 'A' });
});
