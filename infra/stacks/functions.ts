import type { AlarmText } from '../constructs/impact-alarm.ts';
import type { ErrorAlarm } from '../constructs/service-function.ts';
import type { TableAccess } from '../constructs/table-access.ts';
import { payoutFunctionSpecs } from './payout-functions.ts';

/** What a function may be given besides the table; each brings its environment and permissions. */
export type Resource =
  | 'bus'
  | 'seal'
  | 'open'
  | 'dispatchQueues'
  | 'checkQueue'
  | 'settleQueue'
  | 'settlePayoutsQueue'
  | 'webhookQueue'
  | 'providers'
  | 'rewardProviders'
  | ('payoutProviders' | 'bankAccounts' | 'files')
  | ('claimSecret' | 'pages')
  | 'notifyQueue'
  | 'budgets'
  | 'mail'
  | 'rateFeed';

export interface FunctionSpec extends AlarmText {
  memoryMb: number;
  timeoutSeconds: number;
  table?: TableAccess;
  uses: readonly Resource[];
  /** When its error alarm rings; see `ErrorAlarm`. */
  errors?: ErrorAlarm;
}

const ledger: TableAccess = { write: 'all', sealed: false };

/**
 * Every function, bundled from `functions/NAME.ts`. Timeouts: behind HTTP ten seconds; behind a
 * queue the batch times the slowest call of one message, with room.
 */
