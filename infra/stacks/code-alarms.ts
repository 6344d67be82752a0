import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { LogCode } from '../../shared/adapters/telemetry/log-catalogue.ts';
import { CodeAlarm } from '../constructs/code-alarm.ts';
import type { AlarmText } from '../constructs/impact-alarm.ts';
import type { ServiceFunction } from '../constructs/service-function.ts';
import type { FunctionName } from './functions.ts';

interface Watched extends AlarmText {
  source: FunctionName;
  codes: readonly LogCode[];
}

const cases = {
  impact: 'a redemption cannot end without a decision.',
  action: 'look at the case and its reason in the runbook, and decide it.',
};

const providerDown = {
  codes: ['PROVIDER_OUT_OF_FUNDS', 'BREAKER_OPENED', 'PROVIDER_CONFIGURATION'],
  impact: 'orders to this provider wait, or go to another one.',
  action: 'read the log for provider and detail; fund the account, or mend its credentials.',
} as const;

/** What is no failure of ours and still wants somebody, by the name of its alarm. */
const watched: Readonly<Record<string, Watched>> = {
  ProviderDown: { source: 'dispatch', ...providerDown },
  PayoutsDown: { source: 'dispatch-payouts', ...providerDown },
  VouchersLow: {
    source: 'dispatch',
    codes: ['VOUCHERS_LOW'],
    impact: 'rewards from this pool can soon not be had any more.',
    action: 'load more codes with `guerdon vouchers load`; the log names the pool.',
  },
  DispatchCases: { source: 'dispatch', codes: ['CASE_OPENED'], ...cases },
  PayoutCases: { source: 'dispatch-payouts', codes: ['CASE_OPENED'], ...cases },
  PayoutReturns: {
    source: 'settle-payouts',
    codes: ['CASE_OPENED', 'REDEMPTION_REOPENED'],
    impact: 'money that was paid out has come back, or came twice; wallets are right.',
    action: 'look at the payout; a member whose details were wrong has to choose again.',
  },
  PayoutRuns: {
    source: 'payout-run',
    codes: ['PAYOUT_FAILED', 'PAYOUTS_REFUSED'],
    impact: 'some members who are due, or all of a program, are not paid yet.',
    action: 'read the log for program and reason; the run goes on each hour, as the runbook says.',
  },
  BankFiles: {
    source: 'payout-files',
    codes: ['FILE_REFUSED', 'FILES_FAILED', 'BANK_FILE_UNWRITTEN', 'BANK_ACCOUNTS_MISSING'],
    impact: 'members are not paid by a file, or what their bank answered does not count yet.',
    action: 'read the reason beside the file in the folder `refused`, and the runbook.',
  },
  BankLines: {
    source: 'payout-files',
    codes: ['BANK_LINES_UNMATCHED', 'CASE_OPENED'],
    impact: 'money moved on an account of ours, and it is not certain for whom.',
    action: 'compare the statement with the cases of its day, as the runbook says.',
  },
  SettleCases: { source: 'settle', codes: ['CASE_OPENED', 'REDEMPTION_REOPENED'], ...cases },
  Late: {
    source: 'settle',
    codes: ['DELIVERY_LATE'],
    impact: 'members are told that their reward comes later than promised.',
    action: 'read the log for what it waits for; check the status of the provider.',
  },
  FloatLow: {
    source: 'float-watch',
    codes: ['FLOAT_LOW', 'PROVIDER_OUT_OF_FUNDS'],
    impact: 'none yet; orders to this provider will wait when its account is empty.',
    action: 'fund the account that the log names; orders go on by themselves.',
  },
  ReturnsUnread: {
    source: 'float-watch',
    codes: ['RETURNS_UNREAD', 'RETURN_UNNAMED'],
    impact: 'a payout may have been reversed, and its member has not got the money back.',
    action: 'let the account read its transactions; look up the movement that the log names.',
  },
  Catalogue: {
    source: 'catalogue-sync',
    codes: ['CATALOGUE_DOUBTFUL'],
    impact: 'members see the rewards of the last reading that could be believed.',
    action: 'compare the catalogue with the dashboard of the provider.',
  },
  Bounces: {
    source: 'mail-events',
    codes: ['CASE_OPENED'],
    impact: 'a member does not get the mail with their reward.',
    action: 'ask the member for another address and send the mail again.',
  },
  Webhooks: {
    source: 'send-webhooks',
    codes: ['WEBHOOK_DISABLED', 'WEBHOOK_UNDELIVERED'],
    impact: "an integrator's system does not know what happened to its members.",
    action: 'tell the integrator; replay the period once their address answers.',
  },
};

/** The alarms that ring on codes of the log. */
export class CodeAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    {
      functionOf,
      alarmTarget,
    }: { functionOf: (name: FunctionName) => ServiceFunction; alarmTarget: IAlarmAction },
  ) {
    super(scope, id);
    for (const [name, { source, ...rest }] of Object.entries(watched)) {
      new CodeAlarm(this, name, { source: functionOf(source), ...rest, alarmTarget });
    }
  }
}
