import { voucherPoolCapabilities } from '../../shared/adapters/providers/voucher-pool.ts';
import { certify } from './certification.ts';
import { voucherPoolStage } from './voucher-pool-stage.ts';

const noWire = 'The table is asked through an SDK that reads its answers: there is no such text.';
const noStatus = 'An order is one write: there is a code or there is none, and nothing between.';
const noLimit = 'The store repeats what the table throttles until it is done or unknown.';

certify('voucher-pool', {
  capabilities: voucherPoolCapabilities,
  cannot: {
    ...{ page: noWire, garbage: noWire, truncated: noWire, endless: noWire, emptyObject: noWire },
    ...{ strangerNotFound: noWire, redirect: noWire },
    ...{ rateLimit: noLimit, rateLimitOtherForm: noLimit },
    ...{ saysFailed: noStatus, saysCanceled: noStatus, pending: noStatus, inProgress: noStatus },
    ...{ unknownStatus: noStatus, unknownDelivery: noStatus },
    listsLag: 'An order is one item, read by its key: a look-up reads no list.',
    twoRewards: 'The key of an order holds one item, and an item one code.',
  },
  lacks: {
    balance: 'Codes are paid for when they are bought, before they are loaded.',
    faceValue: 'A perk may be worth nothing in money.',
    refundLines: 'Codes are paid for when they are bought: nothing comes back for an order.',
  },
  start: voucherPoolStage,
});