export const functionSpecs = {
  accrue: {
    memoryMb: 1024,
    timeoutSeconds: 30,
    table: ledger,
    uses: ['bus'],
    impact: 'points for recent purchases are missing from balances.',
    action: 'read the log for the failing code, then redrive the dead-letter queue of accrue.',
  },
  command: {
    memoryMb: 512,
    timeoutSeconds: 30,
    table: ledger,
    uses: ['bus'],
    impact: 'enrolments, approvals and adjustments are not booked.',
    action: 'read the log for the failing code, then redrive the dead-letter queue of command.',
  },
  'member-api': {
    memoryMb: 512,
    timeoutSeconds: 10,
    table: { write: 'none', sealed: false },
    uses: [],
    impact: 'members cannot see their balance, history or tier.',
    action: 'read the log for the failing code; check throttling of the table.',
  },
  'redeem-api': {
    memoryMb: 512,
    timeoutSeconds: 10,
    table: ledger,
    uses: ['seal', 'open', 'checkQueue', 'dispatchQueues'],
    impact: 'members cannot look at the catalogue nor redeem.',
    action: 'read the log for the failing code; check throttling of the table.',
  },
  'redemption-api': {
    memoryMb: 512,
    timeoutSeconds: 10,
    table: { ...ledger, also: ['payoutChoices'] },
    uses: ['bus', 'seal', 'dispatchQueues', 'claimSecret', 'pages', 'notifyQueue'],
    impact: 'redemptions are not called off, paid or reviewed; no payout choices, no links.',
    action: 'read the log for the failing code; check throttling of the table.',
  },
  'enrol-api': {
    memoryMb: 512,
    timeoutSeconds: 10,
    table: { ...ledger, also: ['interests'] },
    uses: ['seal', 'open'],
    impact: 'integrators cannot enrol members over the API; the bus still takes them.',
    action: 'read the log for the failing code; check throttling of the table.',
  },
  'intake-api': {
    memoryMb: 512,
    timeoutSeconds: 10,
    table: { write: ['webhooks'], deletes: true, sealed: false },
    uses: ['bus', 'seal', 'webhookQueue'],
    impact: 'integrators cannot send events over the API; the bus still takes them.',
    action: 'read the log for the failing code; check throttling of the table.',
  },
  'open-api': {
    memoryMb: 128,
    timeoutSeconds: 10,
    uses: [],
    impact: 'the description of the API is not served; the API itself is not touched.',
    action: 'read the log for the failing code.',
  },
  route: {
    memoryMb: 512,
    timeoutSeconds: 30,
    table: ledger,
    uses: ['dispatchQueues', 'budgets'],
    impact: 'redeemed points are held and no reward is ordered.',
    action: 'read the log, then redrive the dead-letter queue of route.',
  },
  dispatch: {
    memoryMb: 512,
    timeoutSeconds: 60,
    table: { write: 'all', also: ['vouchers'], sealed: true },
    uses: ['seal', 'open', 'dispatchQueues', 'rewardProviders', 'budgets'],
    impact: 'ordered rewards do not reach members.',
    action: 'check status and credentials of the provider; a redrive is safe, orders are claimed.',
  },
  'receive-webhook': {
    memoryMb: 256,
    timeoutSeconds: 10,
    table: { write: ['webhookIds'], readsOnlyThere: true, sealed: false },
    uses: ['providers', 'settleQueue', 'settlePayoutsQueue'],
    impact: 'rewards settle late, by the delayed check instead of at once.',
    action: 'read the log: a bad signature means the webhook secret and the account differ.',
  },
  settle: {
    memoryMb: 512,
    timeoutSeconds: 120,
    table: ledger,
    uses: ['bus', 'dispatchQueues', 'checkQueue', 'settleQueue', 'rewardProviders', 'budgets'],
    impact: 'members wait for a reward that is ready, or for points to come back.',
    action: 'check the status of the provider, then redrive the queues of settle and check.',
  },
  notify: {
    memoryMb: 512,
    timeoutSeconds: 30,
    table: { write: ['people'], sealed: false },
    uses: ['open', 'claimSecret', 'mail', 'pages', 'notifyQueue'],
    impact: 'members are not told that their reward is ready.',
    action: 'check the sending quota and the identity of mail, then redrive the queue of notify.',
  },
  'claim-page': {
    memoryMb: 512,
    timeoutSeconds: 10,
    table: { write: ['sealed'], sealed: true },
    uses: ['open', 'claimSecret'],
    impact: 'members cannot open the reward they were sent.',
    action: 'read the log for the failing code; check the data key and the claim secret.',
  },
  'choose-page': {
    memoryMb: 512,
    timeoutSeconds: 10,
    table: ledger,
    uses: ['seal', 'open', 'claimSecret', 'checkQueue', 'dispatchQueues'],
    impact: 'members cannot choose among the rewards they were offered.',
    action: 'read the log for the failing code; check the claim secret.',
  },
  'statement-page': {
    memoryMb: 512,
    timeoutSeconds: 10,
    table: { write: ['people'], sealed: false },
    uses: ['claimSecret'],
    impact: 'members cannot open their statement page.',
    action: 'read the log for the failing code; check the claim secret.',
  },
  'mail-events': {
    memoryMb: 256,
    timeoutSeconds: 30,
    table: ledger,
    uses: ['bus'],
    impact: 'mails that came back are not told, and nobody is asked for another address.',
    action: 'read the log, then redrive the dead-letter queue of mail-events.',
  },
  project: {
    memoryMb: 512,
    timeoutSeconds: 60,
    table: { write: 'all', batches: true, sealed: false },
    uses: [],
    impact: 'histories and totals lag behind; balances stay right.',
    action: 'read the log; replay the records named on the failure queue of project.',
  },
  relay: {
    memoryMb: 512,
    timeoutSeconds: 60,
    uses: ['bus'],
    impact: 'redemptions are held and not ordered, and settled rewards are not announced.',
    action: 'read the log; replay the records named on the failure queue of relay.',
  },
  sweep: {
    memoryMb: 512,
    timeoutSeconds: 300,
    table: { write: 'all', deletes: true, sealed: false },
    uses: [],
    impact: 'expiry, vesting, reviews and waiting returns are booked late; balances stay right.',
    action: 'read the log; the next run takes up what this one left.',
  },
  'fx-refresh': {
    memoryMb: 512,
    timeoutSeconds: 30,
    table: { write: ['rates'], readsOnlyThere: true, deletes: true, sealed: false },
    uses: ['rateFeed'],
    // Lambda tries a failed run of a schedule twice more, after one and two minutes.
    errors: { threshold: 3, withinMinutes: 15 },
    impact: 'nothing yet; cashback in other currencies stops when the rates get too old.',
    action:
      'read the log for the code that starts with RATES; later runs try again by themselves, and ' +
      'rates can be loaded by hand.',
  },
  'float-watch': {
    memoryMb: 512,
    timeoutSeconds: 120,
    table: { write: ['health'], readsOnlyThere: true, sealed: false },
    uses: ['providers', 'settlePayoutsQueue'],
    errors: { threshold: 3, withinMinutes: 15 },
    impact:
      'nobody is warned before a provider account runs dry; orders that wait for funds go on ' +
      'late, and payouts that were reversed come back late.',
    action: 'read the log for the failing code; the next run tries again.',
  },
  'catalogue-sync': {
    memoryMb: 1024,
    timeoutSeconds: 300,
    table: { write: ['catalogue'], sealed: false },
    uses: ['bus', 'rewardProviders'],
    // Lambda tries a failed run of a schedule twice more, after one and two minutes.
    errors: { threshold: 3, withinMinutes: 15 },
    impact: 'members see rewards as they were; an order on one that has changed is refused late.',
    action: 'read the log for the code that starts with CATALOGUE; the next run tries again.',
  },
  ...payoutFunctionSpecs,
  'send-webhooks': {
    memoryMb: 512,
    timeoutSeconds: 60,
    table: { write: ['webhooks'], sealed: false },
    uses: ['open', 'webhookQueue'],
    impact: 'integrators hear late of what happens; nothing of it is lost for 27 hours.',
    action: 'read the log; what was given up can be replayed with `guerdon webhooks replay`.',
  },
} as const satisfies Record<string, FunctionSpec>;

export type FunctionName = keyof typeof functionSpecs;

export const functionNames = Object.keys(functionSpecs) as FunctionName[];

export function functionSpec(name: FunctionName): FunctionSpec {
  return functionSpecs[name];
}
