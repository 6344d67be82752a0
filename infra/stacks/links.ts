import { Stack } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ServiceFunction } from '../constructs/service-function.ts';
import type { WorkQueue } from '../constructs/work-queue.ts';
import { isAccount, isCalled, type ProviderRow, paysOut, type RegionRow } from '../regions.ts';
import type { DataStore } from './data.ts';
import type { Resource } from './functions.ts';

export interface Linkable {
  row: RegionRow;
  data: DataStore;
  bus: EventBus;
  pagesBaseUrl: string;
  /** Where SES tells of mails that came back. */
  mailEvents: string;
  queues: {
    /** By name of the provider. */
    dispatch: ReadonlyMap<string, WorkQueue>;
    check: WorkQueue;
    settle: WorkQueue;
    /** Webhooks of those that pay money out. */
    settlePayouts: WorkQueue;
    webhooks: WorkQueue;
    notify: WorkQueue;
  };
}

type Link = (consumer: ServiceFunction, linkable: Linkable) => void;

const links: Record<Resource, Link> = {
  bus: (consumer, { bus }) => {
    consumer.lambda.addEnvironment('BUS_NAME', bus.eventBusName);
    // Under its own name only: nobody's function may speak for the program's people.
    consumer.lambda.addToRolePolicy(
      new PolicyStatement({
        actions: ['events:PutEvents'],
        resources: [bus.eventBusArn],
        conditions: { StringEquals: { 'events:source': 'guerdon' } },
      }),
    );
  },
  seal: (consumer, { data }) => {
    allowDataKey(consumer, data, 'kms:GenerateDataKey');
  },
  open: (consumer, { data }) => {
    allowDataKey(consumer, data, 'kms:Decrypt');
  },
  dispatchQueues: (consumer, { queues }) => {
    const urls = [...queues.dispatch].map(([name, { queue }]) => [name, queue.queueUrl]);
    const json = Stack.of(consumer).toJsonString(Object.fromEntries(urls));
    consumer.lambda.addEnvironment('DISPATCH_QUEUE_URLS', json);
    for (const { queue } of queues.dispatch.values()) {
      consumer.allow(['sqs:SendMessage'], queue.queueArn);
    }
  },
  checkQueue: (consumer, { queues }) => {
    consumer.lambda.addEnvironment('CHECK_QUEUE_URL', queues.check.queue.queueUrl);
    consumer.allow(['sqs:SendMessage'], queues.check.queue.queueArn);
  },
  settleQueue: (consumer, { queues }) => {
    consumer.lambda.addEnvironment('SETTLE_QUEUE_URL', queues.settle.queue.queueUrl);
    consumer.allow(['sqs:SendMessage'], queues.settle.queue.queueArn);
  },
  settlePayoutsQueue: (consumer, { queues }) => {
    const { queueArn, queueUrl } = queues.settlePayouts.queue;
    consumer.lambda.addEnvironment('SETTLE_PAYOUTS_QUEUE_URL', queueUrl);
    consumer.allow(['sqs:SendMessage'], queueArn);
  },
  webhookQueue: (consumer, { queues }) => {
    consumer.lambda.addEnvironment('WEBHOOK_QUEUE_URL', queues.webhooks.queue.queueUrl);
    consumer.allow(['sqs:SendMessage'], queues.webhooks.queue.queueArn);
  },
  providers: (consumer, linkable) => {
    connectAccounts(consumer, linkable, ({ name }) => isAccount(name) && isCalled(name));
  },
  rewardProviders: (consumer, linkable) => {
    connectAccounts(consumer, linkable, (provider) => !paysOut(provider));
  },
  payoutProviders: (consumer, linkable) => {
    connectAccounts(consumer, linkable, paysOut);
  },
  bankAccounts: (consumer, { data }) => {
    const secret = data.providerSecrets.get('bank-file');
    if (secret === undefined) return;
    consumer.lambda.addEnvironment('BANK_ACCOUNTS_SECRET_ARN', secret.secretArn);
    consumer.allow(['secretsmanager:GetSecretValue'], secret.secretArn);
  },
  files: (consumer, { data }) => {
    data.files.allow(consumer);
  },
  claimSecret: (consumer, { data }) => {
    consumer.lambda.addEnvironment('CLAIM_SECRET_ARN', data.claimSecret.secretArn);
    consumer.allow(['secretsmanager:GetSecretValue'], data.claimSecret.secretArn);
  },
  mail: (consumer, { row, mailEvents }) => {
    consumer.lambda.addEnvironment('MAIL_FROM', row.mail.from);
    consumer.lambda.addEnvironment('MAIL_CONFIGURATION_SET', mailEvents);
    const ses = (resource: string, resourceName: string) =>
      Stack.of(consumer).formatArn({ service: 'ses', resource, resourceName });
    consumer.lambda.addToRolePolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [ses('identity', row.mail.domain), ses('configuration-set', mailEvents)],
        // Programs may have senders of their own, below the domain that was verified.
        conditions: { StringLike: { 'ses:FromAddress': `*@${row.mail.domain}` } },
      }),
    );
  },
  pages: (consumer, { pagesBaseUrl }) => {
    consumer.lambda.addEnvironment('PAGES_BASE_URL', pagesBaseUrl);
  },
  notifyQueue: (consumer, { queues }) => {
    consumer.lambda.addEnvironment('NOTIFY_QUEUE_URL', queues.notify.queue.queueUrl);
    consumer.allow(['sqs:SendMessage'], queues.notify.queue.queueArn);
  },
  budgets: (consumer, { row }) => {
    const budgets = row.providers.map(({ name, requestsPerMinute }) => [name, requestsPerMinute]);
    const json = JSON.stringify(Object.fromEntries(budgets));
    consumer.lambda.addEnvironment('PROVIDER_REQUESTS_PER_MINUTE', json);
  },
  rateFeed: (consumer, { row, data: { rateSecret } }) => {
    consumer.lambda.addEnvironment('RATE_SOURCE', row.rates.source);
    consumer.lambda.addEnvironment('RATE_FEED_URL', rateAddresses[row.rates.source]);
    if (rateSecret === undefined) return;
    consumer.lambda.addEnvironment('RATE_SECRET_ARN', rateSecret.secretArn);
    consumer.allow(['secretsmanager:GetSecretValue'], rateSecret.secretArn);
  },
};

