import { dollarText } from '../common/dollars.ts';
import { rawNumber } from '../common/raw-json.ts';
import { itemOf } from './catalogue.ts';
import { credentialsOf } from './credentials.ts';
import type { StoredOrder } from './store.ts';

export interface AccountNames {
  readonly customerIdentifier: string;
  readonly accountIdentifier: string;
}

function chargeView({ valueCents, feeCents }: StoredOrder): object {
  const [value, fee] = [BigInt(valueCents), BigInt(feeCents)];
  return {
    value: rawNumber(dollarText(value)),
    currencyCode: 'USD',
    exchangeRate: 1,
    fee: rawNumber(dollarText(fee)),
    total: rawNumber(dollarText(value + fee)),
  };
}

/** What stands in lists: no credentials, and nothing of who gets it. */
export function rowView(order: StoredOrder, account: AccountNames): object {
  return {
    referenceOrderID: order.id,
    externalRefID: order.externalRefId,
    ...account,
    accountNumber: 'A12345678',
    amountCharged: chargeView(order),
    denomination: { value: rawNumber(order.amount), currencyCode: order.currency },
    utid: order.utid,
    rewardName: itemOf(order.utid)?.name ?? '',
    status: order.status,
    createdAt: order.createdAt,
  };
}

export function orderView(order: StoredOrder, account: AccountNames): object {
  const item = itemOf(order.utid);
  const list = item === undefined ? [] : credentialsOf(order, item);
  const hasReward = order.status === 'COMPLETE';
  return {
    ...rowView(order, account),
    ...{ referenceLineItemID: order.lineItemId, deliveryMethod: order.deliveryMethod },
    sendEmail: order.deliveryMethod === 'EMAIL',
    ...(hasReward && {
      reward: {
        credentials: Object.fromEntries(list.map(({ label, value }) => [label, value])),
        credentialList: list,
        redemptionInstructions: '<p>Type it in.</p>',
      },
    }),
  };
}

export function lineItemView(order: StoredOrder, account: AccountNames): object {
  return {
    referenceLineItemID: order.lineItemId,
    referenceOrderID: order.id,
    ...account,
    ...{ utid: order.utid, status: order.status, orderStatus: order.status },
    ...{ lineNumber: 1, quantity: 1, dateIssued: order.createdAt },
    canCancel: itemOf(order.utid)?.isChoice === true && order.status === 'COMPLETE',
  };
}
