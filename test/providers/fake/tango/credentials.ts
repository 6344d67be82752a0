import { madeText } from '../common/made-text.ts';
import type { SoldItem } from './catalogue.ts';
import type { StoredOrder } from './store.ts';

export interface Credential {
  readonly label: string;
  readonly value: string;
  readonly type: 'text' | 'url' | 'date';
  readonly credentialType: string;
}

type Made = (order: StoredOrder) => Credential;

const text =
  (credentialType: string, label: string, length: number): Made =>
  ({ id }) => ({
    label,
    value: madeText(length, [credentialType, id]),
    type: 'text',
    credentialType,
  });

const makers: Readonly<Record<string, Made>> = {
  claimCode: text('claimCode', 'Claim Code', 14),
  cardNumber: text('cardNumber', 'Card Number', 16),
  PIN: text('PIN', 'Access number', 6),
  securityCode: text('securityCode', 'CVV', 4),
  redemptionUrl: ({ id }) => ({
    label: 'Redemption URL',
    value: `https://redeem.tango.example/${madeText(24, ['url', id]).toLowerCase()}`,
    type: 'url',
    credentialType: 'redemptionUrl',
  }),
  expirationDate: ({ createdAt }) => ({
    label: 'Expiration Date',
    value: `${Number(createdAt.slice(0, 4)) + 5}-12-31`,
    type: 'date',
    credentialType: 'expirationDate',
  }),
};

export function credentialsOf(order: StoredOrder, item: SoldItem): readonly Credential[] {
  return item.credentials.flatMap((type) => makers[type]?.(order) ?? []);
}

/** What the holder needs: each of them is the one reward of the order. */
export function rewardValuesOf(order: StoredOrder, item: SoldItem): readonly string[] {
  const types = ['claimCode', 'cardNumber', 'redemptionUrl'];
  return credentialsOf(order, item)
    .filter(({ credentialType }) => types.includes(credentialType))
    .map(({ value }) => value);
}