/** Where a source publishes. */
const rateAddresses: Record<RegionRow['rates']['source'], string> = {
  ecb: 'https://www.ecb.europa.eu/stats/eurofxref',
  openExchangeRates: 'https://openexchangerates.org/api',
};

/** The credentials of the accounts that a function calls, or hears of, and of no other. */
function connectAccounts(
  consumer: ServiceFunction,
  { row, data }: Linkable,
  isWanted: (provider: ProviderRow) => boolean,
): void {
  const wanted = row.providers.filter(isWanted);
  const secrets = new Map(
    wanted.flatMap(({ name }) => {
      const secret = data.providerSecrets.get(name);
      return secret === undefined ? [] : [[name, secret] as const];
    }),
  );
  const timeoutMs = Math.max(...wanted.map((provider) => provider.timeoutMs));
  consumer.lambda.addEnvironment('PROVIDER_SECRET_ARNS', data.arnsOf(secrets));
  consumer.lambda.addEnvironment('PROVIDER_TIMEOUT_MS', String(timeoutMs));
  for (const secret of secrets.values()) {
    consumer.allow(['secretsmanager:GetSecretValue'], secret.secretArn);
  }
}

/** Data keys are made and opened for a program that is named, or not at all. */
function allowDataKey(consumer: ServiceFunction, { dataKey }: DataStore, action: string): void {
  consumer.lambda.addEnvironment('DATA_KEY_ARN', dataKey.keyArn);
  consumer.lambda.addToRolePolicy(
    new PolicyStatement({
      actions: [action],
      resources: [dataKey.keyArn],
      conditions: { Null: { 'kms:EncryptionContext:program': 'false' } },
    }),
  );
}

/** Gives a function the environment and the permissions of what it uses. */
export function linkResources(
  consumer: ServiceFunction,
  uses: readonly Resource[],
  linkable: Linkable,
): void {
  for (const resource of uses) links[resource](consumer, linkable);
}
